"""`manage.py bench_describe`: the analysers beside bare loops of their models, and composing."""

import json
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from photolib.bench.describing.composing import measure_composing
from photolib.bench.describing.contest import measure_analysers
from photolib.bench.describing.room import fill_room, run_in_a_room
from photolib.core.errors import PhotolibError
from photolib.core.figures import as_json_line


class Command(BaseCommand):
    help = "Measure what describing costs over the bare models; the last line is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=5, help="rounds; the median counts")
        parser.add_argument(
            "--images", type=Path, metavar="DIR", help="photos to look at, instead of the demo's"
        )
        # What the command starts itself with.
        parser.add_argument("--part", default="", help=SUPPRESS)
        parser.add_argument("--listed", type=Path, default=Path(), help=SUPPRESS)

    def handle(self, *_args: object, **options: Any) -> None:
        rounds: int = options["rounds"]
        if options["part"]:
            fill_room(options["listed"])
            figures = measure_analysers(rounds=rounds) | measure_composing(rounds=rounds)
            self.stdout.write(json.dumps(figures))
            return
        try:
            said = run_in_a_room(images=options["images"], rounds=rounds)
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        figures = json.loads(said)
        self.stdout.write(f"{'ms of the processor a photo':<30}{'ours':>9}{'bare':>9}")
        for name, one in figures["analysers"].items():
            self.stdout.write(f"{name:<30}{one['ours_ms']:>9.2f}{one['bare_ms']:>9.2f}")
        self.stdout.write(f"throughput ratio: {figures['throughput_ratio']:.3f}")
        for language, took in figures["compose_us"].items():
            self.stdout.write(f"one description, {language}: {took:.0f} µs")
        self.stdout.write(as_json_line({"benchmark": "describe", **figures}))
