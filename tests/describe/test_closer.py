"""A closer look at the quarters with people in the distance: made-up looks."""

from collections.abc import Callable

import numpy as np
import pytest

from photolib.describe.boxes import Box
from photolib.describe.detection.closer import QUARTERS, SIDE, look_closer, quarters_to_see
from photolib.describe.detection.found import SeenObject
from photolib.describe.detection.looks import Look

TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT = QUARTERS
Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
BLANK: Picture = np.zeros((360, 720, 3), dtype=np.uint8)


def far(left: float, top: float, score: float = 0.5) -> SeenObject:
    """A person in the distance."""
    return SeenObject("person", Box(left, top, 0.03, 0.08), score)


def seeing(*found: SeenObject) -> Callable[[Picture], list[SeenObject]]:
    return lambda _part: list(found)


def test_only_quarters_with_small_people_are_looked_at_closer() -> None:
    near = SeenObject("person", Box(0.7, 0.1, 0.2, 0.7), 0.9)
    small_thing = SeenObject("kite", Box(0.8, 0.8, 0.03, 0.08), 0.9)
    assert quarters_to_see([Look([near, small_thing]), Look([])]) == []
    assert quarters_to_see([Look([near]), Look([far(0.1, 0.1)])]) == [TOP_LEFT]


def test_somebody_in_the_middle_is_in_all_quarters() -> None:
    assert quarters_to_see([Look([far(0.485, 0.46)])]) == list(QUARTERS)


def test_hardly_anybody_is_no_cause() -> None:
    assert quarters_to_see([Look([far(0.1, 0.1, 0.09)])]) == []


def test_each_quarter_is_handed_over_as_it_is_in_the_picture() -> None:
    image = np.arange(36 * 72, dtype=np.uint16).astype(np.uint8).reshape(36, 72, 1).repeat(3, 2)
    parts: list[Picture] = []

    def look(part: Picture) -> list[SeenObject]:
        parts.append(part)
        return []

    look_closer(image, [TOP_LEFT, BOTTOM_RIGHT], look)
    assert [part.shape for part in parts] == [(20, 40, 3)] * 2
    assert (parts[0] == image[:20, :40]).all()
    assert (parts[1] == image[16:, 32:]).all()


def test_what_a_quarter_shows_is_where_it_is_in_the_picture() -> None:
    seen = SeenObject("person", Box(0.5, 0.5, 0.05, 0.1), 0.7)
    (one,) = look_closer(BLANK, [BOTTOM_RIGHT], seeing(seen))
    assert one.box.left == pytest.approx(1 - SIDE / 2)
    assert one.box.height == pytest.approx(0.1 * SIDE)
    assert one.confidence == 0.7


def test_somebody_whom_two_quarters_show_is_one() -> None:
    there = 0.47
    right = SeenObject("person", Box((there - (1 - SIDE)) / SIDE, 0.2, 0.05, 0.1), 0.6)
    left = SeenObject("person", Box(there / SIDE, 0.2, 0.05, 0.1), 0.8)
    looks = iter([[left], [right]])
    (one,) = look_closer(BLANK, [TOP_LEFT, TOP_RIGHT], lambda _part: next(looks))
    assert one.confidence == 0.8


def test_half_a_person_at_an_edge_inside_the_picture_is_left_out() -> None:
    cut = SeenObject("person", Box(0.95, 0.2, 0.05, 0.1), 0.8)
    assert look_closer(BLANK, [TOP_LEFT], seeing(cut)) == []
    assert len(look_closer(BLANK, [TOP_RIGHT], seeing(cut))) == 1


def test_only_small_people_are_taken_from_a_closer_look() -> None:
    large = SeenObject("person", Box(0.2, 0.2, 0.4, 0.7), 0.9)
    kite = SeenObject("kite", Box(0.2, 0.2, 0.05, 0.05), 0.9)
    assert look_closer(BLANK, [TOP_LEFT], seeing(large, kite)) == []


@pytest.mark.parametrize("shape", [(1, 1), (3, 700), (700, 3)])
def test_pictures_of_odd_shapes_have_quarters_too(shape: tuple[int, int]) -> None:
    parts: list[tuple[int, ...]] = []

    def look(part: Picture) -> list[SeenObject]:
        parts.append(part.shape)
        return []

    look_closer(np.zeros((*shape, 3), dtype=np.uint8), QUARTERS, look)
    assert all(min(one) >= 1 for one in parts)
    assert len(parts) == 4


def test_a_quarter_lies_where_its_pixels_do() -> None:
    """In a picture of 10 pixels a quarter has 6, not 5.6, and begins at the fourth."""
    seen = SeenObject("person", Box(0.5, 0.5, 0.05, 0.05), 0.7)
    small: Picture = np.zeros((10, 10, 3), dtype=np.uint8)
    (one,) = look_closer(small, [BOTTOM_RIGHT], seeing(seen))
    assert one.box.left == pytest.approx(0.4 + 0.5 * 0.6)
