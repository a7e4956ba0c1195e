"""Quality from a picture alone: drawn faces, spoilt one way at a time."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from faces.packs import BUNDLED
from faces.quality import face_quality, lifted, signals_of, turned

# The ArcFace reference for 112 pixels, rounded: left eye, right eye, nose, mouth corners.
FRONTAL = np.asarray(((38, 52), (74, 52), (56, 72), (42, 92), (71, 92)), dtype=np.float32)


def drawn(*, mask: tuple[int, int, int] | None = None) -> Image.Image:
    """A face in outlines: enough edges to be sharp in every direction."""
    image = Image.new("RGB", (112, 112), (205, 165, 140))
    draw = ImageDraw.Draw(image)
    for x in (38, 74):
        draw.ellipse((x - 9, 46, x + 9, 58), fill=(245, 240, 235), outline=(60, 40, 30), width=2)
        draw.ellipse((x - 4, 48, x + 4, 56), fill=(30, 25, 20))
        draw.line((x - 12, 38, x + 12, 36), fill=(60, 40, 30), width=3)
    draw.line((56, 58, 50, 74, 60, 76), fill=(150, 105, 90), width=2)
    draw.ellipse((42, 86, 71, 97), fill=(170, 90, 85), outline=(110, 50, 50), width=1)
    if mask:
        draw.polygon(((20, 68), (92, 68), (84, 111), (28, 111)), fill=mask)
    return image


def quality(image: Image.Image, **given: object) -> float:
    values = {"width": 90.0, "confidence": 0.9, "landmarks": FRONTAL} | given
    return face_quality(aligned=np.asarray(image), **values)  # type: ignore[arg-type]


def noisy(image: Image.Image) -> Image.Image:
    grain = np.random.default_rng(1).normal(0, 40, (112, 112, 3))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def swept(image: Image.Image) -> Image.Image:
    """Moved sideways while it was taken: sharp up and down, not across."""
    steps = [np.roll(np.asarray(image, dtype=np.float32), step, axis=1) for step in range(-7, 8)]
    return Image.fromarray(np.mean(steps, axis=0).astype(np.uint8))


@pytest.mark.parametrize(
    "worse",
    [
        drawn().filter(ImageFilter.GaussianBlur(4)),
        swept(drawn()),
        noisy(drawn()),
        drawn(mask=(90, 140, 215)),
        drawn(mask=(25, 25, 28)),
    ],
    ids=["blurred", "moved", "noisy", "blue mask", "black mask"],
)
def test_spoilt_face_has_less_quality(worse: Image.Image) -> None:
    assert quality(worse) < quality(drawn()) - 0.08


def test_good_face_is_good_enough_for_everything() -> None:
    assert quality(drawn()) >= max(BUNDLED.auto_quality, BUNDLED.found_quality)


@pytest.mark.parametrize("width", [9.0, 12.0, 16.0, 20.0])
def test_few_pixels_are_never_good_enough_to_be_sure(width: float) -> None:
    assert quality(drawn(), width=width, confidence=1.0) < BUNDLED.auto_quality
    assert quality(drawn(), width=width, confidence=1.0) < BUNDLED.found_quality


@pytest.mark.parametrize(("width", "least"), [(8.0, 0.0), (32.0, 0.9)])
def test_size_counts_between_8_and_32_pixels(width: float, least: float) -> None:
    assert quality(drawn(), width=width) >= least
    assert quality(drawn(), width=width) == quality(drawn()) * least or least


def test_detector_that_is_not_sure_costs_quality() -> None:
    assert quality(drawn(), confidence=0.55) < quality(drawn(), confidence=0.9) - 0.2


def test_blank_picture_has_no_value_outside_of_0_to_1() -> None:
    for shade in (0, 128, 255):
        image = Image.new("RGB", (112, 112), (shade, shade, shade))
        assert 0.0 <= quality(image) <= 1.0
        assert quality(image) < quality(drawn())


def test_turned_face_loses_only_from_half_a_turn_on() -> None:
    assert quality(drawn(), landmarks=with_nose(0.25)) == quality(drawn())
    assert quality(drawn(), landmarks=with_nose(0.9)) < quality(drawn()) - 0.1


def test_profile_whose_eyes_fall_together_is_turned_most() -> None:
    points = FRONTAL.copy()
    points[1] = points[0]
    assert turned(points) > turned(with_nose(0.9))
    assert quality(drawn(), landmarks=points) < BUNDLED.found_quality


def test_tilted_head_is_neither_turned_nor_lifted() -> None:
    angle = np.radians(30)
    tilt = np.asarray(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    points = (FRONTAL @ tilt).astype(np.float32)
    assert turned(points) == pytest.approx(turned(FRONTAL), abs=1e-3)
    assert lifted(points) == pytest.approx(lifted(FRONTAL), abs=0.02)


def test_lifted_face_loses_quality() -> None:
    points = FRONTAL.copy()
    points[2, 1] = 58
    assert quality(drawn(), landmarks=points) < quality(drawn()) - 0.1


def test_shade_on_one_half_is_no_colour_of_its_own() -> None:
    """Light falls from above: the lower half darker, in the same colours."""
    pixels = np.asarray(drawn()).astype(np.float32)
    pixels[66:] *= 0.7
    assert signals_of(pixels.astype(np.uint8)).colour < 4


def with_nose(aside: float) -> NDArray[np.float32]:
    """The frontal points with the nose off the middle, in distances of the eyes."""
    points = FRONTAL.copy()
    points[2, 0] += aside * (points[1, 0] - points[0, 0])
    return points
