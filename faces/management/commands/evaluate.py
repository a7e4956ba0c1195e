"""manage.py evaluate: how good recognising and grouping are, on test pictures of known people."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faces.evaluate.choosing import choose_thresholds
from faces.evaluate.comparison import Contest, evaluate_rivals
from faces.evaluate.report import Figures, Source, evaluate_faces, evaluate_grouping
from faces.evaluate.rivals import RULES
from photolib.core.errors import PhotolibError
from photolib.core.figures import as_json_line


class Command(BaseCommand):
    help = (
        "Measure recognising and grouping on test pictures of known people: a folder that holds a "
        "folder of pictures for each person. Nothing is written into the library. What is measured "
        "and how stands in docs/faces.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        faces = kinds.add_parser("faces", help="tell whether two pictures show one person")
        _add_images(faces)
        faces.add_argument(
            "--pairs",
            type=Path,
            required=True,
            metavar="FILE",
            help="the pairs, in the form of Labeled Faces in the Wild",
        )
        grouping = kinds.add_parser(
            "grouping", help="group the pictures, and compare with the truth"
        )
        _add_images(grouping)
        _add_errata(grouping)
        rivals = kinds.add_parser(
            "rivals", help="group them as other photo libraries do, and compare"
        )
        _add_images(rivals)
        _add_errata(rivals)
        _add_contest(rivals)
        thresholds = kinds.add_parser(
            "thresholds", help="choose how alike faces of one group must be, and try it on others"
        )
        _add_images(thresholds)
        _add_errata(thresholds)

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            figures = self._evaluate(options)
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        if not options["json"]:
            self.stdout.write("\n".join(_lines(figures)))
        self.stdout.write(as_json_line(figures))

    def _evaluate(self, options: dict[str, Any]) -> Figures:
        tell = self.stderr.write
        source = Source(
            images=options["images"],
            errata=options.get("errata"),
            cache=options["cache"],
            pack=options["pack"],
        )
        if options["kind"] == "faces":
            return evaluate_faces(source, options["pairs"], tell)
        if options["kind"] == "grouping":
            return evaluate_grouping(source, tell)
        if options["kind"] == "thresholds":
            return choose_thresholds(source, tell)
        contest = Contest(
            distractors=options["distractors"],
            sample=options["sample"],
            samples=options["samples"],
            rules=tuple(options["rules"].split(",")),
            best=options["best"],
        )
        return evaluate_rivals(source, contest, tell)


def _lines(figures: Figures, path: str = "") -> Iterator[str]:
    """A line for each figure, with the way to it: "rules ours bcubed_f: 0.99"."""
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _lines(value, f"{path}{name} ")
        else:
            yield f"{path}{name}: {value}"


def _add_images(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--images",
        type=Path,
        required=True,
        metavar="DIR",
        help="a folder that holds a folder of pictures for each person",
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
    parser.add_argument(
        "--pack",
        default="",
        metavar="NAME",
        help="the models to look with (the ones in use, unless said otherwise)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print nothing but the JSON object at the end"
    )


def _add_errata(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--errata",
        type=Path,
        metavar="FILE",
        help="corrections of who is in which picture, as JSON (docs/faces.md)",
    )


def _add_contest(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--distractors",
        type=int,
        default=0,
        metavar="N",
        help="add so many synthetic strangers, who spread like the real ones",
    )
    parser.add_argument(
        "--sample",
        type=float,
        default=1.0,
        metavar="SHARE",
        help="use the pictures of a random share of the people, such as 0.1",
    )
    parser.add_argument(
        "--samples",
        type=int,
        default=1,
        metavar="N",
        help="draw that share so many times, each a library of its own, and take all together",
    )
    parser.add_argument(
        "--rules",
        default=",".join(RULES),
        metavar="NAMES",
        help="compare with these only, separated by commas (all: %(default)s)",
    )
    parser.add_argument(
        "--best",
        action="store_true",
        help="also run rules with the threshold that is best here, which only the truth can tell",
    )
