"""Things as people marked them in photos: the same kind of thing, not the very same one."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from photolib.describe.boxes import Box
from photolib.describe.efficientnet import network
from photolib.own.asking import piece_of
from photolib.own.likeness import Known, sights_of
from photolib.own.trial.looking import known_from

_EXAMPLES = (1, 3, 5)
_DRAWS = 6
# Smaller boxes are far-off things nobody would mark.
_LEAST_AREA = 0.02
# So many photos beyond the examples, or there is nothing to find.
_LEFT = 2


def look_at_boxes(entries: Sequence[Any], images: Path, *, seed: int) -> list[dict[str, Any]]:
    """Mark one thing of a kind in 1, 3 or 5 photos, and see which other photos are asked about.

    entries: {file, objects: [{label, bbox in pixels}]}. No person is marked. Returns a row a number of
    examples: precision (the photo shows such a thing), recall, questions a try, and the share by chance.
    """
    photos = [_opened(images / entry["file"]) for entry in entries if entry.get("objects")]
    boxes = [
        _boxes(entry, photo)
        for entry, photo in zip([one for one in entries if one.get("objects")], photos, strict=True)
    ]
    places = [network.places(np.asarray(photo)) for photo in photos]
    chance, rows = np.random.default_rng(seed), []
    labels = sorted({label for shown in boxes for label in shown} - {"person"})
    for examples in _EXAMPLES:
        asked = right = there = tries = 0
        blind = []
        for label in labels:
            has = [at for at, shown in enumerate(boxes) if label in shown]
            if len(has) < examples + _LEFT:
                continue
            for _draw in range(_DRAWS):
                marked = [int(at) for at in chance.permutation(has)[:examples]]
                known = _joined([known_from(photos[at], boxes[at][label][:1]) for at in marked])
                rest = [at for at in range(len(photos)) if at not in marked]
                for at in rest:
                    cut = partial(piece_of, photos[at])
                    (sight,) = sights_of([known], places[at], [], cut)
                    if sight is not None and sight.is_worth_asking:
                        asked += 1
                        right += label in boxes[at]
                there += sum(label in boxes[at] for at in rest)
                blind.append(sum(label in boxes[at] for at in rest) / len(rest))
                tries += 1
        if tries:
            rows.append(
                {
                    "examples": examples,
                    "tries": tries,
                    "precision": round(right / asked, 3) if asked else None,
                    "recall": round(right / max(there, 1), 3),
                    "questions_a_try": round(asked / tries, 2),
                    "by_chance": round(float(np.mean(blind)), 3),
                }
            )
    return rows


def _joined(known: Sequence[Known]) -> Known:
    return Known(
        np.concatenate([one.looks for one in known]),
        [points for one in known for points in one.points],
        known[0].denied,
    )


def _boxes(entry: Any, photo: Image.Image) -> dict[str, list[Box]]:
    """The boxes by label that are large enough to mark, the largest first."""
    width, height = photo.size
    found: dict[str, list[Box]] = {}
    for one in entry["objects"]:
        left, top, wide, high = one["bbox"]
        box = Box(left / width, top / height, wide / width, high / height)
        if box.area >= _LEAST_AREA and not one.get("iscrowd"):
            found.setdefault(one["label"], []).append(box)
    return {label: sorted(shown, key=lambda box: -box.area) for label, shown in found.items()}


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")
