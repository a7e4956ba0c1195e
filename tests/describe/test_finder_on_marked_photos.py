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

from photolib.describe.calibration import calibration_of
from photolib.describe.detection.found import SeenObject
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


@dataclass(frozen=True, slots=True)
class Looked:
    """One marked photo: what is there by label, of what there is a crowd, what was seen."""

    there: Counter[str]
    crowds: frozenset[str]
    seen: list[SeenObject]

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
    seen = detector.detect(np.asarray(Image.open(file).convert("RGB")))
    return Looked(Counter(labels), frozenset(crowds), seen)


def test_what_is_asserted_is_right_and_names_most_kinds_of_things(looked: list[Looked]) -> None:
    said = [
        (right, first)
        for photo in looked
        for one, right, first in photo.judged()
        if one.confidence >= said_from(one.label)
    ]
    kinds = sum(len(photo.there) for photo in looked)
    assert sum(right for right, _first in said) / len(said) >= 0.97
    assert sum(right and first for right, first in said) / kinds >= 0.55


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
    assert sum(by == 0 for by in wrong_by) / len(wrong_by) >= 0.75
    assert sum(by > 0 for by in wrong_by) <= 2


def _people(photo: Looked) -> int:
    things = tuple(SeenThing(one.label, one.confidence, "m", one.box) for one in photo.seen)
    view = PhotoView(taken_on=date(2024, 7, 6), taken_source=TakenSource.EXIF, things=things)
    return len(count_people(view).people)
