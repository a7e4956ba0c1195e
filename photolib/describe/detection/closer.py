"""A closer look at those quarters of a picture in which there may be people in the distance.

Source: Akyon et al. 2022 (SAHI), slicing at inference; here only where a first look gives cause for it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from photolib.describe.boxes import Box
from photolib.describe.detection.found import SeenObject
from photolib.describe.detection.looks import Look, Sort, sort_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Quarters share a fifth of their side, so that nobody small is cut in all that show them.
SHARED = 0.2
SIDE = 1 / (2 - SHARED)
QUARTERS = tuple(Box(left, top, SIDE, SIDE) for top in (0.0, 1 - SIDE) for left in (0.0, 1 - SIDE))
# A small person whom any look sees this surely is cause for a closer look. With 0.05 no more people are
# counted, with 0.15 fewer.
CAUSE = 0.1
# What comes this near to an edge inside the picture, in parts of the quarter, is cut off there: another
# quarter has it whole.
EDGE = 0.01
# Two boxes from two quarters that share more than this are one person.
SAME_PERSON = 0.5


def quarters_to_see(looks: Iterable[Look]) -> list[Box]:
    """The quarters that hold the middle of a person who looks small."""
    small = [
        one.box
        for look in looks
        for one in look.seen
        if sort_of(one.label, one.box) == Sort.SMALL_PERSON and one.confidence >= CAUSE
    ]
    return [quarter for quarter in QUARTERS if any(quarter.holds(box.middle) for box in small)]


def look_closer(
    image: "NDArray[np.uint8]",
    quarters: Sequence[Box],
    look: Callable[["NDArray[np.uint8]"], list[SeenObject]],
) -> list[SeenObject]:
    """The small people that `look` sees in these quarters, each once, where they are in the picture.

    image: (h, w, 3) RGB, 0..255, upright. look: is given a part of it, of such a shape.
    """
    found = []
    for quarter in quarters:
        at, part = _part(image, quarter)
        whole = (
            SeenObject(one.label, _in_picture(one.box, at), one.confidence)
            for one in look(part)
            if not _is_cut(one.box, quarter)
        )
        found += [one for one in whole if sort_of(one.label, one.box) == Sort.SMALL_PERSON]
    kept: list[SeenObject] = []
    for one in sorted(found, key=lambda one: (-one.confidence, one.box.left, one.box.top)):
        if all(one.box.overlap(other.box) <= SAME_PERSON for other in kept):
            kept.append(one)
    return kept


def _part(image: "NDArray[np.uint8]", quarter: Box) -> tuple[Box, "NDArray[np.uint8]"]:
    """The quarter's pixels, and where these lie: half a pixel matters to somebody of ten."""
    height, width = image.shape[:2]
    left, top = round(quarter.left * width), round(quarter.top * height)
    # A picture of one pixel has quarters of one pixel.
    across, down = max(round(quarter.width * width), 1), max(round(quarter.height * height), 1)
    left, top = min(left, width - across), min(top, height - down)
    at = Box(left / width, top / height, across / width, down / height)
    return at, image[top : top + down, left : left + across]


def _is_cut(box: Box, quarter: Box) -> bool:
    """Whether it touches an edge of the quarter that is none of the picture's."""
    return (
        (quarter.left > 0 and box.left < EDGE)
        or (quarter.top > 0 and box.top < EDGE)
        or (quarter.left == 0 and box.left + box.width > 1 - EDGE)
        or (quarter.top == 0 and box.top + box.height > 1 - EDGE)
    )


def _in_picture(box: Box, part: Box) -> Box:
    return Box(
        part.left + box.left * part.width,
        part.top + box.top * part.height,
        box.width * part.width,
        box.height * part.height,
    )
