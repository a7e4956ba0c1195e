"""A picture's windows as numbers: what is seen in each of a few thousand boxes, from one look at it."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from photolib.describe.boxes import Box
from photolib.own.everyday import EVERYDAY

Numbers = NDArray[np.float32]

# Heights and widths of the windows, in places of the map: from a ninth of the picture to two fifths.
_SHAPES = (
    (2, 2), (3, 3), (3, 5), (5, 3), (4, 4), (2, 4), (4, 2), (6, 6), (4, 7), (7, 4), (8, 8), (12, 12),
)  # fmt: skip


def look_in(places: Numbers, box: Box) -> Numbers:
    """(136,) of length 1: what is seen inside a box, less what everyday photos show everywhere.

    places: (18, 18, 136), EfficientNet.places. box: in fractions; of one smaller than a place, that place.
    """
    side = places.shape[0]
    down = _shares(box.top, box.height, side)
    across = _shares(box.left, box.width, side)
    return _pointed(np.einsum("y,x,yxc->c", down, across, places) - EVERYDAY)


def windows_of(places: Numbers) -> tuple[Numbers, Sequence[Box]]:
    """Every window: (n, 136) of length 1 each, and their boxes in fractions of the picture."""
    summed = np.pad(places.cumsum(0).cumsum(1), ((1, 0), (1, 0), (0, 0)))
    looks = []
    for high, wide in _SHAPES:
        total = (summed[high:, wide:] - summed[:-high, wide:] - summed[high:, :-wide]) + summed[
            :-high, :-wide
        ]
        looks.append(total.reshape(-1, places.shape[2]) / (high * wide))
    return _pointed(np.concatenate(looks) - EVERYDAY), _boxes(places.shape[0])


@cache
def _boxes(side: int) -> tuple[Box, ...]:
    """The windows' boxes, in the order of windows_of."""
    return tuple(
        Box(column / side, row / side, wide / side, high / side)
        for high, wide in _SHAPES
        for row in range(side - high + 1)
        for column in range(side - wide + 1)
    )


def _shares(start: float, length: float, side: int) -> Numbers:
    """How much of each row (or column) of places lies in a stretch; the shares add up to 1."""
    places = np.arange(side)
    inside = np.minimum((start + length) * side, places + 1) - np.maximum(start * side, places)
    shares = np.clip(inside, 0, 1)
    if shares.sum() <= 0:
        shares[min(int(start * side), side - 1)] = 1
    share: Numbers = (shares / shares.sum()).astype(np.float32)
    return share


def _pointed(looks: NDArray[np.floating]) -> Numbers:
    length = np.maximum(np.linalg.norm(looks, axis=-1, keepdims=True), 1e-6)
    pointed: Numbers = (looks / length).astype(np.float32)
    return pointed
