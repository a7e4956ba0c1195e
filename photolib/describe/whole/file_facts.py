"""What a picture's file tells of its kind: its name, its format, its size, the notes in it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import ExifTags

from photolib.core.pixels import open_picture

if TYPE_CHECKING:
    from pathlib import Path

# How phones and computers name what they take of their own screens, in the languages we describe in.
_SCREEN_NAME = re.compile(
    r"screen[ _-]?shot|screen[ _-]?capture|capture d[’'_ ]?[ée]cran|bildschirmfoto"
    r"|captura de pantalla|schermata|istantanea schermo|schermafbeelding|schermafdruk",
    re.IGNORECASE,
)
# Upright sizes in pixels of widespread phones, tablets and computers.
_SIZES = (
    "640x1136 720x1280 720x1560 720x1600 750x1334 828x1792 1080x1920 1080x2160 1080x2220 1080x2280",
    "1080x2310 1080x2340 1080x2400 1080x2408 1125x2436 1170x2532 1179x2556 1206x2622 1220x2712",
    "1242x2208 1242x2688 1284x2778 1290x2796 1320x2868 1440x2560 1440x2960 1440x3040 1440x3088",
    "1440x3200 1200x1920 1488x2266 1536x2048 1600x2560 1620x2160 1640x2360 1668x2224 1668x2388",
    "2048x2732 768x1366 800x1280 864x1536 900x1440 900x1600 1050x1680 1440x3440 1800x2880 1964x3024",
    "2160x3840 2234x3456",
)
_SCREENS = frozenset(
    tuple(int(side) for side in size.split("x")) for line in _SIZES for size in line.split()
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """lossless: PNG, as screens are saved. camera: a camera says that it took the picture.

    named_screen: its name or its notes say that it shows a screen. screen_size: as large as a screen.
    tall: height over width.
    """

    lossless: bool
    camera: bool
    named_screen: bool
    screen_size: bool
    tall: float


def file_facts(path: "Path", *, name: str, camera: str, width: int, height: int) -> FileFacts:
    """What the file tells. Raises RefusedFile where it is no picture.

    name: as the person knows the file. camera: its make, "" where none is noted. width, height: upright.
    """
    with open_picture(path, name) as (format_, image):
        # PNG may keep its notes behind its pixels: asking for them there would decode the picture again.
        readable = format_ != "png" or "exif" in image.info
        comment = (
            image.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.UserComment)
            if readable
            else None
        )
    said = comment if isinstance(comment, bytes) else str(comment or "").encode()
    return FileFacts(
        lossless=format_ == "png",
        camera=bool(camera),
        named_screen=bool(_SCREEN_NAME.search(name)) or b"screenshot" in said.lower(),
        screen_size=(min(width, height), max(width, height)) in _SCREENS,
        tall=height / width,
    )
