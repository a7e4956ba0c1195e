"""`manage.py bench`: the pipeline's time a photo over the bare loop's, as a ratio."""

import json
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from photolib.bench.contest import median_ratio, run_contest
from photolib.bench.runners import prepare_pipeline, run_bare, run_pipeline, what_was_done
from photolib.core.figures import as_json_line


class Command(BaseCommand):
    help = "Measure the pipeline against a bare loop of its models; the last line is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--photos", type=int, default=40, help="12-megapixel photos a round")
        parser.add_argument("--rounds", type=int, default=3, help="rounds; the median counts")
        parser.add_argument(
            "--processes", type=int, default=settings.WORKERS, help="processes of one thread each"
        )
        # What the command starts itself with.
        parser.add_argument("--part", default="", help=SUPPRESS)
        parser.add_argument("--files", nargs="*", type=Path, default=[], help=SUPPRESS)
        parser.add_argument("--out", type=Path, default=Path(), help=SUPPRESS)

    def handle(
        self,
        *args: object,
        photos: int,
        rounds: int,
        processes: int,
        part: str,
        files: list[Path],
        out: Path,
        **options: object,
    ) -> None:
        if part:
            self._do_part(part, files, out)
            return
        self.stdout.write(
            f"{photos} photos of 12 megapixels with six faces, {processes} processes of one thread, "
            f"{rounds} rounds"
        )
        results = run_contest(photos=photos, processes=processes, rounds=rounds)
        for number, one in enumerate(results, 1):
            self.stdout.write(
                f"round {number}: pipeline {one.pipeline * 1000:.0f} ms a photo, "
                f"bare loop {one.bare * 1000:.0f} ms, ratio {one.ratio:.2f}"
            )
        figures = {
            "benchmark": "pipeline",
            "ratio": round(median_ratio(results), 3),
            "ratios": [round(one.ratio, 3) for one in results],
            "pipeline_seconds_a_photo": [round(one.pipeline, 4) for one in results],
            "bare_seconds_a_photo": [round(one.bare, 4) for one in results],
            "photos": photos,
            "processes": processes,
            "threads_a_process": 1,
        }
        self.stdout.write(as_json_line(figures))

    def _do_part(self, part: str, files: list[Path], out: Path) -> None:
        if part == "prepare":
            prepare_pipeline(sorted(files[0].glob("*.jpg")))
        elif part == "pipeline":
            run_pipeline()
        elif part == "bare":
            run_bare(files, out)
        else:
            self.stdout.write(json.dumps(what_was_done()))
