"""The detector: its bookkeeping with made-up boxes, and the real network on real pictures."""

from pathlib import Path

import insightface  # noqa: TID251 for the pictures that come with it
import numpy as np
import pytest
import skimage
from PIL import Image

from photolib.describe.boxes import Box
from photolib.describe.object_detector import SeenObject, detector, drop_group_boxes, merge


def person(left: float, top: float, width: float, height: float, score: float = 0.9) -> SeenObject:
    return SeenObject("person", Box(left, top, width, height), score)


def test_of_two_boxes_on_one_thing_the_surer_stays() -> None:
    sure, unsure = person(0.1, 0.1, 0.3, 0.5, 0.9), person(0.12, 0.1, 0.3, 0.5, 0.6)
    assert merge([unsure, sure]) == [sure]


def test_two_labels_in_one_place_both_stay() -> None:
    box = Box(0.1, 0.1, 0.3, 0.5)
    assert len(merge([SeenObject("cup", box, 0.9), SeenObject("bowl", box, 0.8)])) == 2


def test_box_around_a_group_is_dropped_and_its_members_stay() -> None:
    members = [person(0.1, 0.2, 0.2, 0.6), person(0.4, 0.2, 0.2, 0.6), person(0.7, 0.2, 0.2, 0.6)]
    group = person(0.05, 0.1, 0.9, 0.8, 0.7)
    assert drop_group_boxes([*members, group]) == members


def test_parent_with_one_child_in_front_is_no_group() -> None:
    pair = [person(0.1, 0.1, 0.6, 0.8), person(0.3, 0.4, 0.2, 0.4)]
    assert drop_group_boxes(pair) == pair


def picture(path: Path) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.asarray(Image.open(path).convert("RGB"))


def seen_in(path: Path) -> dict[str, float]:
    """The best score of each label."""
    found: dict[str, float] = {}
    for one in detector.detect(picture(path)):
        found[one.label] = max(one.confidence, found.get(one.label, 0.0))
        assert 0 <= one.box.left < one.box.left + one.box.width <= 1.000001
        assert 0 <= one.box.top < one.box.top + one.box.height <= 1.000001
    return found


@pytest.mark.models
def test_cat_is_seen_in_a_picture_of_a_cat() -> None:
    assert seen_in(Path(skimage.__file__).parent / "data" / "chelsea.png")["cat"] > 0.62


@pytest.mark.models
def test_cup_is_seen_in_a_picture_of_coffee() -> None:
    assert seen_in(Path(skimage.__file__).parent / "data" / "coffee.png")["cup"] > 0.62


@pytest.mark.models
def test_several_people_are_seen_in_a_group() -> None:
    path = Path(insightface.__file__).parent / "data" / "images" / "t1.jpg"
    people = [one for one in detector.detect(picture(path)) if one.label == "person"]
    assert 4 <= len([one for one in people if one.confidence >= 0.5]) <= 6


@pytest.mark.models
def test_nothing_is_seen_in_an_even_surface() -> None:
    grey = np.full((480, 640, 3), 128, dtype=np.uint8)
    assert [one for one in detector.detect(grey) if one.confidence >= 0.62] == []
