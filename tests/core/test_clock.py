"""Dates as cameras, programs and file names write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photolib.core.clock import (
    Reading,
    is_plausible,
    parse_offset,
    parse_written,
    reading_in_name,
    reading_of,
)

NOW = datetime(2024, 8, 1, tzinfo=UTC)
CLOCKS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2099, 12, 31))  # noqa: DTZ001


def clock(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  readings have no zone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024:07:06 14:25:30", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("2024-07-06T14:25:30+02:00", Reading(clock(2024, 7, 6, 14, 25, 30), 120)),
        ("2024-07-06T14:25:30.125Z", Reading(clock(2024, 7, 6, 14, 25, 30, 125000), 0)),
        ("2024-07-06T14:25-03:30", Reading(clock(2024, 7, 6, 14, 25), -210)),
        ("2024-07-06", Reading(clock(2024, 7, 6, 12))),
        ("2016:12:31 23:59:60", Reading(clock(2016, 12, 31, 23, 59, 59))),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2024:13:40 00:00:00", None),
        ("2024:07:06 25:00:00", None),
        ("2024", None),
        ("yesterday", None),
    ],
)
def test_written_dates_are_read_or_nothing(text: str, expected: Reading | None) -> None:
    assert parse_written(text) == expected


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("+02:00", 120), ("-0330", -210), ("Z", 0), ("+5:45\0", 345), ("+19:00", None), ("   :  ", None)],
)  # fmt: skip
def test_offsets_are_minutes_or_nothing(text: str, minutes: int | None) -> None:
    assert parse_offset(text) == minutes


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_20240706_142530.jpg", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("IMG_20240706_142530123.jpg", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("20240706142530.jpg", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("PXL_20240706_142530123.jpg", Reading(clock(2024, 7, 6, 14, 25, 30), 0)),
        ("IMG-20240706-WA0001.jpg", Reading(clock(2024, 7, 6, 12))),
        ("Screenshot_2024-07-06-14-25-30.png", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("Screenshot 2024-07-06 at 2.25.30 PM.png", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("WhatsApp Image 2024-07-06 at 14.25.30.jpeg", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("2024-07-06 14.25.30.jpg", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("2024-07-06 (3).jpg", Reading(clock(2024, 7, 6, 12))),
        ("signal-2024-07-06-142530.jpg", Reading(clock(2024, 7, 6, 14, 25, 30))),
        ("IMG_20241399_250000.jpg", None),
        ("DSC_0042.jpg", None),
        ("1594031234567.jpg", None),
        ("order 320240706999.jpg", None),
        ("IMG_12.jpg", None),
    ],
)
def test_dates_in_file_names_are_found_or_nothing(name: str, expected: Reading | None) -> None:
    assert reading_in_name(name) == expected


@given(CLOCKS, st.sampled_from(["IMG_%Y%m%d_%H%M%S.jpg", "%Y-%m-%d %H.%M.%S.png"]))
def test_a_name_gives_back_the_date_that_was_put_in(moment: datetime, pattern: str) -> None:
    found = reading_in_name(moment.strftime(pattern))
    assert found == Reading(moment.replace(microsecond=0))


@given(st.text(max_size=60))
def test_any_name_and_any_text_is_read_without_an_error(text: str) -> None:
    for found in (reading_in_name(text), parse_written(text)):
        assert found is None or isinstance(found.moment, datetime)


@given(CLOCKS, st.integers(-14 * 60, 14 * 60))
def test_a_moment_and_its_reading_are_the_same_moment(moment: datetime, minutes: int) -> None:
    there = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    reading = reading_of(there)
    assert reading == Reading(moment, minutes)
    assert reading.moment == there


@pytest.mark.parametrize(
    ("moment", "plausible"),
    [
        (clock(2024, 7, 6, 12), True),
        (clock(1901, 5, 5, 12), True),
        (clock(2024, 8, 2), True),
        (clock(2024, 8, 3), False),
        (clock(1904, 1, 1), False),
        (clock(1970, 1, 1, 1), False),
        (clock(1980, 1, 1, 0, 3), False),
        (clock(1970, 1, 2), True),
        (clock(1700, 1, 1), False),
    ],
)
def test_placeholders_and_the_future_are_not_plausible(moment: datetime, plausible: bool) -> None:
    assert is_plausible(Reading(moment), received_at=NOW) is plausible
