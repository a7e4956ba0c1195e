"""Where the light of a picture comes from: indoors or outdoors, and by day.

Two logistic models of two and one numbers, fitted on 104 photos looked at by hand; docs/models.md has the
figures, and `pytest tests/bench/test_whole_pictures.py -m measure` measures them again.
"""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from photolib.describe.models import FactKind
from photolib.describe.scene_thresholds import LIGHT_HEDGED_FROM
from photolib.describe.seen import SeenFact
from photolib.describe.vocabulary.signs import Light
from photolib.describe.whole.sides import INDOOR_CLASSES, OUTDOOR_CLASSES, side_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

# What a side has before anything is seen: one odd class of a hundredth decides nothing.
_FLOOR = 0.03
_OFFSET, _BY_CLASSES, _BY_OBJECTS = -0.2, 2.6, 2.5
_DAY_OFFSET, _DAY_BY_LIGHT = 8.4, 2.6
# Linear light of red, green and blue in what an eye calls bright. Source: ITU-R BT.709.
_LUMINANCE = (0.2126, 0.7152, 0.0722)
_GAMMA = 2.2
_SMALL = 64


def light_of(
    probabilities: "NDArray[np.float32]", objects: Mapping[str, float], image: "Image.Image"
) -> list[SeenFact]:
    """What is worth a hedge of: indoors or outdoors, and outdoors by day.

    probabilities: (1000,) of ImageNet's classes. objects: the best score of each label that the
    detector found. image: the picture, RGB.
    """
    out = outdoors(probabilities, objects)
    facts = [_fact(Light.OUTDOORS, out), _fact(Light.INDOORS, 1 - out)]
    # By day is said of what is outdoors: it can be no surer than that.
    facts.append(_fact(Light.BY_DAY, out * by_day(median_luminance(image))))
    return [fact for fact in facts if fact.confidence >= LIGHT_HEDGED_FROM]


def outdoors(probabilities: "NDArray[np.float32]", objects: Mapping[str, float]) -> float:
    """How probable it is, 0..1, that the picture was taken outdoors."""
    outside = float(probabilities[list(OUTDOOR_CLASSES)].sum()) + _FLOOR
    inside = float(probabilities[list(INDOOR_CLASSES)].sum()) + _FLOOR
    found_outside = max((s for label, s in objects.items() if side_of(label) > 0), default=0.0)
    found_inside = max((s for label, s in objects.items() if side_of(label) < 0), default=0.0)
    return _logistic(
        _OFFSET
        + _BY_CLASSES * math.log(outside / inside)
        + _BY_OBJECTS * (found_outside - found_inside)
    )


def by_day(luminance: float) -> float:
    """How probable it is that a picture taken outdoors, of this median luminance, was taken by day."""
    return _logistic(_DAY_OFFSET + _DAY_BY_LIGHT * math.log(max(luminance, 1e-4)))


def median_luminance(image: "Image.Image") -> float:
    """0 (black) to 1 (white), linear: half of the picture is brighter."""
    small = np.asarray(image.resize((_SMALL, _SMALL)), dtype=np.float32) / 255
    return float(np.median(small**_GAMMA @ np.array(_LUMINANCE, dtype=np.float32)))


def _fact(label: Light, probability: float) -> SeenFact:
    return SeenFact(
        kind=FactKind.LIGHT, label=label, confidence=probability, probability=probability
    )


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-min(max(x, -30.0), 30.0)))
