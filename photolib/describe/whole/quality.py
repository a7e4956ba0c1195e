"""How a picture came out: blurred, very dark, overexposed. Of small pictures nothing is said of blur.

The borders lie between 104 photos as they are and copies of them that were blurred, darkened and
brightened; docs/models.md has the figures.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from photolib.describe.models import FactKind
from photolib.describe.scene_thresholds import QUALITY_HEDGED_FROM
from photolib.describe.seen import SeenFact
from photolib.describe.vocabulary.signs import Quality
from photolib.describe.whole.sharpness import LONG_SIDE, sharpness

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

# Where the confidence is one half, and where it is 0.8: the value from which it is asserted.
_BLURRED = (0.60, 0.54)
_DARK = (70.0, 60.0)
_OVEREXPOSED = (0.42, 0.52)
# The tone, 0..255, that nine tenths of a picture are darker than.
_BRIGHT_PART = 0.9
# From this tone on nothing is left of what was there.
_BURNT_OUT = 250
# A rim so white is the paper, or the ground that something was laid on, and no fault of the light.
_WHITE_RIM = 0.95
_SMALL = 128


def quality_of(image: "Image.Image") -> list[SeenFact]:
    """What is worth a hedge. image: RGB, upright, at least as large as it is judged in."""
    tones = np.asarray(image.convert("RGB").resize((_SMALL, _SMALL)), dtype=np.uint8)
    found = {
        Quality.BLURRED: _blurred(image),
        Quality.DARK: _beyond(_DARK, _brightest(tones)),
        Quality.OVEREXPOSED: _beyond(_OVEREXPOSED, _burnt_out(tones)),
    }
    return [
        SeenFact(kind=FactKind.QUALITY, label=label, confidence=confidence)
        for label, confidence in found.items()
        if confidence >= QUALITY_HEDGED_FROM
    ]


def _blurred(image: "Image.Image") -> float:
    # A thumbnail that was made larger once is soft, and looks as it should where it is shown small.
    if max(image.size) < LONG_SIDE:
        return 0.0
    sharp = sharpness(image)
    return 0.0 if sharp is None else _beyond(_BLURRED, sharp)


def _brightest(tones: "NDArray[np.uint8]") -> float:
    """What a tenth of the picture is brighter than, 0..255."""
    return float(np.quantile(tones @ np.array((0.299, 0.587, 0.114)), _BRIGHT_PART))


def _burnt_out(tones: "NDArray[np.uint8]") -> float:
    """The share of the picture that is white; none where its whole rim is."""
    white = tones.min(axis=-1) >= _BURNT_OUT
    rim = np.concatenate([white[0], white[-1], white[:, 0], white[:, -1]])
    return 0.0 if rim.mean() >= _WHITE_RIM else float(white.mean())


def _beyond(border: tuple[float, float], value: float) -> float:
    """0..1: one half at the first of the border, 0.8 at the second, and on in that direction."""
    half, sure = border
    steepness = math.log(4) / (sure - half)
    return 1 / (1 + math.exp(-min(max(steepness * (value - half), -30.0), 30.0)))
