"""Dates as cameras, programs and file names write them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

# Before the oldest photograph there is (1826), a date is a mistake.
FIRST_YEAR = 1826
# Where clocks begin that were never set, and what programs write for "not known".
_PLACEHOLDERS = {date(1904, 1, 1), date(1970, 1, 1), date(1980, 1, 1)}
# A camera a day ahead in its time zone is no time traveller.
_AHEAD = timedelta(hours=36)
_WIDEST_OFFSET = 14 * 60

_WRITTEN = re.compile(
    r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{1,2}:?\d{2})?)?"
)
_OFFSET = re.compile(r"\s*([+-])(\d{1,2}):?(\d{2})\s*\0?$")
_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)"
    r"(?:(?:[-_ .T]|_at_| at )*(\d{1,2})([-_.:h]?)(\d\d)\6(\d\d)(?:\d{1,3})?\s?([AaPp][Mm])?)?"
    r"(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock showed (`clock` has no zone), and its distance from UTC in minutes if known."""

    clock: datetime
    offset: int | None = None

    @property
    def moment(self) -> datetime:
        """In UTC; where the offset is not known, the clock's reading as if it were UTC's."""
        return (self.clock - timedelta(minutes=self.offset or 0)).replace(tzinfo=UTC)


def reading_of(moment: datetime) -> Reading:
    """A moment that knows its zone, as the clocks there showed it."""
    offset = moment.utcoffset()
    minutes = None if offset is None else offset // timedelta(minutes=1)
    return Reading(moment.replace(tzinfo=None), minutes)


def parse_written(text: str) -> Reading | None:
    """EXIF's "2024:07:06 14:25:30", XMP's "2024-07-06T14:25:30.12+02:00" and the like.

    A day without a time is taken at noon. None for everything that is no date.
    """
    found = _WRITTEN.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        clock = datetime(int(year), int(month), int(day), 12)  # noqa: DTZ001  a reading, in no zone
        if hour is not None:
            # 60 in a leap second: the clock stands.
            clock = clock.replace(
                hour=int(hour), minute=int(minute), second=min(int(second or 0), 59)
            )
            clock = clock.replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")))
    except ValueError:
        return None
    return Reading(clock, parse_offset(zone or ""))


def parse_offset(text: str) -> int | None:
    """Minutes ahead of UTC: 120 for "+02:00", 0 for "Z"; None for what is no offset."""
    if text.strip().upper() == "Z":
        return 0
    found = _OFFSET.match(text)
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    offset = int(hours) * 60 + int(minutes)
    if offset > _WIDEST_OFFSET or int(minutes) > 59:
        return None
    return -offset if sign == "-" else offset


def reading_in_name(name: str) -> Reading | None:
    """The date in a file's name, as cameras, phones, messengers and screenshots write it.

    IMG_20240706_142530.jpg, IMG-20240706-WA0001.jpg, Screenshot_2024-07-06-14-25-30.png,
    2024-07-06 14.25.30.jpg, "WhatsApp Image 2024-07-06 at 2.25.30 PM.jpeg". A day alone is taken
    at noon. Pixel phones (PXL_…) write UTC, all others the clock on the wall.
    """
    for found in _IN_NAME.finditer(name):
        year, _dash, month, day, hour, _dot, minute, second, half = found.groups()
        written = f"{year}-{month}-{day}"
        reading = parse_written(written)
        if reading is None:
            continue
        if hour is not None:
            hours = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
            timed = parse_written(f"{written} {hours}:{minute}:{second}")
            if timed is not None:
                return Reading(timed.clock, 0 if name.startswith("PXL_") else None)
        return reading
    return None


def is_plausible(reading: Reading, *, received_at: datetime) -> bool:
    """No placeholder, not before photography, not after the picture arrived."""
    day = reading.clock.date()
    if day.year < FIRST_YEAR or day in _PLACEHOLDERS:
        return False
    return reading.clock <= received_at.astimezone(UTC).replace(tzinfo=None) + _AHEAD
