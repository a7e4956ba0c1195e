"""What is to be seen in test photos, as people marked it, in the form of COCO's own marks.

A JSON list of `{file, objects: [{label, bbox, iscrowd}]}`; `objects` is null where nobody marked the
photo. An entry may also hold `text`: what is written in the picture. Other keys are left alone.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from photolib.core.errors import PhotolibError
from photolib.describe.vocabulary import LABELS

# COCO's names where ours differ by more than the space between two words.
OURS = {
    "dining table": "table",
    "cell phone": "phone",
    "sports ball": "ball",
    "hair drier": "hair_dryer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One photo and what is in it.

    things: how many of each label, those in crowds not counted. crowds: labels of which there are more
    than anybody counted. marked: whether things were marked at all. text: what is written in it, or None
    where nobody wrote that down.
    """

    file: Path
    things: Counter[str]
    crowds: frozenset[str]
    marked: bool
    text: str | None = None

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.things) | self.crowds

    def holds(self, label: str) -> int:
        return self.things[label]


def read_truth(path: Path, images: Path) -> list[Marked]:
    """The photos of the truth file, which lie in the folder `images`. Raises PhotolibError."""
    try:
        entries = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise PhotolibError(
            _("{path} cannot be read as JSON: {error}").format(path=path, error=error)
        ) from error
    try:
        return [_marked(entry, images) for entry in entries]
    except (AttributeError, KeyError, TypeError) as error:
        raise PhotolibError(
            _("{path} is not a list of photos with their marks: {error}").format(
                path=path, error=repr(error)
            )
        ) from error


def label_of(name: str) -> str:
    """Our label for COCO's name; the name itself, tidied, where the vocabulary has none for it."""
    return OURS.get(name, name.replace(" ", "_"))


def unknown_labels(photos: list[Marked]) -> list[str]:
    """What is marked but has no word here: it can never be said."""
    return sorted({label for photo in photos for label in photo.kinds} - LABELS.keys())


def _marked(entry: dict[str, Any], images: Path) -> Marked:
    objects = entry.get("objects") or []
    return Marked(
        file=_find(entry["file"], images),
        things=Counter(label_of(one["label"]) for one in objects if not one.get("iscrowd")),
        crowds=frozenset(label_of(one["label"]) for one in objects if one.get("iscrowd")),
        marked=bool(objects),
        text=entry.get("text"),
    )


def _find(name: str, images: Path) -> Path:
    """The file by its path below the folder, or by the last part of it."""
    for candidate in (images / name, images / Path(name).name):
        if candidate.is_file():
            return candidate
    raise PhotolibError(
        _("{name} of the truth file is not in {folder}.").format(name=name, folder=images)
    )
