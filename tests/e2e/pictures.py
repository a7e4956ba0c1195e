"""Real pictures for the browser tests, out of packages that are installed anyway."""

from datetime import datetime
from pathlib import Path

from PIL import Image, ImageOps

from photolib.demo.pictures import as_jpeg, package_picture

GROUP_SIZE = (1280, 886)  # width, height of the group picture
# Where two of its six faces are: left, top, right, bottom in pixels, with room around.
LEFT_WOMAN = (0, 150, 320, 470)
MAN = (380, 200, 660, 480)


def group_jpeg(taken: datetime) -> bytes:
    """Six people on one picture, taken in Lyon."""
    group = package_picture("insightface", "insightface/data/images/t1.jpg")
    return as_jpeg(group, taken, (45.764, 4.8357), 90)


def portrait_jpeg(
    box: tuple[int, int, int, int], taken: datetime, *, mirrored: bool = False
) -> bytes:
    """One face of the group picture, cropped and enlarged, mirrored for another pose."""
    part = package_picture("insightface", "insightface/data/images/t1.jpg").crop(box)
    part = part.resize((900, 900))
    if mirrored:
        part = ImageOps.mirror(part)
    return as_jpeg(part, taken, (45.8992, 6.1294), 90)


def faint_jpeg(box: tuple[int, int, int, int], taken: datetime) -> bytes:
    """One face as an old phone saw it in the dusk: near enough to be asked about, no more."""
    part = package_picture("insightface", "insightface/data/images/t1.jpg").crop(box)
    part = part.resize((80, 80)).rotate(12).resize((160, 160))
    dusk = Image.new("RGB", (640, 480), (90, 80, 70))
    dusk.paste(part, (200, 150))
    return as_jpeg(dusk, taken, (45.8992, 6.1294), 90)


def cat_jpeg(taken: datetime) -> bytes:
    """A cat, and nobody."""
    cat = package_picture("scikit-image", "skimage/data/chelsea.png").resize((902, 600))
    return as_jpeg(cat, taken, None, 90)


def coffee_jpeg(taken: datetime) -> bytes:
    """A cup of coffee on a table."""
    cup = package_picture("scikit-image", "skimage/data/coffee.png").resize((1200, 800))
    return as_jpeg(cup, taken, (45.764, 4.8357), 90)


def write_group(folder: Path) -> Path:
    """The group picture as a file to upload, taken on 6 July 2024."""
    path = folder / "summer.jpg"
    path.write_bytes(group_jpeg(datetime(2024, 7, 6, 15, 40)))  # noqa: DTZ001 a camera's clock has no zone
    return path
