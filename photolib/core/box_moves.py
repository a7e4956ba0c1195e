"""A box that somebody puts and moves by words and numbers, in percent of a picture, in halves."""

# Left, top, width, height in percent, as people write them.
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


def put_box(place: int, *, width: int, height: int) -> Percent:
    """A square box in the middle of one of nine parts of a picture of this size in pixels.

    place: 0..8, row by row from the top left.
    """
    side = PUT_SIZE * min(width, height)
    across, down = 100 * side / width, 100 * side / height
    column, row = place % 3, place // 3
    return fit_box(
        (column + 0.5) * 100 / 3 - across / 2, (row + 0.5) * 100 / 3 - down / 2, across, down
    )


def move_box(box: Percent, move: str) -> Percent:
    """The box one step further; move: a key of MOVES. It stays inside the picture."""
    left, top, width, height = (value + by for value, by in zip(box, MOVES[move], strict=True))
    return fit_box(left, top, width, height)


def place_of(box: Percent) -> int:
    """In which of nine parts of the picture the middle of a box is, 0..8 row by row."""
    column = min(2, int((box[0] + box[2] / 2) * 3 / 100))
    row = min(2, int((box[1] + box[3] / 2) * 3 / 100))
    return 3 * row + column


def fit_box(left: float, top: float, width: float, height: float) -> Percent:
    """The box in halves of a percent, not smaller than SMALLEST, moved so that it lies in the picture."""
    across, down = (min(100.0, max(SMALLEST, _half(side))) for side in (width, height))
    return (
        min(max(0.0, _half(left)), 100 - across),
        min(max(0.0, _half(top)), 100 - down),
        across,
        down,
    )


def _half(value: float) -> float:
    return round(value * 2) / 2
