"""`manage.py evaluate_own`: what the questions of tags are worth, on photos that people have marked."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand
from PIL import Image

from photolib.core.figures import as_json_line
from photolib.describe.efficientnet import network
from photolib.own.evaluating import worth_of

_EXAMPLES = (5, 10, 20)


class Command(BaseCommand):
    help = (
        "Take what people marked in photos for tags: give 5, 10 and 20 photos of each the tag, and see "
        "which of the others would be asked about. The library in use is not touched. The last line is "
        "JSON."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--truth", type=Path, required=True, help="as for `scorecard`")
        parser.add_argument("--images", type=Path, required=True, metavar="DIR")
        parser.add_argument(
            "--draws", type=int, default=12, help="choices of examples for each tag"
        )
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: object, **options: Any) -> None:
        entries = json.loads(options["truth"].read_text())
        marked = [entry for entry in entries if entry.get("objects")]
        shown = [frozenset(one["label"] for one in entry["objects"]) for entry in marked]
        features = np.stack([_features(options["images"] / entry["file"]) for entry in marked])
        figures: dict[str, Any] = {"photos": len(marked), "seed": options["seed"], "worth": []}
        self.stdout.write("examples  tags  precision  recall  best 3  by chance  questions a tag")
        for examples in _EXAMPLES:
            worth = worth_of(
                features, shown, examples=examples, draws=options["draws"], seed=options["seed"]
            )
            if worth is None:
                self.stdout.write(f"{examples:8}  too few photos")
                continue
            figures["worth"].append(worth.as_json())
            precision = "–" if worth.precision is None else f"{worth.precision:.2f}"
            self.stdout.write(
                f"{examples:8}  {worth.tags:4}  {precision:>9}  {worth.recall:6.2f}"
                f"  {worth.best:6.2f}  {worth.by_chance:9.2f}  {worth.asked:15.1f}"
            )
        self.stdout.write(as_json_line(figures))


def _features(path: Path) -> "np.ndarray[Any, np.dtype[np.float32]]":
    with Image.open(path) as picture:
        return network.features(np.asarray(picture.convert("RGB")))
