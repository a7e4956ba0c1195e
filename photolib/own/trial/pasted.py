"""A print put into a photo as a camera would see it: turned, tilted, lit, blurred, half hidden, saved."""

import io
import math

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from photolib.describe.boxes import Box

Point = tuple[float, float]


def paste(
    photo: Image.Image,
    mark: Image.Image,
    chance: np.random.Generator,
    *,
    small: float,
    large: float,
    hard: float = 1.0,
) -> tuple[Image.Image, Box]:
    """The photo with the mark in it, and where.

    small, large: how long the mark is, as a part of the photo's longer side. hard: how much it is turned
    and blurred, 1 for all of it. The photo given is not changed.
    """
    corners = _corners(photo.size, mark.size, chance, small=small, large=large, hard=hard)
    lit = ImageEnhance.Brightness(mark).enhance(0.55 + 0.6 * chance.random())
    lit = ImageEnhance.Contrast(lit).enhance(0.7 + 0.4 * chance.random())
    laid = _laid(lit, corners, photo.size)
    shade = np.linspace(1 - 0.3 * chance.random(), 1 + 0.2 * chance.random(), photo.width)
    shaded = np.clip(np.asarray(laid) * shade[None, :, None], 0, 255).astype(np.uint8)
    soft = Image.fromarray(shaded).filter(ImageFilter.GaussianBlur(1.2 * hard * chance.random()))
    seen = photo.copy()
    seen.paste(soft, (0, 0), _laid(Image.new("L", mark.size, 255), corners, photo.size))
    xs, ys = zip(*corners, strict=True)
    if chance.random() < 0.3:
        _put_before(seen, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys), chance)
    box = Box(
        min(xs) / photo.width,
        min(ys) / photo.height,
        (max(xs) - min(xs)) / photo.width,
        (max(ys) - min(ys)) / photo.height,
    )
    return _saved(seen, chance), box


def _corners(
    room: tuple[int, int],
    mark: tuple[int, int],
    chance: np.random.Generator,
    *,
    small: float,
    large: float,
    hard: float,
) -> list[Point]:
    """Where the mark's four corners come to lie in the photo, from its upper left one on."""
    scale = max(room) * (small + (large - small) * chance.random()) / max(mark)
    turn = math.radians(12 * hard * chance.normal())
    flat = 1 - 0.45 * hard * chance.random()
    flat_x, flat_y = (flat, 1.0) if chance.random() < 0.5 else (1.0, flat)
    corners = []
    for right, low in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x = right * scale * mark[0] / 2 * (1 + 0.2 * hard * (chance.random() - 0.5)) * flat_x
        y = low * scale * mark[1] / 2 * (1 + 0.2 * hard * (chance.random() - 0.5)) * flat_y
        corners.append(
            (x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn))
        )
    xs, ys = zip(*corners, strict=True)
    across = chance.random() * max(room[0] - (max(xs) - min(xs)), 1) - min(xs)
    down = chance.random() * max(room[1] - (max(ys) - min(ys)), 1) - min(ys)
    return [(x + across, y + down) for x, y in corners]


def _laid(mark: Image.Image, corners: list[Point], room: tuple[int, int]) -> Image.Image:
    """The mark drawn so that its corners lie there; twice as large first, for smooth edges."""
    width, height = mark.size
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    rows, sides = [], []
    for (x, y), (u, v) in zip([(2 * x, 2 * y) for x, y in corners], flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        sides += [u, v]
    turn = np.linalg.solve(np.array(rows, float), np.array(sides, float))
    large = mark.transform(
        (2 * room[0], 2 * room[1]),
        Image.Transform.PERSPECTIVE,
        tuple(turn),
        Image.Resampling.BICUBIC,
    )
    return large.resize(room, Image.Resampling.BOX)


def _put_before(
    photo: Image.Image,
    left: float,
    top: float,
    width: float,
    height: float,
    chance: np.random.Generator,
) -> None:
    """A post of some colour in front of a part of it."""
    broad = width * (0.1 + 0.15 * chance.random())
    x = left + chance.random() * (width - broad)
    red, green, blue = (int(value) for value in chance.integers(0, 256, 3))
    ImageDraw.Draw(photo).rectangle(
        (x, top - 5, x + broad, top + height + 5), fill=(red, green, blue)
    )


def _saved(photo: Image.Image, chance: np.random.Generator) -> Image.Image:
    """With a camera's noise, as a JPEG of some quality."""
    noise = chance.normal(size=(photo.height, photo.width, 1)) * 4 * chance.random()
    noisy = Image.fromarray(np.clip(np.asarray(photo) + noise, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    noisy.save(out, "JPEG", quality=int(chance.integers(55, 92)))
    return Image.open(out).convert("RGB")
