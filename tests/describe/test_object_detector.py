"""The real networks on real pictures."""

from pathlib import Path

import insightface  # noqa: TID251 for the pictures that come with it
import numpy as np
import pytest
import skimage
from PIL import Image

from photolib.describe.detection.found import SeenObject
from photolib.describe.detection.ssd import Ssd
from photolib.describe.detection.yolo import Yolo
from photolib.describe.object_detector import detector
from photolib.describe.thresholds import HEDGED_FROM, said_from

pytestmark = pytest.mark.models

PICTURES = Path(skimage.__file__).parent / "data"
CAT, COFFEE = PICTURES / "chelsea.png", PICTURES / "coffee.png"
GROUP = Path(insightface.__file__).parent / "data" / "images" / "t1.jpg"

Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def picture(path: Path) -> Picture:
    return np.asarray(Image.open(path).convert("RGB"))


def best(seen: list[SeenObject]) -> dict[str, float]:
    """The best score of each label."""
    found: dict[str, float] = {}
    for one in seen:
        found[one.label] = max(one.confidence, found.get(one.label, 0.0))
        assert 0 <= one.box.left < one.box.left + one.box.width <= 1.000001
        assert 0 <= one.box.top < one.box.top + one.box.height <= 1.000001
    return found


def asserted(seen: list[SeenObject]) -> set[str]:
    return {one.label for one in seen if one.confidence >= said_from(one.label)}


def test_cat_is_asserted_in_a_picture_of_a_cat_and_nothing_else() -> None:
    assert asserted(detector.detect(picture(CAT))) == {"cat"}


def test_cup_is_asserted_in_a_picture_of_coffee() -> None:
    assert "cup" in asserted(detector.detect(picture(COFFEE)))


def test_six_people_are_asserted_in_a_group_of_six() -> None:
    seen = detector.detect(picture(GROUP))
    people = [one for one in seen if one.label == "person"]
    assert len([one for one in people if one.confidence >= said_from("person")]) == 6


def test_nothing_is_seen_in_an_even_surface() -> None:
    grey = np.full((480, 640, 3), 128, dtype=np.uint8)
    assert [one for one in detector.detect(grey) if one.confidence >= HEDGED_FROM] == []


@pytest.mark.parametrize("shape", [(1, 1), (3, 700), (700, 3)])
def test_pictures_of_odd_shapes_are_looked_at_too(shape: tuple[int, int]) -> None:
    assert asserted(detector.detect(np.zeros((*shape, 3), dtype=np.uint8))) == set()


def test_each_network_sees_the_cat_by_itself() -> None:
    image = picture(CAT)
    assert best(Ssd().look(image))["cat"] > 0.5
    assert best(Yolo().look(image, side=480))["cat"] > 0.5


def test_boxes_of_a_tall_picture_are_where_the_thing_is() -> None:
    cat = picture(CAT)
    tall = np.full((cat.shape[0] * 4, cat.shape[1], 3), 114, dtype=np.uint8)
    tall[-cat.shape[0] :] = cat
    seen = [one for one in Yolo().look(tall, side=800) if one.label == "cat"]
    assert seen[0].box.top > 0.7


def test_the_same_picture_gives_the_same_facts() -> None:
    image = picture(COFFEE)
    assert detector.detect(image) == detector.detect(image)
