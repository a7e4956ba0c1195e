"""From whatever a picture's file holds to plain sRGB: 8 bits, three channels, no transparency."""

from functools import cache, lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

# Modes that can be made smaller before their colours are worked out.
_RESIZABLE = {"RGB", "RGBA", "L", "CMYK"}


def make_resizable(image: Image.Image) -> Image.Image:
    """The picture in one of the modes RGB, RGBA, L and CMYK, all of them with 8 bits a channel."""
    if image.mode in _RESIZABLE and "transparency" not in image.info:
        return image
    if image.mode in {"I", "F"} or image.mode.startswith("I;"):
        return _to_eight_bits(image)
    if image.mode == "LAB":
        lab = ImageCms.buildTransform(ImageCms.createProfile("LAB"), _srgb(), "LAB", "RGB")
        return ImageCms.applyTransform(image, lab) or image.convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A picture of make_resizable as RGB: over white where it is transparent, colours in sRGB.

    `profile` is the picture's own ICC profile; one that is damaged or meant for another kind of
    picture is left out of account.
    """
    if image.mode == "RGBA":
        image = _over_white(image)
    transform = _transform(profile, image.mode) if profile else None
    if transform is not None:
        return ImageCms.applyTransform(image, transform) or image.convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Grey values of more than 8 bits: 16-bit ones keep their upper half, others are spread."""
    values = np.asarray(image)
    if image.mode.startswith("I;16"):
        return Image.fromarray((values >> 8).astype(np.uint8))
    numbers = np.nan_to_num(values.astype(np.float64), posinf=0, neginf=0)
    if image.mode == "I" and numbers.min() >= 0 and numbers.max() <= 0xFFFF:
        return Image.fromarray((numbers / 257).astype(np.uint8))
    low, high = float(numbers.min()), float(numbers.max())
    spread = (numbers - low) * (255 / (high - low)) if high > low else np.zeros_like(numbers)
    return Image.fromarray(spread.astype(np.uint8))


def _over_white(image: Image.Image) -> Image.Image:
    flat = Image.new("RGB", image.size, (255, 255, 255))
    flat.paste(image, mask=image.getchannel("A"))
    return flat


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


# A household's pictures come from a handful of cameras: each one's profile is read once.
@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """None where nothing is to be done, or where the profile is of no use."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if mode == "RGB" and "srgb" in ImageCms.getProfileDescription(source).lower():
            return None
        return ImageCms.buildTransform(source, _srgb(), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
