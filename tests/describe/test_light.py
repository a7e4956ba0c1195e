"""Indoors, outdoors, by day: the two small models with made-up evidence, and on real photos."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from photolib.describe.scene_thresholds import LIGHT_HEDGED_FROM, LIGHT_SAID_FROM
from photolib.describe.vocabulary import LABELS
from photolib.describe.whole.light import by_day, light_of, median_luminance, outdoors
from photolib.describe.whole.sides import INDOOR_CLASSES, OUTDOOR_CLASSES, side_of

BEACH, STOVE = 978, 827
BRIGHT = Image.new("RGB", (64, 48), (200, 210, 220))
DARK = Image.new("RGB", (64, 48), (20, 20, 25))


def classes(**shares: float) -> NDArray[np.float32]:
    probabilities = np.zeros(1000, np.float32)
    for number, share in {"beach": BEACH, "stove": STOVE}.items():
        probabilities[share] = shares.get(number, 0.0)
    return probabilities


def said(probabilities: NDArray[np.float32], image: Image.Image, **objects: float) -> set[str]:
    return {
        fact.label
        for fact in light_of(probabilities, objects, image)
        if fact.confidence >= LIGHT_SAID_FROM
    }


def test_a_beach_in_bright_light_is_outdoors_by_day() -> None:
    assert said(classes(beach=0.8), BRIGHT) == {"outdoors", "by_day"}


def test_a_dark_beach_is_outdoors_and_nothing_is_said_of_the_day() -> None:
    facts = {fact.label for fact in light_of(classes(beach=0.8), {}, DARK)}
    assert facts == {"outdoors"}


def test_a_stove_is_indoors_and_never_by_day() -> None:
    assert said(classes(stove=0.8), BRIGHT) == {"indoors"}


def test_where_nothing_is_known_nothing_is_said() -> None:
    assert light_of(classes(), {}, BRIGHT) == []


def test_what_the_detector_found_speaks_for_its_side() -> None:
    nothing = classes()
    assert outdoors(nothing, {"bus": 0.9}) > 0.85 > 0.15 > outdoors(nothing, {"oven": 0.9})


def test_where_both_sides_are_seen_neither_is_said() -> None:
    assert light_of(classes(beach=0.4, stove=0.4), {}, BRIGHT) == []


def test_laid_tables_people_and_pets_stand_for_neither_side() -> None:
    assert {side_of(label) for label in ("wine_glass", "plate", "person", "dog", "cat")} == {0}


def test_every_concept_has_one_side_and_both_sides_have_many() -> None:
    assert {side_of(label) for label in LABELS} == {-1, 0, 1}
    assert not set(OUTDOOR_CLASSES) & set(INDOOR_CLASSES)
    assert min(len(OUTDOOR_CLASSES), len(INDOOR_CLASSES)) > 60


def test_the_brighter_the_surer_that_it_is_day() -> None:
    assert by_day(0.02) < 0.5 < by_day(0.1) < LIGHT_SAID_FROM < by_day(0.25)


def test_luminance_is_linear_and_of_the_middle_pixel() -> None:
    assert median_luminance(Image.new("RGB", (9, 9), "white")) == pytest.approx(1, abs=1e-3)
    assert median_luminance(Image.new("RGB", (9, 9), (128, 128, 128))) == pytest.approx(
        0.22, abs=0.01
    )


def test_confidence_is_the_probability_and_below_the_hedge_nothing_is_handed_over() -> None:
    for fact in light_of(classes(beach=0.5), {"car": 0.5}, DARK):
        assert fact.probability == fact.confidence >= LIGHT_HEDGED_FROM
