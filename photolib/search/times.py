"""What a stretch of time, a season or a weekday is in SQL, on a photo's date."""

from calendar import isleap, monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection

from photolib.core.sql import NEVER, Sql, chained, fetched, joined, marks
from photolib.search.fragment import often
from photolib.search.question import Span, Weekday, When, Yearly

# Month and day.
Day = tuple[int, int]
# SQLite takes up to 500 SELECTs one after the other.
_MOST_SPANS = 300


def taken(when: When, photo: str) -> Sql:
    """Whether the photo was taken then; `photo` is its table, as the query calls it."""
    match when:
        case Weekday(number):
            return often(_weekday(number, photo))
        case Yearly(ranges):
            return often(_every_year(ranges, photo)) if ranges else NEVER
        case Span(first_day, last_day):
            # Of the two, PostgreSQL would make a thirtieth, and sort what it finds instead of walking.
            in_utc = _in_utc(first_day, last_day, photo)
            on_days = joined(_by_calendar(when, photo), " AND ")
            return joined([often(on_days) if in_utc else on_days, *in_utc], " AND ")


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
    ends_of = (
        (_day(year, first, later=True), _day(year, last, later=False))
        for year in years
        for first, last in ranges
    )
    return _apart(sorted(days for days in ends_of if days[0] <= days[1]))


def _apart(stretches: list[tuple[date, date]]) -> list[Span]:
    """The same days, the newest first, with those that touch made one: no day is in two."""
    apart: list[tuple[date, date]] = []
    for first, last in stretches:
        if apart and first <= apart[-1][1] + timedelta(days=1):
            first, last = apart[-1][0], max(apart.pop()[1], last)
        apart.append((first, last))
    return [Span(first, last) for first, last in reversed(apart)]


def _day(year: int, day: Day, *, later: bool) -> date:
    month, number = day
    if day == (2, 29) and not isleap(year):
        return date(year, 3, 1) if later else date(year, 2, 28)
    return date(year, month, number)


def _weekday(number: int, photo: str) -> Sql:
    if connection.vendor == "postgresql":
        # Days since a Monday, as whole numbers: a tenth of the time that EXTRACT takes.
        return Sql(f"({photo}.taken_on - DATE '1900-01-01' + 700000) %% 7 = %s", (number - 1,))
    # Django would ask Python for each row's weekday. Here Sunday is 0.
    return Sql(f"strftime(%s, {photo}.taken_on) = %s", ("%w", str(number % 7)))


def _every_year(ranges: tuple[tuple[Day, Day], ...], photo: str) -> Sql:
    if all(map(_is_month, ranges)):
        return _in_months([first[0] for first, _last in ranges], photo)
    return joined([_on_days(first, last, photo) for first, last in ranges], " OR ")


def _is_month(days: tuple[Day, Day]) -> bool:
    (month, first), last = days
    return (first, last) == (1, (month, monthrange(2024, month)[1]))


def _in_months(months: list[int], photo: str) -> Sql:
    """Quicker to tell than days of the year: a date is taken apart once."""
    if connection.vendor == "postgresql":
        return marks(months).within(f"date_part('month', {photo}.taken_on) IN {{}}")
    # The 07 of 2024-07-06.
    return marks(f"{month:02}" for month in months).within(
        f"substr({photo}.taken_on, 6, 2) IN {{}}"
    )


def _on_days(first: Day, last: Day, photo: str) -> Sql:
    if connection.vendor == "postgresql":
        # EXTRACT would give exact decimals, which take three times as long.
        day = f"date_part('month', {photo}.taken_on) * 100 + date_part('day', {photo}.taken_on)"
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
