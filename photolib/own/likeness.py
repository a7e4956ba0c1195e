"""Whether one of the marked things is in a picture, and where: only a question comes of it.

Two kinds of evidence: what is seen in a window (windows.py), and points that lie as in the marked piece
(points.py), looked for only in the window that looks most alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from photolib.describe.boxes import Box
from photolib.own.no_faces import touches_a_face
from photolib.own.points import Points, agreeing, points_of
from photolib.own.windows import Numbers, windows_of

# Asked about from this likeness on; or from a smaller one, where so many points agree. Chosen by
# cross-validation: `manage.py evaluate_marks` (docs/things.md).
LIKE_FROM = 0.74
LIKE_WITH_POINTS_FROM = 0.40
POINTS_FROM = 6
# Windows of one thing whose points are looked for in one picture, and examples they are compared with.
MOST_LOOKED_INTO = 2
MOST_POINTS_OF = 3
# The same of all things together: what a new photo may cost.
MOST_PIECES = 4
# Windows are tried from the most alike on; further down nothing is.
_FAR = 200
# The same refused thing, a little aside, is as much like the examples again.
_CLEARLY = 0.02
# Around a window, as a part of it on each side: windows are coarse.
_MARGIN = 0.3
# Windows that share so much are one place.
_SAME_PLACE = 0.3

Cut = Callable[[Box], Image.Image]


@dataclass(frozen=True, slots=True)
class Known:
    """One thing's examples. looks: (n, 136) of the marked pieces; points: of the same, None where there
    is no room to keep them. denied: (m, 136) of pieces that were said not to be it."""

    looks: Numbers
    points: Sequence[Points | None]
    denied: Numbers

    @property
    def like_from(self) -> float:
        """From which likeness alone is enough: more than anything had that was said not to be it."""
        if not len(self.denied):
            return LIKE_FROM
        return max(LIKE_FROM, float((self.denied @ self.looks.T).max()) + _CLEARLY)


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a thing may be. likeness: cosine with the nearest example, at most 1; no probability.
    points: how many lie as in an example. like_from: from which likeness alone is enough."""

    box: Box
    likeness: float
    points: int
    like_from: float = LIKE_FROM

    @property
    def is_worth_asking(self) -> bool:
        if self.likeness >= self.like_from:
            return True
        return self.likeness >= LIKE_WITH_POINTS_FROM and self.points >= POINTS_FROM


def sights_of(
    things: Sequence[Known],
    places: Numbers,
    faces: Sequence[Box],
    cut: Cut,
    *,
    most_pieces: int = MOST_PIECES,
) -> list[Sight | None]:
    """For each thing the place in the picture that is most like it, None where nothing is at all.

    places: EfficientNet.places of the picture. faces: boxes that no window may touch. cut: gives a piece
    of the picture, without its faces.
    """
    looks, boxes = windows_of(places)
    free = np.array([not touches_a_face(box, faces) for box in boxes], dtype=bool)
    if not free.any():
        return [None] * len(things)
    looks = looks[free]
    boxes = [box for box, is_free in zip(boxes, free, strict=True) if is_free]
    windows = [_windows(thing, looks, boxes) for thing in things]
    pieces = _Pieces(cut, most_pieces)
    # What is most alike is looked into first, whichever thing it is: there is an end to it.
    turns = sorted((one for found in windows for one in found), key=lambda one: -one.likeness)
    points = {id(one): _points(one, pieces) for one in turns}
    return [
        max(
            (Sight(one.box, one.likeness, points[id(one)], thing.like_from) for one in found),
            key=_worth,
            default=None,
        )
        for thing, found in zip(things, windows, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Window:
    """A place that looks like a thing. nearest: the points of the examples it is most like."""

    box: Box
    likeness: float
    nearest: tuple[Points, ...]


class _Pieces:
    """The points of the pieces that were looked into, each once; when there were enough, no more."""

    def __init__(self, cut: Cut, most: int) -> None:
        self._cut = cut
        self._most = most
        self._seen: dict[Box, Points] = {}

    def points(self, box: Box) -> Points | None:
        if box not in self._seen:
            if len(self._seen) >= self._most:
                return None
            self._seen[box] = points_of(self._cut(_with_margin(box)))
        return self._seen[box]


def _windows(thing: Known, looks: Numbers, boxes: Sequence[Box]) -> list[_Window]:
    """The windows that look most like the thing, apart from each other."""
    likeness = looks @ thing.looks.T
    best = likeness.max(axis=1)
    if len(thing.denied):
        # What is nearer to a no than to any yes is not it.
        best = np.where((looks @ thing.denied.T).max(axis=1) >= best, -1.0, best)
    found: list[_Window] = []
    for at in np.argsort(-best, kind="stable")[:_FAR]:
        if best[at] < 0 or len(found) >= MOST_LOOKED_INTO:
            break
        if any(boxes[at].overlap(one.box) >= _SAME_PLACE for one in found):
            continue
        order = np.argsort(-likeness[at], kind="stable")[:MOST_POINTS_OF]
        nearest = tuple(known for one in order if (known := thing.points[one]) is not None)
        found.append(_Window(boxes[at], float(best[at]), nearest))
    return found


def _worth(sight: Sight) -> tuple[bool, bool, float]:
    enough = sight.points >= POINTS_FROM and sight.likeness >= LIKE_WITH_POINTS_FROM
    return sight.is_worth_asking, enough, sight.likeness


def _points(window: _Window, pieces: _Pieces) -> int:
    """The most points that agree with one of the nearest examples; 0 where it is not like enough."""
    if window.likeness < LIKE_WITH_POINTS_FROM or not window.nearest:
        return 0
    seen = pieces.points(window.box)
    return 0 if seen is None else max(agreeing(known, seen) for known in window.nearest)


def _with_margin(box: Box) -> Box:
    left, top = box.left - _MARGIN * box.width, box.top - _MARGIN * box.height
    right = min(box.left + (1 + _MARGIN) * box.width, 1.0)
    low = min(box.top + (1 + _MARGIN) * box.height, 1.0)
    return Box(max(left, 0.0), max(top, 0.0), right - max(left, 0.0), low - max(top, 0.0))
