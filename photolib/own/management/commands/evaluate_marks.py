"""`manage.py evaluate_marks`: what the questions about marked things are worth, on photos of yours."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from PIL import Image

from photolib.core.figures import as_json_line
from photolib.own.likeness import LIKE_FROM, LIKE_WITH_POINTS_FROM, POINTS_FROM
from photolib.own.trial.boxes import look_at_boxes
from photolib.own.trial.choosing import chosen_bars, worth_of
from photolib.own.trial.looking import Bar, look_at_trial

_ALLOWED = (0.002, 0.005, 0.01)


class Command(BaseCommand):
    help = (
        "Draw logos and prints, put them into photos as a camera would see them, mark each once, and see "
        "where it is asked about; and things that people marked in the photos themselves. The library in "
        "use is not touched. The last line is JSON."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--truth", type=Path, required=True, help="as for `scorecard`")
        parser.add_argument("--images", type=Path, required=True, metavar="DIR")
        parser.add_argument("--marks", type=int, default=40, help="logos and prints")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: object, **options: Any) -> None:
        entries = json.loads(options["truth"].read_text())
        photos = [_opened(options["images"] / entry["file"]) for entry in entries]
        trial = look_at_trial(photos, marks=options["marks"], seed=options["seed"])
        used = Bar(LIKE_FROM, LIKE_WITH_POINTS_FROM, POINTS_FROM)
        figures: dict[str, Any] = {
            "photos": len(photos), "marks": options["marks"], "seed": options["seed"],
            "used": worth_of(trial.looked, used).as_json(), "processor_ms": trial.processor_ms,
        }  # fmt: skip
        self._say("The values in use", figures["used"])
        for part, prints in (("logos", False), ("prints", True)):
            of_part = [one for one in trial.looked if one.is_print == prints]
            figures[part] = worth_of(of_part, used).as_json()
            self._say(f"… of {part}", figures[part])
        for bar, name in (
            (Bar(LIKE_FROM, 2.0, POINTS_FROM), "windows alone"),
            (Bar(2.0, -1.0, POINTS_FROM), "points alone"),
        ):
            figures[name] = worth_of(trial.looked, bar).as_json()
            self._say(f"… {name}", figures[name])
        figures["cross_validated"] = [
            chosen_bars(trial.looked, most=most, seed=options["seed"]) for most in _ALLOWED
        ]
        for row in figures["cross_validated"]:
            self._say(f"Chosen for {row['most']} on half, tried on the other half", row)
        self._say("Processor ms a photo, by number of things", trial.processor_ms)
        figures["boxes"] = look_at_boxes(entries, options["images"], seed=options["seed"])
        for row in figures["boxes"]:
            self._say("Boxes of one kind of thing", row)
        self.stdout.write(as_json_line(figures))

    def _say(self, what: str, figures: dict[str, Any]) -> None:
        told = ", ".join(f"{name} {value}" for name, value in figures.items())
        self.stdout.write(f"{what}: {told}")


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")
