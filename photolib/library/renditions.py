"""The smaller copies that pages show: PHOTOLIB_DATA/renditions/<2 digits>/<photo>/<size>.webp.

They hold pixels only: no place, no camera, no names. All of them can be made again.
"""

import shutil
from pathlib import Path

from django.conf import settings
from PIL import Image

from photolib.core.files import DRAFT_PREFIX, write_all_atomically, write_atomically
from photolib.core.full_size import draw_full_size
from photolib.core.pixels import STANDING_SIDE, fit
from photolib.core.webp import encode_webp
from photolib.library.models import Photo
from photolib.library.storage import original_path

# Long sides in pixels of the renditions that always exist, small to large.
SIZES = (320, 640, STANDING_SIDE)
FULL = "full"


def folder_of(photo_pk: int) -> Path:
    """The folder of one photo's renditions, one of at most 256 beside each other's."""
    return Path(settings.PHOTOLIB_DATA) / "renditions" / f"{photo_pk % 256:02x}" / str(photo_pk)


def rendition_path(photo: Photo, size: int | str) -> Path:
    """Where the rendition of this size (one of SIZES, or FULL) lies, or would lie."""
    return folder_of(photo.pk) / f"{size}.webp"


def encode_renditions(image: Image.Image) -> dict[int, bytes]:
    """WebP files of all SIZES from the picture of core.pixels, each made from the next larger.

    A picture smaller than a size is not made larger: the file of that size is then as small as it.
    """
    files: dict[int, bytes] = {}
    for size in reversed(SIZES):
        smaller = fit(image.size, size)
        if smaller != image.size or not files:
            if smaller != image.size:
                image = image.resize(smaller, Image.Resampling.LANCZOS, reducing_gap=2.0)
            files[size] = encode_webp(image)
        else:
            files[size] = next(reversed(files.values()))
    return files


def write_renditions(photo_pk: int, files: dict[int, bytes]) -> None:
    """Write each file whole or not at all, and clear away what a killed worker left half written."""
    for draft in folder_of(photo_pk).glob(f"{DRAFT_PREFIX}*"):
        draft.unlink(missing_ok=True)
    named = {f"{size}.webp": content for size, content in files.items()}
    write_all_atomically(folder_of(photo_pk), named)


def remove_renditions(photo_pk: int) -> None:
    """Remove every rendition of a photo that has gone."""
    shutil.rmtree(folder_of(photo_pk), ignore_errors=True)


def photos_with_renditions() -> set[int]:
    """The keys of all photos that have a folder here, whether or not the photo still exists."""
    top = Path(settings.PHOTOLIB_DATA) / "renditions"
    return {int(folder.name) for folder in top.glob("*/*") if folder.name.isdigit()}


def ensure_full(photo: Photo) -> Path:
    """The rendition in the photo's own size, drawn now if nobody asked for it before.

    It is drawn by a process of its own, with limits on memory and time (core.full_size), so a web
    process may call this. Raises PhotolibError if it cannot be drawn.
    """
    if max(photo.width, photo.height) <= STANDING_SIDE:
        standing = rendition_path(photo, STANDING_SIDE)
        if standing.exists():
            return standing
    path = rendition_path(photo, FULL)
    if not path.exists():
        original = original_path(photo.original)
        write_atomically(path, draw_full_size(original, name=photo.original_name))
    return path
