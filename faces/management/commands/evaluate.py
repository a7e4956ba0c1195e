"""manage.py evaluate: how good recognising and grouping are, on test pictures of known people."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faces.evaluate.report import Figures, Source, evaluate_grouping
from photolib.core.errors import PhotolibError


class Command(BaseCommand):
    help = (
        "Measure recognising and grouping on test pictures of known people: a folder that holds a "
        "folder of pictures for each person. Nothing is written into the library. What is measured "
        "and how stands in docs/faces.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        grouping = kinds.add_parser(
            "grouping", help="group the pictures, and compare with the truth"
        )
        _add_source(grouping)

    def handle(self, *_args: object, **options: Any) -> None:
        source = Source(options["images"], options["errata"], options["cache"])
        try:
            figures = self._evaluate(source, options)
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            self._tell(figures)

    def _evaluate(self, source: Source, options: dict[str, Any]) -> Figures:
        return evaluate_grouping(source, self.stderr.write)

    def _tell(self, figures: Figures) -> None:
        for name, value in figures.items():
            self.stdout.write(f"{name}: {value}")


def _add_source(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--images",
        type=Path,
        required=True,
        metavar="DIR",
        help="a folder that holds a folder of pictures for each person",
    )
    parser.add_argument(
        "--errata",
        type=Path,
        metavar="FILE",
        help="corrections of who is in which picture, as JSON (docs/faces.md)",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="FILE",
        help=(
            "keep the embeddings in this file, so that a second run is quick. They are embeddings of "
            "faces, in the clear: for test pictures only, and to be deleted afterwards. Make a new "
            "one when the program that makes them has changed."
        ),
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
