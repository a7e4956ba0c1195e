"""When, where and with what a picture was taken, from all that its file says of itself.

Nothing is decoded here but notes: EXIF, XMP, IPTC, the file's name and dates.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import SupportsFloat, TypeVar

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from photolib.core.clock import (
    Reading,
    is_plausible,
    parse_offset,
    parse_written,
    reading_in_name,
    reading_of,
)
from photolib.core.picture_words import PictureWords, first_of, words_of
from photolib.core.pixels import open_picture
from photolib.core.xmp import Packet, read_packet

T = TypeVar("T")
Tags = dict[int, object]

_MAX_TEXT = 2000
# What cameras write into every picture's description.
_NO_DESCRIPTION = {"olympus digital camera", "samsung", "sony dsc", "minolta digital camera"}
_EXIF_DATES = (
    (
        ExifTags.Base.DateTimeOriginal,
        ExifTags.Base.SubsecTimeOriginal,
        ExifTags.Base.OffsetTimeOriginal,
    ),
    (
        ExifTags.Base.DateTimeDigitized,
        ExifTags.Base.SubsecTimeDigitized,
        ExifTags.Base.OffsetTimeDigitized,
    ),
    (ExifTags.Base.DateTime, ExifTags.Base.SubsecTime, ExifTags.Base.OffsetTime),
)
_XMP_DATES = ("exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate")
# Distances from UTC that are in use anywhere, in minutes.
_OFFSETS = {*range(-720, 841, 60), -570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765}
# A receiver keeps the time of its last fix for a while.
_GPS_LAG = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """taken_source: exif, gps, xmp, iptc, filename, file or received (library.TakenSource).

    taken_at is the moment in UTC; where taken_offset (minutes ahead of UTC) is None, it is the
    reading of the clock there as if it were UTC. taken_on is the day on that clock. Degrees are
    WGS 84, both or neither. Texts are "" where nothing is known.
    """

    taken_at: datetime
    taken_offset: int | None
    taken_source: str
    taken_on: date
    latitude: float | None = None
    longitude: float | None = None
    camera_make: str = ""
    camera_model: str = ""
    lens: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Notes:
    """What stands in the file, as it stands there."""

    exif: Tags  # the main part and the camera's part together: their numbers do not meet
    gps: Tags
    packet: Packet  # of the file itself
    beside: Packet  # of the sidecar that came with it
    iptc: dict[tuple[int, int], object]

    @property
    def xmp(self) -> dict[str, str]:
        """Simple values. What a person changed beside a file that stayed as it was is the newer."""
        return self.packet.values | self.beside.values


def read_metadata(
    path: Path,
    *,
    name: str,
    file_date: datetime | None,
    received_at: datetime,
    time_zone: tzinfo,
    sidecar: bytes | None = None,
) -> Metadata:
    """Everything at once. The best source for the time wins, and odd dates count for nothing.

    name: as the person knows the file. file_date: the file's own date, where it came from a folder.
    time_zone: the household's, for sources that give a moment but no place's clock. sidecar: the XMP
    file that came with it. Raises RefusedFile if the file is no picture after all.
    """
    with open_picture(path, name) as (_format, image):
        notes = _notes_of(image, sidecar)
    source, reading = _taken(notes, name, file_date, received_at, time_zone)
    place = _place(notes)
    exif, xmp = notes.exif, notes.xmp
    return Metadata(
        taken_at=reading.moment,
        taken_offset=reading.offset,
        taken_source=source,
        taken_on=reading.clock.date(),
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        camera_make=_text(exif.get(ExifTags.Base.Make)) or xmp.get("tiff:Make", ""),
        camera_model=_text(exif.get(ExifTags.Base.Model)) or xmp.get("tiff:Model", ""),
        lens=_text(exif.get(ExifTags.Base.LensModel))
        or xmp.get("exifEX:LensModel", "")
        or xmp.get("aux:Lens", ""),
        description=_description(notes),
    )


def read_words(path: Path, *, name: str, sidecar: bytes | None = None) -> PictureWords:
    """What somebody wrote about the picture: in its sidecar, in its XMP, in its IPTC and EXIF, in this
    order. Raises RefusedFile if the file is no picture after all."""
    with open_picture(path, name) as (_format, image):
        notes = _notes_of(image, sidecar)
    titles, captions = _text(notes.iptc.get((2, 5))), _caption_outside_xmp(notes)
    elsewhere = PictureWords(
        titles={"": titles} if titles else {},
        captions={"": captions} if captions else {},
        writer=_text(notes.iptc.get((2, 122)))[:200],
    )
    return first_of([_words_in(notes.beside), _words_in(notes.packet), elsewhere])


def _words_in(packet: Packet) -> PictureWords:
    words = words_of(packet)
    captions = {
        language: text
        for language, text in words.captions.items()
        if text.lower() not in _NO_DESCRIPTION
    }
    return replace(words, captions=captions)


# --- What stands in the file ----------------------------------------------------------------------
def _notes_of(image: ImageFile.ImageFile, sidecar: bytes | None) -> _Notes:
    # PNG may keep EXIF behind its pixels: asking for it there would decode the picture again.
    exif = Image.Exif() if image.format == "PNG" and "exif" not in image.info else None
    exif = exif or _tolerant(image.getexif, Image.Exif())
    main: Tags = _tolerant(lambda: dict(exif), {})
    camera: Tags = _tolerant(lambda: dict(exif.get_ifd(ExifTags.IFD.Exif)), {})
    gps: Tags = _tolerant(lambda: dict(exif.get_ifd(ExifTags.IFD.GPSInfo)), {})
    iptc = _tolerant(lambda: IptcImagePlugin.getiptcinfo(image), None)
    packet = read_packet(_xmp_packet(image, main))
    return _Notes({**camera, **main}, gps, packet, read_packet(sidecar), dict(iptc or {}))


def _xmp_packet(image: Image.Image, main: Tags) -> bytes | str | None:
    for found in (
        image.info.get("xmp"),
        image.info.get("XML:com.adobe.xmp"),
        main.get(ExifTags.Base.XMLPacket),
    ):
        if isinstance(found, bytes | str) and found:
            return found
    return None


def _tolerant(read: Callable[[], T], otherwise: T) -> T:
    """Notes that cannot be read are no notes: a picture is never refused for them."""
    try:
        return read()
    except Exception:
        # Damaged notes make parsers fail in every way there is.
        return otherwise


def _text(value: object) -> str:
    """A note's text on one line, without what cameras fill it up with."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    return " ".join(value.split("\0")[0].split())[:_MAX_TEXT]


