"""What a stretch of time, a season or a weekday is in SQL, on a photo's date."""

from calendar import isleap
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection

from photolib.core.sql import NEVER, Sql, chained, fetched, joined
from photolib.search.question import Span, Weekday, When, Yearly

# Month and day.
Day = tuple[int, int]
# SQLite takes up to 500 SELECTs one after the other.
_MOST_SPANS = 300


def taken(when: When, photo: str) -> Sql:
    """Whether the photo was taken then; `photo` is its table, as the query calls it."""
    match when:
        case Weekday(number):
            return _often(_weekday(number, photo))
        case Yearly(ranges):
            days = [_every_year(first, last, photo) for first, last in ranges]
            return _often(joined(days, " OR ")) if days else NEVER
        case Span(first_day, last_day):
            return joined(
                [*_by_calendar(when, photo), *_in_utc(first_day, last_day, photo)], " AND "
            )


def photos_taken(when: When) -> Sql | None:
    """The photos of a stretch of time that has a first day, or of days of every year, from the index of
    dates; else None."""
    match when:
        case Span(first) if first is not None:
            return _photos_of(when)
        case Yearly(ranges):
            spans = _spans(ranges)
            if 0 < len(spans) <= _MOST_SPANS:
                return chained(map(_photos_of, spans), " UNION ALL ")
    return None


def _photos_of(span: Span) -> Sql:
    days = joined(_by_calendar(span, "p"), " AND ")
    return days.within("SELECT p.id AS photo_id FROM library_photo p WHERE {}")


def _spans(ranges: tuple[tuple[Day, Day], ...]) -> list[Span]:
    """These days in each year of which there may be photos."""
    # Each from its end of the index; together, all would be read.
    ends = "SELECT (SELECT min(taken_on) FROM library_photo), (SELECT max(taken_on) FROM library_photo)"
    ((oldest, newest),) = fetched(Sql(ends))
    if oldest is None:
        return []
    # SQLite gives text.
    years = range(int(str(oldest)[:4]), int(str(newest)[:4]) + 1)
    # The 29th of February is the 1st of March where it begins something, and the 28th where it ends it.
    spans = [
        Span(_day(year, first, later=True), _day(year, last, later=False))
        for year in reversed(years)
        for first, last in ranges
    ]
    return [span for span in spans if span.first and span.last and span.first <= span.last]


def _day(year: int, day: Day, *, later: bool) -> date:
    month, number = day
    if day == (2, 29) and not isleap(year):
        return date(year, 3, 1) if later else date(year, 2, 28)
    return date(year, month, number)


def _often(condition: Sql) -> Sql:
    """The condition, taken for one that holds of every second photo.

    PostgreSQL would take it for one that holds of every 200th, and sort those it finds instead of walking.
    """
    return condition.within("(SELECT {})") if connection.vendor == "postgresql" else condition


def _weekday(number: int, photo: str) -> Sql:
    if connection.vendor == "postgresql":
        return Sql(f"EXTRACT(ISODOW FROM {photo}.taken_on) = %s", (number,))
    # Django would ask Python for each row's weekday. Here Sunday is 0.
    return Sql(f"strftime(%s, {photo}.taken_on) = %s", ("%w", str(number % 7)))


def _every_year(first: tuple[int, int], last: tuple[int, int], photo: str) -> Sql:
    if connection.vendor == "postgresql":
        day = f"EXTRACT(MONTH FROM {photo}.taken_on) * 100 + EXTRACT(DAY FROM {photo}.taken_on)"
        ends: tuple[Any, ...] = tuple(month * 100 + day_of for month, day_of in (first, last))
        return Sql(f"{day} BETWEEN %s AND %s", ends)
    # The 07-06 of 2024-07-06.
    ends = tuple(f"{month:02}-{day_of:02}" for month, day_of in (first, last))
    return Sql(f"substr({photo}.taken_on, 6) BETWEEN %s AND %s", ends)


def _by_calendar(span: Span, photo: str) -> list[Sql]:
    """By the photographer's calendar."""
    adapt = connection.ops.adapt_datefield_value
    conditions = [Sql("1 = 1")]
    if span.first is not None:
        conditions.append(Sql(f"{photo}.taken_on >= %s", (adapt(span.first),)))
    if span.last is not None:
        conditions.append(Sql(f"{photo}.taken_on <= %s", (adapt(span.last),)))
    return conditions


def _in_utc(first: date | None, last: date | None, photo: str) -> list[Sql]:
    """The same in UTC, two days wider: the database begins at that place of the timeline's index."""
    conditions = []
    if first is not None and first > date.min + timedelta(days=2):
        conditions.append(Sql(f"{photo}.taken_at >= %s", (_moment(first - timedelta(days=2)),)))
    if last is not None and last < date.max - timedelta(days=2):
        conditions.append(Sql(f"{photo}.taken_at <= %s", (_moment(last + timedelta(days=2)),)))
    return conditions


def _moment(day: date) -> Any:
    moment = datetime.combine(day, time.min, UTC)
    return connection.ops.adapt_datetimefield_value(moment)
