"""Blurred, dark, overexposed: real photos as they are and spoilt."""

from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image, ImageEnhance, ImageFilter

from photolib.describe.scene_thresholds import QUALITY_SAID_FROM
from photolib.describe.whole.quality import quality_of
from photolib.describe.whole.sharpness import sharpness

SAMPLES = Path(skimage.__file__).parent / "data"


def coffee(side: int = 640) -> Image.Image:
    picture = Image.open(SAMPLES / "coffee.png").convert("RGB")
    return picture.resize((side, side * picture.height // picture.width))


def said(image: Image.Image) -> set[str]:
    return {fact.label for fact in quality_of(image) if fact.confidence >= QUALITY_SAID_FROM}


def exposed(image: Image.Image, stops: float) -> Image.Image:
    light = (np.asarray(image) / 255) ** 2.2 * 2**stops
    return Image.fromarray((np.clip(light, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8))


def test_a_sharp_photo_in_good_light_has_no_fault() -> None:
    assert quality_of(coffee()) == []


def test_a_photo_out_of_focus_is_blurred() -> None:
    assert said(coffee().filter(ImageFilter.GaussianBlur(3))) == {"blurred"}


def test_a_moved_camera_blurs_too() -> None:
    pixels = np.asarray(coffee()).astype(np.float32)
    moved = np.mean([np.roll(pixels, step, axis=1) for step in range(25)], axis=0)
    assert said(Image.fromarray(moved.astype(np.uint8))) == {"blurred"}


def test_a_sharp_subject_before_a_soft_background_is_not_blurred() -> None:
    sharp = coffee()
    soft = sharp.filter(ImageFilter.GaussianBlur(8))
    middle = (200, 100, 440, 340)
    soft.paste(sharp.crop(middle), middle[:2])
    assert quality_of(soft) == []


def test_a_date_printed_into_a_blurred_photo_does_not_make_it_sharp() -> None:
    blurred = coffee().filter(ImageFilter.GaussianBlur(4))
    blurred.paste((255, 140, 0), (580, 400, 610, 404))
    assert "blurred" in said(blurred)


def test_an_even_wall_and_a_thumbnail_are_not_judged_for_blur() -> None:
    assert sharpness(Image.new("RGB", (640, 480), (150, 140, 130))) is None
    assert quality_of(coffee(240).filter(ImageFilter.GaussianBlur(3))) == []


def test_blur_is_the_same_in_a_larger_copy() -> None:
    small, large = sharpness(coffee(640)), sharpness(coffee(1600))
    assert small is not None
    assert large is not None
    assert large == pytest.approx(small, abs=0.15)


def test_five_stops_too_little_light_is_dark_and_four_too_much_is_overexposed() -> None:
    assert said(exposed(coffee(), -5)) == {"dark"}
    cat = Image.open(SAMPLES / "chelsea.png").convert("RGB").resize((640, 426))
    assert quality_of(cat.resize((600, 400))) == []
    assert "overexposed" in said(exposed(cat, 4))


def test_something_laid_on_white_paper_is_not_overexposed() -> None:
    sheet = Image.new("RGB", (900, 700), "white")
    sheet.paste(coffee(480), (200, 200))
    assert "overexposed" not in said(sheet)


def test_a_little_darker_or_brighter_is_no_fault() -> None:
    assert said(ImageEnhance.Brightness(coffee()).enhance(0.7)) == set()
    assert said(exposed(coffee(), 0.7)) == set()
