"""How sharp the sharpest part of a picture is: a sharp subject before a soft ground is not blurred."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

# Looked at in this size: what is sharp here is sharp on any screen of a phone.
LONG_SIDE = 640
TILE = 80
# A tile whose steps between neighbours are below this on average (0..255) shows nothing: sky, a wall.
_PLAIN = 1.5
_WINDOW = 9


def sharpness(image: "Image.Image") -> float | None:
    """0 (nothing but blur) to 1, of the sharpest tiles; None where there is nothing to judge by.

    For each tile, which part of the steps between neighbours a blur of nine pixels takes away, across and
    down, the lesser of the two: a moved camera blurs one way only. The third sharpest tile counts, for a
    hot pixel or a date written into the picture is not the picture.
    Source: Crete et al. 2007, The blur effect.
    """
    scale = LONG_SIDE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    grey = np.asarray(image.convert("L").resize(size) if scale < 1 else image.convert("L"))
    across, down = _tiles(grey.astype(np.float32)), _tiles(grey.T.astype(np.float32))
    values = [
        min(one, other)
        for row, one in across.items()
        if (other := down.get((row[1], row[0]))) is not None
    ]
    values.sort(reverse=True)
    return values[min(2, len(values) - 1)] if values else None


def _tiles(grey: "NDArray[np.float32]") -> dict[tuple[int, int], float]:
    """By the tile's place, the part of its steps from left to right that a blur takes away."""
    if grey.shape[1] <= _WINDOW + 1:
        return {}
    before = np.abs(np.diff(grey, axis=1))
    after = np.abs(np.diff(_blurred(grey), axis=1))
    lost = np.maximum(before - after, 0)
    found = {}
    for top in range(0, before.shape[0] - TILE // 2, TILE):
        for left in range(0, before.shape[1] - TILE // 2, TILE):
            part = (slice(top, top + TILE), slice(left, left + TILE))
            steps = float(before[part].mean())
            if steps >= _PLAIN:
                found[top // TILE, left // TILE] = float(lost[part].mean()) / steps
    return found


def _blurred(grey: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Each pixel the mean of nine from left to right."""
    half = _WINDOW // 2
    padded = np.pad(grey, ((0, 0), (half + 1, half)), mode="edge")
    sums = np.cumsum(padded, axis=1, dtype=np.float64)
    mean: NDArray[np.float32] = ((sums[:, _WINDOW:] - sums[:, :-_WINDOW]) / _WINDOW).astype(
        np.float32
    )
    return mean
