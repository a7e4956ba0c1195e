"""Pictures of faces made worse in known ways, to measure what that costs. Drawn by us, seeded."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Points = NDArray[np.float32]
Random = np.random.Generator
CANVAS = 640


def on_canvas(picture: Image, scale: float = 1.0) -> Image:
    """The picture, shrunk by `scale`, in the middle of a plain one of CANVAS pixels square."""
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    canvas = np.empty((CANVAS, CANVAS, 3), dtype=np.uint8)
    canvas[:] = picture.reshape(-1, 3).mean(0)
    height, width = small.shape[:2]
    top, left = (CANVAS - height) // 2, (CANVAS - width) // 2
    canvas[top : top + height, left : left + width] = small
    return canvas


def blurred(sigma: float) -> Callable[[Image, Points, Random], Image]:
    return lambda picture, _points, _random: _bytes(cv2.GaussianBlur(picture, (0, 0), sigma))


def moved(length: int) -> Callable[[Image, Points, Random], Image]:
    """Blur along a straight way of `length` pixels in a random direction."""

    def spoil(picture: Image, _points: Points, random: Random) -> Image:
        kernel = np.zeros((length, length), dtype=np.float32)
        way = random.uniform(0, np.pi)
        middle = length // 2
        step = np.rint(middle * np.asarray((np.cos(way), np.sin(way)))).astype(int)
        start, end = middle - step, middle + step
        cv2.line(kernel, start.tolist(), end.tolist(), 1.0, 1)
        return _bytes(cv2.filter2D(picture, -1, kernel / kernel.sum()))

    return spoil


def masked(picture: Image, points: Points, random: Random) -> Image:
    """A mask of one colour from the nose to below the chin."""
    across = (points[1] - points[0]) * 0.85
    mouth = points[3:].mean(0)
    down = mouth - points[:2].mean(0)
    top, bottom = points[2] - down * random.uniform(0.1, 0.35), mouth + down * 0.9
    corners = [top - across, top + across, bottom + across * 0.6, bottom - across * 0.6]
    colours = ((200, 215, 225), (40, 40, 45), (120, 160, 210), (235, 235, 235))
    layer = picture.copy()
    cv2.fillConvexPoly(
        layer, np.asarray(corners).astype(int), colours[random.integers(4)], cv2.LINE_AA
    )
    grain = random.normal(0, 4, picture.shape) * (layer != picture)
    return _bytes(layer + grain)


def in_sunglasses(picture: Image, points: Points, _random: Random) -> Image:
    layer = picture.copy()
    across = points[1] - points[0]
    apart = float(np.hypot(across[0], across[1]))
    angle = float(np.degrees(np.arctan2(across[1], across[0])))
    for eye in points[:2]:
        where = ((float(eye[0]), float(eye[1])), (apart * 0.75, apart * 0.55), angle)
        cv2.ellipse(layer, where, (15, 15, 18), -1, cv2.LINE_AA)
    left, right = points[:2].astype(int).tolist()
    cv2.line(layer, left, right, (15, 15, 18), max(2, int(apart * 0.06)), cv2.LINE_AA)
    return layer


def behind_a_hand(picture: Image, points: Points, random: Random) -> Image:
    """A blob in the colour of the nose over one corner of the mouth."""
    layer = picture.copy()
    across = points[1] - points[0]
    apart = float(np.hypot(across[0], across[1]))
    x, y = points[2].astype(int)
    colour = np.median(picture[y - 4 : y + 5, x - 4 : x + 5].reshape(-1, 3), axis=0)
    at = points[random.integers(3, 5)]
    where = (
        (float(at[0]), float(at[1])),
        (apart * 1.1, apart * 1.6),
        float(random.uniform(-50, 50)),
    )
    cv2.ellipse(layer, where, (colour * random.uniform(0.75, 1.0)).tolist(), -1, cv2.LINE_AA)
    return layer


def in_the_dark(picture: Image, _points: Points, random: Random) -> Image:
    return _bytes(picture * 0.15 + random.normal(0, 4, picture.shape))


def with_noise(picture: Image, _points: Points, random: Random) -> Image:
    return _bytes(picture + random.normal(0, 40, picture.shape))


SPOILT: dict[str, Callable[[Image, Points, Random], Image]] = {
    **{f"blur of {sigma}": blurred(sigma) for sigma in (1.0, 2.0, 3.0, 4.5)},
    **{f"moved by {length}": moved(length) for length in (5, 9, 15)},
    "mask": masked,
    "sunglasses": in_sunglasses,
    "hand": behind_a_hand,
    "dark": in_the_dark,
    "noise": with_noise,
}
# Pixels across that a face is shrunk to.
WIDTHS = (12, 16, 20, 26, 34, 45, 64)


def _bytes(values: NDArray[np.generic]) -> Image:
    return np.asarray(np.clip(values, 0, 255), dtype=np.uint8)