def _description(notes: _Notes) -> str:
    in_xmp = notes.xmp.get("dc:description", "")
    if in_xmp and in_xmp.lower() not in _NO_DESCRIPTION:
        return in_xmp[:_MAX_TEXT]
    return _caption_outside_xmp(notes)


def _caption_outside_xmp(notes: _Notes) -> str:
    for found in (
        _text(notes.iptc.get((2, 120))),
        _text(notes.exif.get(ExifTags.Base.ImageDescription)),
    ):
        if found and found.lower() not in _NO_DESCRIPTION:
            return found[:_MAX_TEXT]
    return ""


# --- When -----------------------------------------------------------------------------------------
def _taken(
    notes: _Notes,
    name: str,
    file_date: datetime | None,
    received_at: datetime,
    time_zone: tzinfo,
) -> tuple[str, Reading]:
    arrived = reading_of(received_at.astimezone(time_zone))
    for source, reading in _candidates(notes, name, file_date, time_zone):
        if is_plausible(reading, received_at=received_at):
            return source, reading
    return "received", arrived


def _candidates(
    notes: _Notes, name: str, file_date: datetime | None, time_zone: tzinfo
) -> Iterator[tuple[str, Reading]]:
    """The best first."""
    by_gps = _gps_time(notes)
    for reading in _exif_readings(notes.exif):
        yield "exif", _with_offset(reading, by_gps)
    if by_gps is not None:
        yield "gps", reading_of(by_gps.astimezone(time_zone))
    for key in _XMP_DATES:
        in_xmp = parse_written(notes.xmp.get(key, ""))
        if in_xmp is not None:
            yield "xmp", in_xmp
    in_iptc = _iptc_reading(notes.iptc)
    if in_iptc is not None:
        yield "iptc", in_iptc
    in_name = reading_in_name(name)
    if in_name is not None:
        known = in_name.offset is not None
        yield "filename", reading_of(in_name.moment.astimezone(time_zone)) if known else in_name
    if file_date is not None:
        yield "file", reading_of(file_date.astimezone(time_zone))


