"""Pieces of photos for pages, cut from a rendition when asked for and never stored."""

import io
from pathlib import Path

from PIL import Image

from photolib.library.models import Photo
from photolib.library.renditions import SIZES, rendition_path

SIDE = 224  # pixels
ENOUGH = 120  # pixels a piece should have across in the rendition it is cut from


def square_around(
    photo: Photo, *, left: float, top: float, width: float, height: float, margin: float
) -> bytes | None:
    """A square JPEG, SIDE pixels, around a box in fractions; None while there are no renditions yet.

    margin: on each side, as a part of the box. What is opened are photolib's own WebP files, not the
    bytes that came from outside.
    """
    path = _rendition(photo, width)
    if path is None:
        return None
    with Image.open(path, formats=["WEBP"]) as image:
        side = max(width * image.width, height * image.height) * (1 + 2 * margin)
        side = min(side, image.width, image.height)
        x = _inside((left + width / 2) * image.width, side, image.width)
        y = _inside((top + height / 2) * image.height, side, image.height)
        piece = image.convert("RGB").resize(
            (SIDE, SIDE), Image.Resampling.LANCZOS, box=(x, y, x + side, y + side)
        )
    out = io.BytesIO()
    piece.save(out, "JPEG", quality=85)
    return out.getvalue()


def _inside(middle: float, side: float, length: float) -> float:
    """Where a stretch of `side` around `middle` begins, moved so that it lies in 0..length."""
    return min(max(middle - side / 2, 0.0), length - side)


def _rendition(photo: Photo, width: float) -> Path | None:
    """The smallest rendition in which the piece is large enough; otherwise the largest there is."""
    found = None
    for size in SIZES:
        path = rendition_path(photo, size)
        if not path.exists():
            continue
        found = path
        scale = min(1.0, size / max(photo.width, photo.height))
        if width * photo.width * scale >= ENOUGH:
            break
    return found
