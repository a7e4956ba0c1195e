"""The main colours of a picture, by the plain names people have for colours."""

from typing import TYPE_CHECKING

import numpy as np

from photolib.describe.models import FactKind
from photolib.describe.seen import SeenFact
from photolib.describe.vocabulary.signs import Colour

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

MOST = 3
# A smaller share of the picture is no main colour.
_SHARE_FROM = 0.12
_SMALL = 64

# Less colourful than this (Oklab's chroma; full red has 0.26), it is black, grey or white by its lightness;
# and so dark that nobody could name a colour, it is black. Between the examples black, grey and white.
_GREYISH = 0.035
_BLACK_UNTIL, _WHITE_FROM = 0.28, 0.93
# Light and dark green are both green: the lightness of an example counts for half.
_LIGHTNESS = 0.5

# Examples of each colour; a pixel has the name of the nearest one, as an eye measures it.
# Source: the named colours of CSS Color Module Level 4, sorted into twelve by hand.
_EXAMPLES: dict[Colour, str] = {
    Colour.RED: "ff0000 dc143c b22222 8b0000 cd5c5c",
    Colour.ORANGE: "ffa500 ff8c00 ff7f50 f4a460",
    Colour.YELLOW: "ffff00 ffd700 f0e68c fffacd daa520",
    Colour.GREEN: "008000 006400 228b22 32cd32 00ff00 6b8e23 556b2f 2e8b57 8fbc8f 9acd32 98fb98",
    Colour.TURQUOISE: "40e0d0 00ced1 008080 20b2aa afeeee 00ffff 5f9ea0",
    Colour.BLUE: "0000ff 000080 4169e1 4682b4 1e90ff 00bfff 87ceeb add8e6 6495ed 191970 b0c4de",
    Colour.PURPLE: "800080 4b0082 663399 9400d3 9370db 8b008b dda0dd ba55d3",
    Colour.PINK: "ffc0cb ff69b4 ff1493 ffb6c1 db7093 ff00ff",
    Colour.BROWN: "8b4513 a0522d a52a2a cd853f d2b48c deb887",
}


def colours_of(image: "Image.Image") -> list[SeenFact]:
    """At most MOST colours, the widest first; the confidence is the share of the picture, 0..1."""
    pixels = np.asarray(image.convert("RGB").resize((_SMALL, _SMALL)), dtype=np.float64) / 255
    named = _named(_oklab(pixels.reshape(-1, 3)))
    counts = np.bincount(named, minlength=len(_ORDER)) / named.size
    shares = sorted(
        ((float(share), colour) for share, colour in zip(counts, _ORDER, strict=True)),
        key=lambda one: (-one[0], one[1]),
    )
    return [
        SeenFact(kind=FactKind.COLOUR, label=colour, confidence=share)
        for share, colour in shares[:MOST]
        if share >= _SHARE_FROM
    ]


def _named(lab: "NDArray[np.float64]") -> "NDArray[np.intp]":
    """The place in _ORDER of the colour of each row."""
    apart = (lab[:, None] - _POINTS[None]) * (_LIGHTNESS, 1, 1)
    named: NDArray[np.intp] = _NAMES[(apart**2).sum(axis=-1).argmin(axis=1)]
    lightness = lab[:, 0]
    named[np.hypot(lab[:, 1], lab[:, 2]) < _GREYISH] = _ORDER.index(Colour.GREY)
    named[(named == _ORDER.index(Colour.GREY)) & (lightness > _WHITE_FROM)] = _ORDER.index(
        Colour.WHITE
    )
    named[lightness < _BLACK_UNTIL] = _ORDER.index(Colour.BLACK)
    return named


def _oklab(rgb: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """sRGB, 0..1, as lightness and two axes of colour in which equal distances look equal.

    Source: Ottosson 2020, A perceptual color space for image processing (Oklab).
    """
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    lab: NDArray[np.float64] = np.cbrt(linear @ _TO_CONES.T) @ _TO_LAB.T
    return lab


_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_POINTS = _oklab(
    np.array([list(bytes.fromhex(one)) for text in _EXAMPLES.values() for one in text.split()])
    / 255
)
_ORDER = list(Colour)
_NAMES = np.array(
    [_ORDER.index(colour) for colour, text in _EXAMPLES.items() for _one in text.split()]
)
