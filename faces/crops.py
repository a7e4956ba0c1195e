"""Face crops for pages, cut from a rendition when asked for and never stored."""

import io
from pathlib import Path

from PIL import Image

from photolib.library.renditions import SIZES, rendition_path
from photolib.people.models import FaceRegion

SIDE = 224  # pixels
MARGIN = 0.35  # of the box, on each side: hair and chin help to know a person
ENOUGH = 120  # pixels a face should have across in the rendition it is cut from


def crop_of(region: FaceRegion) -> bytes | None:
    """A square JPEG of the face, SIDE pixels; None while the photo has no renditions yet.

    What is opened are photolib's own WebP files, not the bytes that came from outside.
    """
    path = _rendition(region)
    if path is None:
        return None
    with Image.open(path, formats=["WEBP"]) as image:
        side = max(region.width * image.width, region.height * image.height) * (1 + 2 * MARGIN)
        side = min(side, image.width, image.height)
        left = _inside((region.left + region.width / 2) * image.width, side, image.width)
        top = _inside((region.top + region.height / 2) * image.height, side, image.height)
        crop = image.convert("RGB").resize(
            (SIDE, SIDE), Image.Resampling.LANCZOS, box=(left, top, left + side, top + side)
        )
    out = io.BytesIO()
    crop.save(out, "JPEG", quality=85)
    return out.getvalue()


def _inside(middle: float, side: float, length: float) -> float:
    """Where a stretch of `side` around `middle` begins, moved so that it lies in 0..length."""
    return min(max(middle - side / 2, 0.0), length - side)


def _rendition(region: FaceRegion) -> Path | None:
    """The smallest rendition in which the face is large enough; otherwise the largest there is."""
    photo = region.photo
    found = None
    for size in SIZES:
        path = rendition_path(photo, size)
        if not path.exists():
            continue
        found = path
        scale = min(1.0, size / max(photo.width, photo.height))
        if region.width * photo.width * scale >= ENOUGH:
            break
    return found
