"""Logos and prints for the trial of marks, drawn here: no brand's, and the same for the same number."""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]

_WORDS = (
    "Albatros", "Borealis", "Corvus", "Dorado", "Edelweiss", "Fjordline", "Galatea", "Harrier",
    "Inverness", "Juniper", "Kestrel", "Lagoon", "Meridian", "Nordlys", "Orchard", "Pelican", "Quayside",
    "Rosella", "Saltmarsh", "Tidewater", "Umbra", "Vesper", "Willow", "Yarrow", "Zephyr", "Anchor",
    "Bramble", "Cobalt", "Dunlin", "Ember",
)  # fmt: skip
_SIDE = 320
# Brands are drawn to be read: so much lighter or darker, of 255, is what stands on something.
_CONTRAST = 90.0


def logo(number: int) -> Image.Image:
    """A badge with a motif, a word, perhaps a year; as wide as high or up to 2.4 times."""
    chance = np.random.default_rng(number)
    ground, ink, third = _colours(chance)
    wide = float(chance.choice([1.0, 1.0, 1.6, 2.4]))
    picture = Image.new("RGB", (_SIDE, int(_SIDE / wide)), ground)
    draw, high = ImageDraw.Draw(picture), picture.height
    _badge(draw, high, ink, int(chance.integers(5)))
    _motif(draw, high, third, chance)
    word = str(chance.choice(_WORDS))
    if wide > 1:
        _write(draw, word, (high, high * 0.5), high * 0.28, ink, "lm")
        if wide > 2:
            year = f"est. {chance.integers(1850, 2000)}"
            _write(draw, year, (high, high * 0.75), high * 0.14, ink, "lm")
    else:
        _write(draw, word, (picture.width / 2, high * 0.9), high * 0.13, ink, "mm")
    return picture


def _colours(chance: np.random.Generator) -> tuple[Colour, Colour, Colour]:
    def any_colour() -> Colour:
        red, green, blue = (int(value) for value in chance.integers(0, 256, 3))
        return red, green, blue

    ground, ink, third = any_colour(), any_colour(), any_colour()
    while abs(_light(ink) - _light(ground)) < _CONTRAST:
        ground, ink = any_colour(), any_colour()
    while abs(_light(ink) - _light(third)) < _CONTRAST * 0.75:
        third = any_colour()
    return ground, ink, third


def _light(colour: Colour) -> float:
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]


def _badge(draw: ImageDraw.ImageDraw, high: int, ink: Colour, kind: int) -> None:
    edge, far = high * 0.08, high * 0.82
    if kind == 0:
        draw.ellipse((edge, edge, far, far), fill=ink)
    elif kind == 1:
        shield = [
            (edge, edge),
            (far, edge),
            (far, high * 0.55),
            (high * 0.45, far),
            (edge, high * 0.55),
        ]
        draw.polygon(shield, fill=ink)
    elif kind == 2:
        draw.rectangle((edge, edge, far, far), outline=ink, width=max(3, int(high * 0.06)))
    elif kind == 3:
        draw.polygon([(high * 0.45, edge), (far, far), (edge, far)], fill=ink)
    else:
        step = (far - edge) / 5
        for number in range(5):
            left = edge + number * step
            draw.rectangle((left, edge, left + step / 2, far), fill=ink)


def _motif(
    draw: ImageDraw.ImageDraw, high: int, colour: Colour, chance: np.random.Generator
) -> None:
    across, down, reach = high * 0.45, high * 0.45, high * 0.22
    line = max(3, int(high * 0.06))
    kind = int(chance.integers(4))
    if kind == 0:
        draw.polygon(_star(across, down, reach, int(chance.integers(5, 9))), fill=colour)
    elif kind == 1:
        for number in range(3):
            top = high * (0.25 + 0.12 * number)
            box = (across - reach, top, across + reach, top + high * 0.25)
            draw.arc(box, 190, 350, fill=colour, width=line)
    elif kind == 2:
        draw.line((across - reach, down, across + reach, down), fill=colour, width=line)
        draw.line((across, down - reach, across, down + reach), fill=colour, width=line)
    else:
        for _dot in range(int(chance.integers(3, 6))):
            x, y = (middle + (chance.random() - 0.5) * 2 * reach for middle in (across, down))
            size = reach * (0.2 + 0.3 * chance.random())
            draw.ellipse((x - size, y - size, x + size, y + size), fill=colour)


def _star(across: float, down: float, reach: float, rays: int) -> list[tuple[float, float]]:
    corners = []
    for number in range(2 * rays):
        long = reach if number % 2 == 0 else reach * 0.45
        turn = math.pi * number / rays
        corners.append((across + long * math.sin(turn), down - long * math.cos(turn)))
    return corners


def _write(
    draw: ImageDraw.ImageDraw,
    text: str,
    at: tuple[float, float],
    size: float,
    colour: Colour,
    anchor: str,
) -> None:
    # The font that comes with Pillow: the same on every machine.
    draw.text(at, text, fill=colour, font=ImageFont.load_default(size), anchor=anchor)
