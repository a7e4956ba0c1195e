"""`manage.py calibrate descriptions`: from which score things may be said, chosen on marked photos."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from photolib.bench.management.commands.scorecard import add_photos
from photolib.bench.scorecard.calibrating import calibrate
from photolib.bench.scorecard.calibration_file import write_calibration
from photolib.bench.scorecard.looking import look_at
from photolib.bench.scorecard.truth import read_truth
from photolib.core.errors import PhotolibError
from photolib.core.figures import as_json_line

# Beside describe.thresholds.
FILE = settings.BASE_DIR / "photolib" / "describe" / "calibration.toml"


class Command(BaseCommand):
    help = (
        "Choose by cross-validation over marked photos from which score things are said, and from "
        "which with a hedge; the last line is JSON. Nothing changes without --write."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        descriptions = kinds.add_parser("descriptions", help="things and people as such")
        add_photos(descriptions)
        descriptions.add_argument(
            "--said-target",
            type=float,
            default=0.99,
            help="of what is said so many are to be right",
        )
        descriptions.add_argument(
            "--hedged-target", type=float, default=0.8, help="and of what is said with a hedge"
        )
        descriptions.add_argument(
            "--write",
            type=Path,
            nargs="?",
            const=FILE,
            metavar="FILE",
            help="keep the thresholds and their evidence (in photolib/describe/calibration.toml)",
        )

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            figures = self._calibrate(options)
            if options["write"]:
                write_calibration(options["write"], figures, on=localdate())
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        if not options["json"]:
            self._tell(figures)
        self.stdout.write(as_json_line(figures))

    def _calibrate(self, options: dict[str, Any]) -> dict[str, Any]:
        photos = read_truth(options["truth"], options["images"])
        seen = look_at(
            [photo.file for photo in photos if photo.marked],
            processes=options["processes"],
            tell=self.stderr.write,
        )
        return calibrate(
            photos,
            seen,
            said_target=options["said_target"],
            hedged_target=options["hedged_target"],
        )

    def _tell(self, figures: dict[str, Any]) -> None:
        self.stdout.write(
            f"{'':<16}{'from':>6}{'claims':>8}{'right':>8}{'(95 %)':>16}{'held out':>10}"
        )
        for name, group in figures["groups"].items():
            for kind in ("said", "hedged"):
                self.stdout.write(_line(f"{name} {kind}", group[kind]))


def _line(name: str, one: dict[str, Any]) -> str:
    if one["precision"] is None:
        return f"{name:<16}  nothing is as right as {one['target']}"
    low, high = one["precision_interval"]
    held_out = "-" if one["held_out_precision"] is None else f"{one['held_out_precision']:.3f}"
    return (
        f"{name:<16}{one['threshold']:>6.2f}{one['claims']:>8}{one['precision']:>8.3f}"
        f"{f'{low:.3f}-{high:.3f}':>16}{held_out:>10}"
    )
