"""Points of a picture that are known again when it is turned, tilted, or larger: SIFT, through OpenCV.

Strong for what is flat and printed, a crest or a logo, from one example. Only this file of the app knows
OpenCV.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# The long side at which a piece of a picture is looked at: its points are found in some 10 ms.
SIDE = 200
NUMBERS = 128
# A flat logo has little contrast where a photo has much: half of the usual bar.
_CONTRAST = 0.02
# Lowe's ratio: how much nearer the best fellow of a point is than the second best.
_RATIO = 0.8
# How far a point may lie from where the others put it, in pixels of the side above.
_NEAR = 5.0
# What turns one view of a flat thing into another: not smaller, larger or flatter than this.
_SMALLEST, _LARGEST, _FLATTEST = 0.1, 5.0, 3.0
MOST_POINTS = 150


@dataclass(frozen=True, slots=True)
class Points:
    """places: (n, 2) float32, pixels of the piece as it was looked at. numbers: (n, 128) uint8."""

    places: NDArray[np.float32]
    numbers: NDArray[np.uint8]


def points_of(piece: Image.Image) -> Points:
    """The points of a piece of a picture, the strongest first, MOST_POINTS at most.

    Source: Lowe 2004 (SIFT).
    """
    # Not above: a web process that lists things need not open the native library.
    import cv2

    scale = SIDE / max(piece.size)
    size = max(8, round(piece.width * scale)), max(8, round(piece.height * scale))
    grey = np.asarray(piece.convert("L").resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0))
    cv2.setNumThreads(1)
    sift = cv2.SIFT.create(nfeatures=MOST_POINTS, contrastThreshold=_CONTRAST)
    keys, numbers = sift.detectAndCompute(grey, None)
    if numbers is None or not len(keys):
        return Points(np.zeros((0, 2), np.float32), np.zeros((0, NUMBERS), np.uint8))
    places = np.array([key.pt for key in keys], dtype=np.float32)
    return Points(places[:MOST_POINTS], numbers[:MOST_POINTS].astype(np.uint8))


def agreeing(example: Points, seen: Points) -> int:
    """How many points of the example lie in the other piece as one flat thing would.

    Fellows by the ratio of distances, each used once; then an affine turn by RANSAC. Points on one
    spot count once. 0 where fewer than four agree, or the turn is none that a camera makes.
    """
    import cv2

    if min(len(example.places), len(seen.places)) < 4:
        return 0
    here, there = _fellows(example.numbers, seen.numbers)
    if len(here) < 4:
        return 0
    old, new = example.places[here], seen.places[there]
    # The same two pictures give the same answer.
    cv2.setRNGSeed(1)
    turn, inside = cv2.estimateAffine2D(
        old, new, method=cv2.RANSAC, ransacReprojThreshold=_NEAR, maxIters=500
    )
    if turn is None or not _is_a_view(turn[:, :2]):
        return 0
    kept = inside.ravel() > 0
    return min(_spots(old[kept]), _spots(new[kept]))


def _fellows(
    example: NDArray[np.uint8], seen: NDArray[np.uint8]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs of points that are each other's, as two rows of their numbers."""
    likeness = _rooted(example) @ _rooted(seen).T
    order = np.argsort(-likeness, axis=1)[:, :2]
    best = np.take_along_axis(likeness, order, axis=1)
    first, second = np.sqrt(np.maximum(2 - 2 * best, 0)).T
    clear = np.flatnonzero(first < _RATIO * second)
    # Of several that claim one point, the nearest.
    clear = clear[np.argsort(first[clear], kind="stable")]
    _targets, at = np.unique(order[clear, 0], return_index=True)
    chosen = clear[at]
    return chosen, order[chosen, 0]


def _rooted(numbers: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Of length 1 as Hellinger's distance wants them. Source: Arandjelović and Zisserman 2012."""
    plain = numbers.astype(np.float32)
    rooted: NDArray[np.float32] = np.sqrt(plain / np.maximum(plain.sum(1, keepdims=True), 1))
    return rooted


def _is_a_view(turn: NDArray[np.number]) -> bool:
    large, small = np.linalg.svd(turn)[1]
    mirrored = np.linalg.det(turn) < 0
    return bool(
        not mirrored and small >= _SMALLEST and large <= _LARGEST and large <= _FLATTEST * small
    )


def _spots(places: NDArray[np.float32]) -> int:
    return len(np.unique(np.round(places / 4), axis=0))
