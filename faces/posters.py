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
SLOPES = np.tan(np.radians((-8, -4, 0, 4, 8)))
# Degrees by which an edge may differ from the side it is counted for.
LIKE_LINE, LIKE_SIDE = 14, 16
NO_EDGE = 255
# Lines tried for each side, and the width in which edges are one line, in pixels.
LINES, LINE_WIDTH = 4, 1.5
# Where along a side one looks for its edge.
STEPS = np.linspace(0.02, 0.98, 32, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Window:
    """The surroundings of a face in grey: where its middle is, how long its longer side, in pixels."""

    grey: Grey
    middle: Numbers
    side: float


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where edges are, and across which direction: (h, w) of whole degrees, or NO_EDGE."""

    across: Grey

    def like(self, angle: int) -> Grey:
        """1 where an edge across `angle` is, or next to one."""
        near = _within(angle, LIKE_SIDE)[self.across]
        return np.asarray(cv2.dilate(near, np.ones((3, 3), np.uint8)))


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
    edges = _edges(window.grey)
    rows, columns = np.nonzero(edges.across != NO_EDGE)
    points = np.stack((columns, rows), axis=1) - window.middle
    across = edges.across[rows, columns]
    best = 0.0
    for turn in TURNS:
        if sides := _sides(window, points, across, turn):
            masks = edges.like(turn + 90), edges.like(turn)
            best = max(
                best, _best_frame(sides, masks, _axes(turn).astype(np.float32), window.middle)
            )
    return best


def _window(image: Grey, box: tuple[float, float, float, float]) -> _Window:
    height, width = image.shape[:2]
    left, top, box_width, box_height = box
    middle = np.asarray(((left + box_width / 2) * width, (top + box_height / 2) * height))
    side = max(box_width * width, box_height * height, 1.0)
    start = np.maximum((middle - REACH * side).astype(int), 0)
    end = np.minimum((middle + REACH * side).astype(int) + 1, (width, height))
    scale = min(FACE_SIDE / side, 3.0)
    part = np.ascontiguousarray(image[start[1] : end[1], start[0] : end[0]])
    shades = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    size = np.maximum(np.rint((end - start) * scale).astype(int), 8)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey = cv2.resize(shades, (int(size[0]), int(size[1])), interpolation=way)
    return _Window(np.asarray(grey), ((middle - start) * scale).astype(np.float32), side * scale)


def _edges(grey: Grey) -> _Edges:
    calm = cv2.GaussianBlur(grey, (0, 0), 0.8)
    right = cv2.Sobel(calm, cv2.CV_16S, 1, 0)
    down = cv2.Sobel(calm, cv2.CV_16S, 0, 1)
    there = cv2.Canny(right, down, 40, 100, L2gradient=True) > 0
    angle = np.degrees(np.arctan2(down[there].astype(np.float32), right[there])) % 180
    across = np.full(grey.shape, NO_EDGE, dtype=np.uint8)
    across[there] = np.minimum(angle, 179)
    return _Edges(across)


@cache
def _within(angle: int, degrees: int) -> Grey:
    """A table: for each direction without an arrow, 0..179, 1 if it is so near to `angle`."""
    apart = np.abs((np.arange(256) + 0.5 - angle + 90) % 180 - 90)
    table = (apart < degrees).astype(np.uint8)
    table[NO_EDGE] = 0
    return np.asarray(table)


def _sides(window: _Window, points: NDArray[np.floating], across: Grey, turn: int) -> list[Numbers]:
    """The lines of the four sides of frames turned by about `turn` degrees: top, bottom, left, right.
    None at all where one side has none. points: of edges, from the middle."""
    seen = points @ _axes(turn).T
    flat = seen[_within(turn + 90, LIKE_LINE)[across] > 0]
    steep = seen[_within(turn, LIKE_LINE)[across] > 0][:, ::-1]
    sides = []
    # The bottom first: it is what somebody's own shoulders hide.
    for edge_points, sign in ((flat, 1), (flat, -1), (steep, -1), (steep, 1)):
        lines = _lines(edge_points, sign, window.side)
        if not lines.size:
            return []
        sides.append(lines)
    return [sides[1], sides[0], *sides[2:]]


def _axes(turn: int) -> NDArray[np.float64]:
    along = np.radians(turn)
    return np.asarray(((np.cos(along), np.sin(along)), (-np.sin(along), np.cos(along))))


def _lines(points: NDArray[np.floating], sign: int, side: float) -> Numbers:
    """The strongest lines on one side of the face: (n, 2) of slope and distance from the middle.

    points: (n, 2) along and across the side. As a Hough transform of few slopes: edges are counted by
    their distance, and a line counts from half of what the face is wide.
    """
    points = points[points[:, 1] * sign > NEAREST * side]
    least = NEAREST * side
    if len(points) < least:
        return np.zeros((0, 2), dtype=np.float32)
    distances = (points[:, 1, None] - points[:, 0, None] * SLOPES) * sign
    bins = np.maximum(distances / LINE_WIDTH, 0).astype(np.int64)
    width = int(bins.max()) + 2
    counts = np.bincount(
        (bins + np.arange(len(SLOPES)) * width).ravel(), minlength=len(SLOPES) * width
    )
    table = counts.reshape(len(SLOPES), width)
    pairs = table[:, :-1] + table[:, 1:]
    # The strongest few of each slope, then all of them by strength.
    strongest = np.argsort(-pairs, axis=1, kind="stable")[:, :LINES]
    found = sorted(
        (
            (int(pairs[at, place]), float(SLOPES[at]), float((place + 1) * LINE_WIDTH * sign))
            for at, places in enumerate(strongest)
            for place in places
            if pairs[at, place] >= least
        ),
        reverse=True,
    )
    kept: list[tuple[float, float]] = []
    for _, slope, distance in found:
        if all(abs(distance - far) > 2.5 or abs(slope - other) > 0.08 for other, far in kept):
            kept.append((slope, distance))
            if len(kept) == LINES:
                break
    return np.asarray(kept, dtype=np.float32).reshape(-1, 2)


def _best_frame(
    sides: list[Numbers], masks: tuple[Grey, Grey], axes: Numbers, middle: Numbers
) -> float:
    """Of all frames of one line a side, the least seen side of the one that is seen best.

    How much of a side is seen depends on its own line and the two it meets, not on the one opposite:
    each side is looked at for its own three. 0 where some side is hopeless whatever the others are.
    """
    top, bottom, left, right = sides
    seen = []
    # The side itself, those it ends at, and the axes of (top, bottom, left, right) it varies along.
    for own, one, other, kind, varies in (
        (bottom, left, right, 0, (1, 2, 3)),
        (top, left, right, 0, (0, 2, 3)),
        (left, top, bottom, 1, (2, 0, 1)),
        (right, top, bottom, 1, (3, 0, 1)),
    ):
        places = np.meshgrid(*(np.arange(len(lines)) for lines in (own, one, other)), indexing="ij")
        line, first, last = (
            lines[place.ravel()] for lines, place in zip((own, one, other), places, strict=True)
        )
        corners = (
            (_meet(line, first), _meet(line, last))
            if kind == 0
            else (_meet(first, line), _meet(last, line))
        )
        part = _seen(*corners, masks[kind], axes, middle).reshape(places[0].shape)
        if part.max() < HOPELESS:
            return 0.0
        order = np.argsort(varies)
        shape = [1, 1, 1, 1]
        for at in varies:
            shape[at] = len(sides[at])
        seen.append(part.transpose(order).reshape(shape))
    every = np.stack(np.broadcast_arrays(*seen), axis=-1)
    least = every.min(axis=-1)
    best = np.argmax(least + 0.3 * every.mean(axis=-1))
    return float(least.ravel()[best])


def _meet(flat: Numbers, steep: Numbers) -> Numbers:
    """Where y = slope x + distance and x = slope y + distance meet: (n, 2) of x and y."""
    x = (steep[:, 1] + steep[:, 0] * flat[:, 1]) / (1 - steep[:, 0] * flat[:, 0])
    return np.stack((x, flat[:, 1] + flat[:, 0] * x), axis=1)


def _seen(start: Numbers, end: Numbers, mask: Grey, axes: Numbers, middle: Numbers) -> Numbers:
    """The part of each side, from (n, 2) to (n, 2), along which the mask has an edge."""
    ways = start[:, None] + (end - start)[:, None] * STEPS[None, :, None]
    pixels = np.rint(ways @ axes + middle).astype(int)
    height, width = mask.shape
    x, y = pixels[..., 0], pixels[..., 1]
    # The border of the picture is no frame.
    inside = (x >= 2) & (y >= 2) & (x < width - 2) & (y < height - 2)
    hits = mask[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] * inside
    return np.asarray(hits.mean(axis=1), dtype=np.float32)
