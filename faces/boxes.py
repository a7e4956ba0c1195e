"""Which newly found box is which known one."""

from collections.abc import Sequence

# Left, top, width, height in fractions of the picture.
Box = tuple[float, float, float, float]

# Two boxes are of the same face from this overlap on (intersection over union).
SAME_FACE = 0.5


def overlap(one: Box, other: Box) -> float:
    """Intersection over union, 0..1."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def pair_boxes(found: Sequence[Box], known: Sequence[Box]) -> list[int | None]:
    """For each found box the place of its known one, or None; each known one is used once."""
    overlaps = sorted(
        (
            (-overlap(box, other), at, place)
            for at, box in enumerate(found)
            for place, other in enumerate(known)
        ),
    )
    pairs: list[int | None] = [None] * len(found)
    used: set[int] = set()
    for minus, at, place in overlaps:
        if -minus >= SAME_FACE and pairs[at] is None and place not in used:
            pairs[at] = place
            used.add(place)
    return pairs
