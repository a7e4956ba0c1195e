"""The finder's promise on real photos whose things people have marked (docs/models.md, "Objects").

Apart from `manage.py scorecard`: this looks with the finder alone, and finds out early when a model, a
threshold or the fusion has become worse.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from photolib.describe.boxes import Box
from photolib.describe.calibration import calibration_of
from photolib.describe.detection.found import SeenObject
from photolib.describe.detection.looks import Sort, sort_of
from photolib.describe.headcount import count_people
from photolib.describe.object_detector import detector
from photolib.describe.thresholds import hedged_from, said_from
from photolib.describe.view import PhotoView, SeenThing
from photolib.library.models import TakenSource
from tests.conftest import SHARED_DATA

pytestmark = [pytest.mark.shared, pytest.mark.models, pytest.mark.slow]

# COCO's names where ours differ by more than the space between two words.
OURS = {
    "dining table": "table",
    "cell phone": "phone",
    "sports ball": "ball",
    "hair drier": "hair_dryer",
}


# A box and a mark that share more than this are of one person.
SAME_PERSON = 0.4


def is_small_person(one: SeenObject) -> bool:
    return sort_of(one.label, one.box) == Sort.SMALL_PERSON


@dataclass(frozen=True, slots=True)
class Looked:
    """One marked photo: what is there by label, of what there is a crowd, what was seen."""

    there: Counter[str]
    crowds: frozenset[str]
    seen: list[SeenObject]
    small_people: tuple[Box, ...]
    crowded: tuple[Box, ...]

    def said_small_people(self) -> Iterator[bool]:
        """Whether each small person that is asserted is marked there, each mark once; crowds apart."""
        left = list(self.small_people)
        for one in self.seen:
            if one.confidence < said_from(one.label) or not is_small_person(one):
                continue
            mark = max(left, key=one.box.overlap, default=None)
            if mark is not None and mark.overlap(one.box) > SAME_PERSON:
                left.remove(mark)
                yield True
            elif not any(one.box.part_inside(crowd) > SAME_PERSON for crowd in self.crowded):
                yield False

    def judged(self) -> Iterator[tuple[SeenObject, bool, bool]]:
        """Each thing seen; whether that many are there; whether it is the first of its label."""
        said: Counter[str] = Counter()
        for one in self.seen:
            said[one.label] += 1
            right = self.there[one.label] >= said[one.label] or one.label in self.crowds
            yield one, right, said[one.label] == 1


@pytest.fixture(scope="module")
def looked() -> list[Looked]:
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not here")
    entries = json.loads((SHARED_DATA / "photos" / "truth.json").read_text())
    return [_look(SHARED_DATA / one["file"], one["objects"]) for one in entries if one["objects"]]


def _look(file: Path, objects: list[dict[str, Any]]) -> Looked:
    labels = [OURS.get(one["label"], one["label"].replace(" ", "_")) for one in objects]
    crowds = [label for label, one in zip(labels, objects, strict=True) if one["iscrowd"]]
    image = np.asarray(Image.open(file).convert("RGB"))
    marked = [
        (SeenObject("person", _box(one["bbox"], image.shape), 1.0), one["iscrowd"])
        for one in objects
        if one["label"] == "person"
    ]
    return Looked(
        Counter(labels),
        frozenset(crowds),
        detector.detect(image),
        tuple(one.box for one, crowd in marked if not crowd and is_small_person(one)),
        tuple(one.box for one, crowd in marked if crowd),
    )


def _box(pixels: list[float], shape: tuple[int, ...]) -> Box:
    """COCO's left, top, width and height in fractions of a picture of this shape."""
    left, top, width, height = pixels
    return Box(left / shape[1], top / shape[0], width / shape[1], height / shape[0])


def test_what_is_asserted_is_right_and_names_most_kinds_of_things(looked: list[Looked]) -> None:
    said = [
        (right, first)
        for photo in looked
        for one, right, first in photo.judged()
        if one.confidence >= said_from(one.label)
    ]
    kinds = sum(len(photo.there) for photo in looked)
    assert sum(right for right, _first in said) / len(said) >= 0.97
    assert sum(right and first for right, first in said) / kinds >= 0.56


def test_what_is_hedged_is_more_often_right_than_four_times_in_five(looked: list[Looked]) -> None:
    rights = [
        right
        for photo in looked
        for one, right, _first in photo.judged()
        if hedged_from(one.label) <= one.confidence < said_from(one.label)
    ]
    assert sum(rights) / len(rights) >= 0.80


def test_probabilities_are_what_they_say(looked: list[Looked]) -> None:
    """In ten parts of equal size, stated and found differ by 0.08 at most on average."""
    told = sorted(
        (calibration_of(one.label).probability(one.confidence), right)
        for photo in looked
        for one, right, _first in photo.judged()
    )
    parts = np.array_split(np.array(told, dtype=np.float64), 10)
    off = [abs(part[:, 0].mean() - part[:, 1].mean()) * len(part) for part in parts]
    assert sum(off) / len(told) <= 0.08


def test_people_are_counted_from_bodies_alone_as_well(looked: list[Looked]) -> None:
    """Without faces, as with PHOTOLIB_FACES=no. A crowd takes any number, for nobody has counted."""
    wrong_by = [
        _people(photo) - photo.there["person"] for photo in looked if "person" not in photo.crowds
    ]
    assert sum(by == 0 for by in wrong_by) / len(wrong_by) >= 0.80
    assert sum(abs(by) <= 1 for by in wrong_by) / len(wrong_by) >= 0.90
    assert sum(by > 0 for by in wrong_by) <= 3


def _people(photo: Looked) -> int:
    things = tuple(SeenThing(one.label, one.confidence, "m", one.box) for one in photo.seen)
    view = PhotoView(taken_on=date(2024, 7, 6), taken_source=TakenSource.EXIF, things=things)
    return len(count_people(view).people)


def test_people_in_the_distance_are_found_by_a_closer_look(looked: list[Looked]) -> None:
    """Of the people whose boxes are small, by themselves: of those said most are there, and many are said."""
    there = sum(len(photo.small_people) for photo in looked)
    hits = [hit for photo in looked for hit in photo.said_small_people()]
    assert sum(hits) / there >= 0.40
    assert sum(hits) / len(hits) >= 0.65
