"""Which newly found box is which known one."""

from collections.abc import Sequence

# Left, top, width, height in fractions of the picture.
Box = tuple[float, float, float, float]

# The same in percent, in halves: as people write them.
Percent = tuple[float, float, float, float]

# How far one step moves a box, or makes it larger, in percent of the picture.
STEP = 2.0
SMALLEST = 1.0
# A box that is put somewhere, as a part of the picture's shorter side.
PUT_SIZE = 0.25
MOVES: dict[str, Percent] = {
    "left": (-STEP, 0, 0, 0),
    "right": (STEP, 0, 0, 0),
    "up": (0, -STEP, 0, 0),
    "down": (0, STEP, 0, 0),
    "larger": (-STEP / 2, -STEP / 2, STEP, STEP),
    "smaller": (STEP / 2, STEP / 2, -STEP, -STEP),
}

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


def put_box(place: int, *, width: int, height: int) -> Percent:
    """A square box in the middle of one of nine parts of a picture of this size in pixels.

    place: 0..8, row by row from the top left.
    """
    side = PUT_SIZE * min(width, height)
    across, down = 100 * side / width, 100 * side / height
    column, row = place % 3, place // 3
    return _inside(
        (column + 0.5) * 100 / 3 - across / 2, (row + 0.5) * 100 / 3 - down / 2, across, down
    )


def move_box(box: Percent, move: str) -> Percent:
    """The box one step further; move: a key of MOVES. It stays inside the picture."""
    left, top, width, height = (value + by for value, by in zip(box, MOVES[move], strict=True))
    return _inside(left, top, width, height)


def place_of(box: Percent) -> int:
    """In which of nine parts of the picture the middle of a box is, 0..8 row by row."""
    column = min(2, int((box[0] + box[2] / 2) * 3 / 100))
    row = min(2, int((box[1] + box[3] / 2) * 3 / 100))
    return 3 * row + column


def _inside(left: float, top: float, width: float, height: float) -> Percent:
    across, down = (min(100.0, max(SMALLEST, _half(side))) for side in (width, height))
    return (
        min(max(0.0, _half(left)), 100 - across),
        min(max(0.0, _half(top)), 100 - down),
        across,
        down,
    )


def _half(value: float) -> float:
    return round(value * 2) / 2
