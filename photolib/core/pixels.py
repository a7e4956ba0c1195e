"""From a file to pixels. Decoding strangers' bytes belongs into a worker, never a web process."""

import errno
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pillow_heif
from django.conf import settings
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from PIL import AvifImagePlugin, ExifTags, Image, ImageFile, TiffImagePlugin

from photolib.core.colours import make_resizable, to_srgb
from photolib.core.errors import RefusedFile, StepError
from photolib.core.formats import FIRST_BYTES, FORMATS, check_first_bytes, raw_file_refused

# A worker is one thread: two of them do more than one with two.
pillow_heif.register_heif_opener(decode_threads=1)
AvifImagePlugin.DEFAULT_MAX_THREADS = 1

# The long side of the largest rendition that always exists, and of what every step looks at.
STANDING_SIDE = 1600

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DNG_VERSION = 50706
# What the file is not to blame for, and what may be better a minute later.
_OF_THE_MACHINE = {errno.EIO, errno.ENOENT, errno.ESTALE, errno.EMFILE, errno.ENFILE}
_SIGNS_OF_A_CUT = ("truncated", "end of file", "unexpected end", "not enough", "requires a buffer")


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a picture's file says of itself: width and height in pixels, upright."""

    format: str  # a key of core.formats.FORMATS
    width: int
    height: int
    orientation: int  # EXIF 1..8, as stored in the file


def inspect_image(path: Path, name: str) -> ImageFacts:
    """Find out what the file at `path` is, and that it decodes to its end.

    `name` is what the person calls the file. Its size is compared with settings.MAX_PIXELS before
    anything is decoded. Raises RefusedFile with the code empty, not_an_image, unsupported,
    too_many_pixels, truncated or unreadable; OSError where the disk is to blame.
    """
    facts, _image = inspect_and_decode(path, name, longest=1)
    return facts


class Pixels:
    """A picture's pixels for every step of one run, decoded when first asked for, and once.

    Raises StepError, permanent where trying again cannot help, from each of its members.
    """

    def __init__(self, path: Path, *, name: str, image: Image.Image | None = None) -> None:
        """image: what `image` would decode, where it is at hand already."""
        self.path = path
        self.name = name
        if image is not None:
            self.__dict__["image"] = image

    @cached_property
    def image(self) -> Image.Image:
        """RGB, sRGB, upright, over white, long side at most STANDING_SIDE. Not to be changed."""
        return self._decode(STANDING_SIDE)

    @cached_property
    def array(self) -> NDArray[np.uint8]:
        """`image` as (height, width, 3) RGB, 0..255, not writeable."""
        array = np.asarray(self.image)
        array.flags.writeable = False
        return array

    def decode_full(self, *, longest: int | None = None) -> Image.Image:
        """As `image`, but in the picture's own size, or with a long side of `longest` pixels.

        Decodes again: for the full-size rendition only.
        """
        return self._decode(longest)

    def _decode(self, longest: int | None) -> Image.Image:
        try:
            return decode(self.path, self.name, longest=longest)
        except RefusedFile as error:
            raise StepError(str(error), permanent=True) from error
        except FileNotFoundError as error:
            raise StepError(
                _("{name}: the file is missing on this disk. Restore it from a backup.").format(
                    name=self.name
                )
            ) from error


def decode(path: Path, name: str, *, longest: int | None) -> Image.Image:
    """The picture as RGB in sRGB, upright, made smaller where its long side exceeds `longest`.

    Raises RefusedFile, as inspect_image does.
    """
    _facts, image = inspect_and_decode(path, name, longest=longest)
    return image


def inspect_and_decode(
    path: Path, name: str, *, longest: int | None
) -> tuple[ImageFacts, Image.Image]:
    """What inspect_image and decode say, in one reading of the file. Raises RefusedFile."""
    with open_picture(path, name) as (format_, image):
        original = image.size
        size = fit(original, longest)
        orientation = _load(image, format_, size)
        turn = _turn_of(format_, orientation)
        plain = make_resizable(image)
        if plain.size != size:
            plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        rgb = to_srgb(plain, image.info.get("icc_profile"))
        # A copy where nothing was done: the file is closed behind it.
        upright = rgb.transpose(_TURNS[turn]) if turn in _TURNS else rgb.copy()
    width, height = original if turn < 5 else (original[1], original[0])
    return ImageFacts(format_, width, height, orientation), upright


