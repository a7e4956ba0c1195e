"""`manage.py scorecard`: what the product's descriptions are worth, on photos that people have marked."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from photolib.bench.scorecard import looking
from photolib.bench.scorecard.card import Figures, as_table, score
from photolib.bench.scorecard.reading import score_reading
from photolib.bench.scorecard.truth import read_truth
from photolib.core.errors import PhotolibError
from photolib.core.figures import as_json_line


class Command(BaseCommand):
    help = (
        "Send marked photos through a photolib of their own, by the way every photo goes, and judge "
        "what their descriptions claim. The library in use is not touched. How it is judged stands in "
        "docs/performance.md; the last line is JSON."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        descriptions = kinds.add_parser("descriptions", help="things, and how many people")
        add_photos(descriptions)
        text = kinds.add_parser("text", help="words in pictures")
        text.add_argument(
            "--images",
            type=Path,
            required=True,
            metavar="DIR",
            help="pictures, each with a CSV file beside it: a line's eight corners, then its words",
        )
        text.add_argument(
            "--json", action="store_true", help="print nothing but the JSON object at the end"
        )
        # What the command starts itself with, on folders that are thrown away.
        part = kinds.add_parser("part")
        part.add_argument("name", choices=["receive", "work", "read"])
        part.add_argument("--file", type=Path, default=Path())

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            if options["kind"] == "part":
                _do_part(options["name"], options["file"])
                return
            figures = self._score(options)
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        if not options["json"]:
            self.stdout.write("\n".join(as_table(figures)))
        self.stdout.write(as_json_line(figures))

    def _score(self, options: dict[str, Any]) -> Figures:
        if options["kind"] == "text":
            return score_reading(options["images"])
        photos = read_truth(options["truth"], options["images"])
        seen = looking.look_at(
            [photo.file for photo in photos],
            processes=options["processes"],
            tell=self.stderr.write,
        )
        return score(photos, seen)


def add_photos(parser: ArgumentParser) -> None:
    """What every kind of scorecard is given."""
    parser.add_argument(
        "--images", type=Path, required=True, metavar="DIR", help="the folder of the photos"
    )
    parser.add_argument(
        "--truth",
        type=Path,
        required=True,
        metavar="FILE",
        help="what is in them: a JSON list of {file, objects: [{label, bbox, iscrowd}]}",
    )
    parser.add_argument(
        "--processes", type=int, default=settings.WORKERS, help="processes of one thread each"
    )
    parser.add_argument(
        "--json", action="store_true", help="print nothing but the JSON object at the end"
    )


def _do_part(name: str, file: Path) -> None:
    if name == "receive":
        looking.receive_files(file)
    elif name == "work":
        looking.do_the_work()
    else:
        looking.read_all(file)