def _exif_readings(exif: Tags) -> Iterator[Reading]:
    for when, fraction, zone in _EXIF_DATES:
        reading = parse_written(_text(exif.get(when)))
        if reading is None:
            continue
        digits = _text(exif.get(fraction))
        if digits.isdecimal() and digits.isascii():
            micro = int(digits[:6].ljust(6, "0"))
            reading = Reading(reading.clock.replace(microsecond=micro), reading.offset)
        offset = parse_offset(_text(exif.get(zone)))
        yield reading if offset is None else Reading(reading.clock, offset)


def _with_offset(reading: Reading, by_gps: datetime | None) -> Reading:
    """The camera's clock, and how far it is from UTC as the satellites' time tells."""
    if reading.offset is not None or by_gps is None:
        return reading
    apart = reading.clock - by_gps.replace(tzinfo=None)
    # Some cameras write the wrong day beside the satellites' time.
    for days in (0, 1, -1):
        shown = apart + timedelta(days=days)
        lag, nearest = min((abs(shown - timedelta(minutes=offset)), offset) for offset in _OFFSETS)
        if lag <= _GPS_LAG:
            return Reading(reading.clock, nearest)
    return reading


def _gps_time(notes: _Notes) -> datetime | None:
    in_xmp = parse_written(notes.xmp.get("exif:GPSTimeStamp", ""))
    if in_xmp is not None and in_xmp.offset is not None:
        return in_xmp.moment
    gps = notes.gps
    day = parse_written(_text(gps.get(ExifTags.GPS.GPSDateStamp)))
    parts = _numbers(gps.get(ExifTags.GPS.GPSTimeStamp))
    if day is None or len(parts) != 3:
        return None
    hour, minute, second = parts
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 61):
        return None
    clock = time(int(hour), int(minute), min(int(second), 59))
    return datetime.combine(day.clock.date(), clock, UTC)


def _iptc_reading(iptc: dict[tuple[int, int], object]) -> Reading | None:
    """Date Created "20240706" and Time Created "142530+0200"."""
    day, clock = _text(iptc.get((2, 55))), _text(iptc.get((2, 60)))
    written = f"{day[:4]}-{day[4:6]}-{day[6:8]}"
    if len(clock) >= 6:
        timed = parse_written(f"{written} {clock[:2]}:{clock[2:4]}:{clock[4:6]}{clock[6:]}")
        if timed is not None:
            return timed
    return parse_written(written)


# --- Where ----------------------------------------------------------------------------------------
def _place(notes: _Notes) -> tuple[float, float] | None:
    gps, xmp = notes.gps, notes.xmp
    latitude = _degrees(
        gps.get(ExifTags.GPS.GPSLatitude), _text(gps.get(ExifTags.GPS.GPSLatitudeRef))
    )
    longitude = _degrees(
        gps.get(ExifTags.GPS.GPSLongitude), _text(gps.get(ExifTags.GPS.GPSLongitudeRef))
    )
    if latitude is None or longitude is None:
        latitude = _xmp_degrees(xmp.get("exif:GPSLatitude", ""))
        longitude = _xmp_degrees(xmp.get("exif:GPSLongitude", ""))
    if latitude is None or longitude is None:
        return None
    # 0, 0 lies in the sea off Africa: it is what receivers write before they know anything.
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
        return None
    return round(latitude, 6), round(longitude, 6)


def _degrees(value: object, direction: str) -> float | None:
    """Degrees, minutes and seconds as EXIF holds them, with N, S, E or W."""
    parts = _numbers(value)
    if not 1 <= len(parts) <= 3 or not direction:
        return None
    degrees = math.fsum(part / 60.0**at for at, part in enumerate(parts))
    return -degrees if direction[:1].upper() in {"S", "W"} else degrees


def _xmp_degrees(text: str) -> float | None:
    """XMP's "48,51.5N" and "48,51,30N"."""
    if not text or text[-1].upper() not in {"N", "S", "E", "W"}:
        return None
    parts = text[:-1].split(",")
    return _degrees(tuple(parts), text[-1])


def _numbers(value: object) -> list[float]:
    """The values of a note as finite numbers; nothing if one of them is not."""
    parts = value if isinstance(value, tuple | list) else (value,)
    numbers = []
    for part in parts:
        number = _number(part)
        if not math.isfinite(number):
            return []
        numbers.append(number)
    return numbers


def _number(part: object) -> float:
    """A fraction, a number or a text as a number; not a number (NaN) for anything else."""
    if not isinstance(part, str | SupportsFloat):
        return math.nan
    try:
        return float(part)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan
