"""Whether a face may be on a poster, a print or a screen: a picture of a person, not a person.

The sign is a frame: four straight edges that close around the face. Of a window, a door or a picture
on the wall behind somebody, that person's own shoulders hide a part, so the side that is seen least
decides. Edges alone, no model: it needs nobody's consent and identifies nobody.
"""

from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from faces.engine import DetectedFace

# From this part of its least seen side on, a frame is taken for one (docs/models.md, "Posters").
FRAMED_FROM = 0.6
# A side of which less is seen, whatever it ends at, makes no frame that anybody would ask about.
HOPELESS = 0.4

Grey = NDArray[np.uint8]
Numbers = NDArray[np.float32]

# The face's longer side in the small picture that is looked at, and how far around the face's middle
# that reaches, in such sides. Frames much larger than the face are left to the finder of things.
FACE_SIDE, REACH = 48.0, 3.6
# Nearer to the middle than this lie the edges of the face itself.
NEAREST = 0.55
# Degrees: how far frames are turned, by tens, and how far their sides lie off the right angle.
TURNS = range(-40, 50, 10)
SLOPES = np.tan(np.radians((-8, -4, 0, 4, 8))).astype(np.float32)
# Degrees by which an edge may differ from the side it is counted for.
LIKE_LINE, LIKE_SIDE = 14, 16
NO_EDGE = 255
# Lines tried for each side, and the width in which edges are one line, in pixels.
LINES, LINE_WIDTH = 4, 1.5
# Where along a side one looks for its edge.
STEPS = np.linspace(0.02, 0.98, 32, dtype=np.float32)
# So many pixels along the border of the picture are no frame.
BORDER = 2


@dataclass(frozen=True, slots=True)
class _Window:
    """The surroundings of a face in grey: where its middle is, how long its longer side, in pixels."""

    grey: Grey
    middle: Numbers
    side: float


@dataclass(frozen=True, slots=True)
class _Edges:
    """The edges around a face, and across which direction each is.

    across: (h, w) of whole degrees, or NO_EDGE. points: (2, n) of x and y from the middle of the face,
    those without the face's own edges, in the order of their direction and twice over, so that any span
    of directions is one slice. starts: where in them each direction from 0 to 360 begins.
    """

    across: Grey
    points: Numbers
    starts: NDArray[np.intp]

    def mask(self, angle: int) -> Grey:
        """1 where an edge across `angle` is, or next to one; 0 along the border of the picture."""
        near = cv2.dilate(cv2.LUT(self.across, _within(angle)), np.ones((3, 3), np.uint8))
        near[:BORDER] = near[-BORDER:] = 0
        near[:, :BORDER] = near[:, -BORDER:] = 0
        return np.asarray(near)

    def points_across(self, angle: int) -> Numbers:
        """The points of edges across `angle`, give or take LIKE_LINE: (2, n)."""
        first = (angle - LIKE_LINE) % 180
        return self.points[:, self.starts[first] : self.starts[first + 2 * LIKE_LINE]]


def mark_pictures(image: Grey, faces: list[DetectedFace]) -> list[DetectedFace]:
    """The faces, with those marked that may be pictures of people. image: (h, w, 3) RGB, upright."""
    # One thread a worker, as everywhere.
    cv2.setNumThreads(1)
    return [
        replace(face, on_picture=face.on_picture or framed(image, face.box()) >= FRAMED_FROM)
        for face in faces
    ]


def framed(image: Grey, box: tuple[float, float, float, float]) -> float:
    """How completely a frame closes around a face: the seen part of its least seen side, 0..1.

    image: (h, w, 3) RGB, upright. box: left, top, width, height in fractions.
    """
    window = _window(image, box)
    edges = _edges(window)
    best = 0.0
    for turn in TURNS:
        if sides := _sides(edges, window.side, turn):
            best = max(best, _best_frame(sides, edges, turn, window.middle, best))
    return best


def _window(image: Grey, box: tuple[float, float, float, float]) -> _Window:
    height, width = image.shape[:2]
    left, top, box_width, box_height = box
    middle = np.asarray(((left + box_width / 2) * width, (top + box_height / 2) * height))
    side = max(box_width * width, box_height * height, 1.0)
    start = np.maximum((middle - REACH * side).astype(int), 0)
    end = np.minimum((middle + REACH * side).astype(int) + 1, (width, height))
    scale = min(FACE_SIDE / side, 3.0)
    shades = cv2.cvtColor(image[start[1] : end[1], start[0] : end[0]], cv2.COLOR_RGB2GRAY)
    size = np.maximum(np.rint((end - start) * scale).astype(int), 8)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey = cv2.resize(shades, (int(size[0]), int(size[1])), interpolation=way)
    return _Window(np.asarray(grey), ((middle - start) * scale).astype(np.float32), side * scale)


def _edges(window: _Window) -> _Edges:
    calm = cv2.GaussianBlur(window.grey, (0, 0), 0.8)
    right = cv2.Sobel(calm, cv2.CV_16S, 1, 0)
    down = cv2.Sobel(calm, cv2.CV_16S, 0, 1)
    rows, columns = np.nonzero(cv2.Canny(right, down, 40, 100, L2gradient=True))
    angle = np.degrees(np.arctan2(down[rows, columns].astype(np.float32), right[rows, columns]))
    directions = np.minimum(angle % 180, 179).astype(np.uint8)
    across = np.full(window.grey.shape, NO_EDGE, dtype=np.uint8)
    across[rows, columns] = directions
    points = np.stack((columns, rows)).astype(np.float32) - window.middle[:, None]
    outside = (points * points).sum(axis=0) > (NEAREST * window.side) ** 2
    order = np.argsort(directions[outside], kind="stable")
    counts = np.bincount(directions[outside], minlength=180)
    ordered = points[:, outside][:, order]
    return _Edges(
        across,
        np.concatenate((ordered, ordered), axis=1),
        np.concatenate(([0], np.cumsum(np.tile(counts, 2)))),
    )


@cache
def _within(angle: int) -> Grey:
    """A table: for each direction without an arrow, 0..179, 1 if it is within LIKE_SIDE of `angle`."""
    apart = np.abs((np.arange(256) + 0.5 - angle + 90) % 180 - 90)
    table = (apart < LIKE_SIDE).astype(np.uint8)
    table[NO_EDGE] = 0
    return np.asarray(table)


def _sides(edges: _Edges, side: float, turn: int) -> list[Numbers]:
    """The lines of the four sides of frames turned by about `turn` degrees: top, bottom, left, right.
    None at all where one side has none. side: of the face, in pixels."""
    sides: list[Numbers] = []
    along, down = _axes(turn)
    for across, (forth, away) in ((turn + 90, (along, down)), (turn, (down, along))):
        points = edges.points_across(across)
        # Each of two sides wants an edge of half of what the face is wide.
        if points.shape[1] < 2 * NEAREST * side:
            return []
        two = _lines(forth @ points, away @ points, side)
        if not all(lines.size for lines in two):
            return []
        sides.extend(two)
    return sides


@cache
def _axes(turn: int) -> Numbers:
    along = np.radians(turn)
    rows = (np.cos(along), np.sin(along)), (-np.sin(along), np.cos(along))
    return np.asarray(rows, dtype=np.float32)


def _lines(along: Numbers, away: Numbers, side: float) -> tuple[Numbers, Numbers]:
    """The strongest lines before and behind the face: (n, 2) each, of slope and distance from the middle.

    along, away: (n,) where edges lie along the two sides and across them. As a Hough transform of few
    slopes: edges are counted by their distance, and a line counts from half of what the face is wide.
    """
    least = NEAREST * side
    outside = np.abs(away) > least
    along, away = along[outside], away[outside]
    sides = np.sign(away)
    # abs(away) - slope * along on that side, of all slopes at once.
    distances = np.outer(SLOPES / -LINE_WIDTH, along * sides)
    distances += away * sides / LINE_WIDTH
    bins = distances.astype(np.intp)
    np.maximum(bins, 0, out=bins)
    width = int(bins.max(initial=0)) + 2
    bins += np.arange(len(SLOPES))[:, None] * width
    bins += (sides > 0) * (len(SLOPES) * width)
    counts = np.bincount(bins.ravel(), minlength=2 * len(SLOPES) * width)
    table = counts.reshape(2, len(SLOPES), width)
    pairs = table[..., :-1] + table[..., 1:]
    # The strongest few of each slope, of equals the nearest.
    places = np.argsort(-pairs, axis=2, kind="stable")[..., :LINES]
    strength = np.take_along_axis(pairs, places, axis=2)
    before, after = (
        _unlike(strength[at].tolist(), places[at].tolist(), sign, least)
        for at, sign in enumerate((-1, 1))
    )
    return before, after


def _unlike(strength: list[list[int]], places: list[list[int]], sign: int, least: float) -> Numbers:
    """The LINES strongest of the counted lines on one side, no two alike: (n, 2). Both by slopes."""
    found = sorted(
        (
            (count, slope, (place + 1) * LINE_WIDTH * sign)
            for slope, counts, bins in zip(SLOPES.tolist(), strength, places, strict=True)
            for count, place in zip(counts, bins, strict=True)
            if count >= least
        ),
        reverse=True,
    )
    kept: list[tuple[float, float]] = []
    for _, slope, distance in found:
        for other, far in kept:
            if abs(distance - far) <= 2.5 and abs(slope - other) <= 0.08:
                break
        else:
            kept.append((slope, distance))
            if len(kept) == LINES:
                break
    return np.asarray(kept, dtype=np.float32).reshape(-1, 2)


def _best_frame(
    sides: list[Numbers], edges: _Edges, turn: int, middle: Numbers, floor: float
) -> float:
    """Of all frames of one line a side, the least seen side of the one that is seen best.

    How much of a side is seen depends on its own line and the two it meets, not on the one opposite:
    each side is looked at for its own three. 0 where some side is hopeless whatever the others are, or
    cannot be seen better than `floor`, which another turn reached.
    """
    top, bottom, left, right = sides
    axes = _axes(turn)
    masks: dict[int, Grey] = {}
    seen = []
    # The side itself, those it ends at, and the axes of (top, bottom, left, right) it varies along. The
    # bottom first: it is what somebody's own shoulders hide.
    for own, one, other, across, varies in (
        (bottom, left, right, turn + 90, (1, 2, 3)),
        (top, left, right, turn + 90, (0, 2, 3)),
        (left, top, bottom, turn, (2, 0, 1)),
        (right, top, bottom, turn, (3, 0, 1)),
    ):
        places = _choices(len(own), len(one), len(other))
        line, first, last = own[places[0]], one[places[1]], other[places[2]]
        corners = (
            (_meet(line, first), _meet(line, last))
            if across != turn
            else (_meet(first, line), _meet(last, line))
        )
        if across not in masks:
            masks[across] = edges.mask(across)
        start, end = (corner @ axes + middle for corner in corners)
        part = _seen(start, end, masks[across])
        if part.max() < HOPELESS or part.max() <= floor:
            return 0.0
        shape = [1, 1, 1, 1]
        for at in varies:
            shape[at] = len(sides[at])
        part = part.reshape(len(own), len(one), len(other))
        seen.append(part.transpose(np.argsort(varies)).reshape(shape))
    every = np.stack(np.broadcast_arrays(*seen), axis=-1)
    least = every.min(axis=-1)
    best = np.argmax(least + 0.3 * every.mean(axis=-1))
    return float(least.ravel()[best])


@cache
def _choices(*counts: int) -> NDArray[np.intp]:
    """Every choice of one from each: (sides, choices) of places, the last varying first."""
    return np.indices(counts).reshape(len(counts), -1)


def _meet(flat: Numbers, steep: Numbers) -> Numbers:
    """Where y = slope x + distance and x = slope y + distance meet: (n, 2) of x and y."""
    x = (steep[:, 1] + steep[:, 0] * flat[:, 1]) / (1 - steep[:, 0] * flat[:, 0])
    return np.stack((x, flat[:, 1] + flat[:, 0] * x), axis=1)


def _seen(start: Numbers, end: Numbers, mask: Grey) -> Numbers:
    """The part of each side, from (n, 2) to (n, 2) of pixels, along which the mask has an edge."""
    height, width = mask.shape
    ways = start[:, :, None] + (end - start)[:, :, None] * STEPS
    pixels = np.rint(ways).astype(np.int32)
    # What lies outside falls on the border, where the mask has nothing.
    x, y = np.clip(pixels[:, 0], 0, width - 1), np.clip(pixels[:, 1], 0, height - 1)
    return np.asarray(mask.ravel()[y * width + x].mean(axis=1), dtype=np.float32)
