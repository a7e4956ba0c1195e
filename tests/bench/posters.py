"""Pictures with a print or a screen in them, and people before a frame. Drawn by us, seeded."""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Numbers = NDArray[np.float32]
Random = np.random.Generator
STYLES = ("bare", "paper", "screen", "frame", "mat")
FRAMES = np.asarray(
    ((60, 40, 25), (20, 20, 20), (150, 110, 50), (190, 150, 110), (120, 120, 125), (230, 228, 222))
)
# The long side of a print before it is put into a scene.
SIDE = 400


def printed(picture: Image, style: str, random: Random) -> Numbers:
    """A part of the picture as a print, faded or glaring, with the border of its style."""
    height, width = picture.shape[:2]
    shape = random.choice((0.66, 0.75, 0.8, 1.0, 1.25, 1.5))
    down = height * random.uniform(0.75, 1.0)
    across = min(down * shape, width)
    down = min(down, across / shape)
    top, left = ((size - part) * random.uniform(0.35, 0.65) for size, part in
                 ((height, down), (width, across)))  # fmt: skip
    part = picture[int(top) : int(top + down), int(left) : int(left + across)]
    scale = SIDE / max(part.shape[:2])
    pixels = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    pixels = pixels.astype(np.float32)
    mean = pixels.mean()
    pixels = (pixels - mean) * random.uniform(0.65, 1.05) + mean * random.uniform(0.8, 1.15)
    if random.random() < 0.2:
        pixels = np.repeat(pixels.mean(axis=2, keepdims=True), 3, axis=2)
    pixels = _bordered(np.asarray(pixels, dtype=np.float32), style, random)
    if random.random() < 0.5:
        pixels += np.linspace(0, random.uniform(0, 40), pixels.shape[1])[None, :, None]
    return np.asarray(np.clip(pixels, 0, 255), dtype=np.float32)


def _bordered(pixels: Numbers, style: str, random: Random) -> Numbers:
    if style == "paper":
        return _border(pixels, random.uniform(0.02, 0.08), random.uniform(200, 250))
    if style == "screen":
        rows, columns = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
        wave = random.uniform(0.15, 0.6) * (columns + random.uniform(-0.3, 0.3) * rows)
        pixels = pixels * (1 + 0.06 * np.sin(wave))[..., None]
        return _border(pixels, random.uniform(0.02, 0.07), random.uniform(5, 50))
    if style == "mat":
        pixels = _border(pixels, random.uniform(0.05, 0.15), random.uniform(190, 245))
    if style in ("frame", "mat"):
        colour = FRAMES[random.integers(len(FRAMES))] * random.uniform(0.8, 1.1)
        return _border(pixels, random.uniform(0.03, 0.09), colour)
    return pixels


def _border(pixels: Numbers, part: float, colour: object) -> Numbers:
    wide = int(part * SIDE)
    height, width = pixels.shape[:2]
    framed = np.empty((height + 2 * wide, width + 2 * wide, 3), dtype=np.float32)
    framed[:] = np.asarray(colour)
    framed[wide : wide + height, wide : wide + width] = pixels
    return framed


def hung(scene: Image, print_: Numbers, random: Random) -> tuple[Image, Numbers]:
    """The scene with the print in it, turned, seen from aside, with a shadow; and where it is, 0..1.

    The whole print is in the scene; it takes a quarter to three quarters of the short side.
    """
    height, width = scene.shape[:2]
    tall, wide = print_.shape[:2]
    size = random.uniform(0.25, 0.75) * min(height, width)
    corners = np.asarray(((-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)))
    corners = corners * size / max(wide, tall) / 2 * (1 + random.uniform(-0.1, 0.1, (4, 2)))
    angle = np.radians(random.normal(0, 10))
    turn = ((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle)))
    corners = corners @ np.asarray(turn)
    low, high = -corners.min(axis=0), (width, height) - corners.max(axis=0)
    corners += low + (high - low) * random.uniform(0.03, 0.97, 2)
    flat = np.asarray(((0, 0), (wide, 0), (wide, tall), (0, tall)), dtype=np.float32)
    way = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    layer = cv2.warpPerspective(print_, way, (width, height), flags=cv2.INTER_AREA)
    there = cv2.warpPerspective(np.ones((tall, wide), np.float32), way, (width, height))
    soft = random.uniform(0.3, 1.1)
    layer = cv2.GaussianBlur(layer, (0, 0), soft)
    there = cv2.GaussianBlur(there, (0, 0), soft)
    shadow = cv2.GaussianBlur(there, (0, 0), max(2.0, size * 0.015)) * random.uniform(0, 0.4)
    shadow = np.roll(shadow, (3, 3), (0, 1)) * (1 - there)
    mixed = scene * (1 - shadow[..., None]) * (1 - there[..., None]) + layer * there[..., None]
    return _finished(mixed, random), np.asarray(there, dtype=np.float32)


def before_a_frame(picture: Image, box: tuple[float, float, float, float], random: Random) -> Image:
    """A frame, a window or a door drawn behind the person whose face is at `box` (fractions)."""
    height, width = picture.shape[:2]
    left, top, wide, tall = np.asarray(box) * (width, height, width, height)
    side = max(wide, tall)
    x, y = left + wide / 2, top + tall / 2
    person = np.zeros((height, width), dtype=np.uint8)
    cv2.ellipse(person, ((x, y - 0.08 * side), (wide * 1.5, tall * 1.55), 0), 255, -1)
    down = (0.35 * wide, 0.3 * tall), (side, 1.1 * side), (1.4 * side, height)
    right = [(x + aside, y + below) for aside, below in down]
    outline = right + [(2 * x - across, below) for across, below in reversed(right)]
    cv2.fillConvexPoly(person, np.asarray(outline).astype(int), 255)
    near = cv2.GaussianBlur(person, (0, 0), 1.5).astype(np.float32)[..., None] / 255
    reach = side * random.uniform(0.8, 2.4, 4)
    frame = np.asarray(
        (
            (x - reach[0], y - reach[1]),
            (x + reach[2], y - reach[1]),
            (x + reach[2], y + reach[3]),
            (x - reach[0], y + reach[3]),
        )
    )
    corners = (frame + random.uniform(-0.08, 0.08, (4, 2)) * side).astype(int)
    layer = picture.astype(np.float32)
    thick = max(1, int(side * random.uniform(0.02, 0.2)))
    cv2.polylines(layer, [corners], True, random.uniform(0, 255, 3).tolist(), thick, cv2.LINE_AA)
    return _finished(picture * near + layer * (1 - near), random)


def _finished(pixels: NDArray[np.floating], random: Random) -> Image:
    """With some noise, and saved as JPEG."""
    noisy = pixels + random.normal(0, random.uniform(0, 4), pixels.shape)
    whole = np.clip(noisy, 0, 255).astype(np.uint8)
    _, file = cv2.imencode(".jpg", whole, (cv2.IMWRITE_JPEG_QUALITY, int(random.integers(60, 96))))
    return np.asarray(cv2.imdecode(file, cv2.IMREAD_COLOR), dtype=np.uint8)