def fit(size: tuple[int, int], longest: int | None) -> tuple[int, int]:
    """`size` made smaller, in its proportions, until no side exceeds `longest`; never larger."""
    width, height = size
    if longest is None or max(size) <= longest:
        return size
    scale = longest / max(size)
    return max(1, round(width * scale)), max(1, round(height * scale))


@contextmanager
def open_picture(path: Path, name: str) -> Iterator[tuple[str, ImageFile.ImageFile]]:
    """The format and the picture, its header read and its size allowed.

    Whatever goes wrong while it is open becomes a RefusedFile, as long as the file is to blame.
    """
    try:
        with path.open("rb") as file:
            format_ = check_first_bytes(file.read(FIRST_BYTES), name=name)
            file.seek(0)
            with (
                _strict_pillow(),
                Image.open(file, formats=FORMATS[format_].decoders) as image,
            ):
                _check_header(image, name)
                yield format_, image
    except (RefusedFile, StepError):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise RefusedFile(name, _too_many_pixels(), code="too_many_pixels") from error
    except MemoryError as error:
        reason = _("There is too little memory to decode the picture: bring in a smaller copy.")
        raise RefusedFile(name, reason, code="too_many_pixels") from error
    except Exception as error:
        # Decoders answer hostile bytes with nearly every kind of exception there is.
        if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
            raise
        raise _damaged(error, name) from error


@contextmanager
def _strict_pillow() -> Iterator[None]:
    """Pillow's own guard set to our limit, its other warnings silent, cut files not accepted."""
    Image.MAX_IMAGE_PIXELS = settings.MAX_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _check_header(image: Image.Image, name: str) -> None:
    if image.width * image.height > settings.MAX_PIXELS:
        raise RefusedFile(name, _too_many_pixels(), code="too_many_pixels")
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        tags = image.tag_v2
        # RAW files are TIFFs as well: the picture on their first page is a thumbnail.
        is_thumbnail = tags.get(ExifTags.Base.NewSubfileType) == 1
        if _DNG_VERSION in tags or (is_thumbnail and ExifTags.Base.SubIFDs in tags):
            raise raw_file_refused(name)


def _load(image: Image.Image, format_: str, size: tuple[int, int]) -> int:
    """Decode the picture, a JPEG only as large as `size` needs, and return its EXIF orientation."""
    if format_ == "tiff":
        # Pillow turns it while loading, and forgets how it lay.
        orientation = _orientation_of(image)
        image.load()
        return orientation
    if format_ == "jpeg":
        # libjpeg skips what a smaller picture does not need; the result is never below `size`.
        image.draft("RGB", size)
    # First of all, since PNG's notes may stand behind its pixels: asking for them would load it.
    image.load()
    return _orientation_of(image)


def _orientation_of(image: Image.Image) -> int:
    """EXIF orientation, 1 where there is none or none that means anything."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:
        # Damaged notes do not make the picture worse: it is shown as it lies.
        return 1
    return value if isinstance(value, int) and value in _TURNS else 1


def _turn_of(format_: str, orientation: int) -> int:
    """What is left to turn: Pillow turns TIFF by itself, and gives the size as turned."""
    return 1 if format_ == "tiff" else orientation


def _too_many_pixels() -> str:
    limit = settings.MAX_PIXELS // 1_000_000
    return _(
        "The picture has more than {limit} megapixels, the most that is decoded here: bring in a "
        "smaller copy, or have PHOTOLIB_MAX_MEGAPIXELS raised."
    ).format(limit=limit)


def _damaged(error: Exception, name: str) -> RefusedFile:
    if isinstance(error, PermissionError):
        reason = _("The file cannot be read: check its permissions.")
        return RefusedFile(name, reason, code="unreadable")
    said = str(error).lower()
    if isinstance(error, EOFError) or any(sign in said for sign in _SIGNS_OF_A_CUT):
        return RefusedFile(
            name,
            _("The file is cut off: copy it again from the camera or phone."),
            code="truncated",
        )
    return RefusedFile(
        name,
        _("The file is damaged and cannot be shown: copy it again from the camera or phone."),
        code="unreadable",
    )
