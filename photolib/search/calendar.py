"""The months and weekdays of six languages, and the days that a season, a month or a week has."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from babel import Locale
from django.conf import settings

from photolib.core.words import fold
from photolib.search.question import Season, Span, Yearly

# By month, as weather services count; on the southern half of the earth half a year later.
_FIRST_MONTH = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9, Season.WINTER: 12}


# Short names that are words of another language: sea, long ago, a set of plates.
_NO_MONTHS = frozenset({"mar", "ago", "set"})


def load() -> None:
    """Read the names of six languages now: it takes 0.1 seconds, once in a process."""
    months()
    weekdays()


@cache
def months() -> dict[str, int]:
    """The months' names, whole and shortened, in every language: folded name → 1..12."""
    names: dict[str, int] = {}
    for language, _name in settings.DESCRIPTION_LANGUAGES:
        for width in ("abbreviated", "wide"):
            for number, name in Locale(language).months["format"][width].items():
                names.setdefault(fold(name)[0], number)
    return {name: number for name, number in names.items() if name not in _NO_MONTHS}


@cache
def weekdays() -> dict[str, int]:
    """The weekdays' whole names in every language, also in the plural: folded → 1 (Monday)..7."""
    names: dict[str, int] = {}
    for language, _name in settings.DESCRIPTION_LANGUAGES:
        for number, name in Locale(language).days["format"]["wide"].items():
            word = fold(name)[0]
            names.setdefault(word, number + 1)
            names.setdefault(f"{word}s", number + 1)
    return names


def month_span(year: int, month: int) -> Span:
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_span(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def every_month(month: int) -> Yearly:
    # 2024 was a leap year: the longest February.
    return Yearly((((month, 1), (month, monthrange(2024, month)[1])),))


def season_months(season: Season, *, south: bool) -> tuple[int, int, int]:
    """The three months of a season, in their order: 12, 1 and 2 for a northern winter."""
    first = _FIRST_MONTH[season] + (6 if south else 0)
    return tuple((first + more - 1) % 12 + 1 for more in range(3))  # type: ignore[return-value]


def every_season(season: Season, *, south: bool) -> Yearly:
    """A season of every year. Of one year, a winter is that year's January, February and December."""
    ranges = (every_month(month).ranges[0] for month in season_months(season, south=south))
    return Yearly(tuple(sorted(ranges)))


def season_span(season: Season, year: int, *, south: bool) -> Span:
    """The season that begins in this year, without a break."""
    first, _middle, last = season_months(season, south=south)
    end = year + 1 if last < first else year
    return Span(date(year, first, 1), month_span(end, last).last)


def last_season(season: Season, today: date, *, south: bool) -> Span:
    """The latest season of that name that is over."""
    spans = [season_span(season, today.year - back, south=south) for back in range(3)]
    return next(span for span in spans if span.last is not None and span.last < today)


def this_season(season: Season, today: date, *, south: bool) -> Span:
    """The season that is now, or else this year's."""
    before = season_span(season, today.year - 1, south=south)
    if before.last is not None and before.last >= today:
        return before
    return season_span(season, today.year, south=south)


def last_month_called(month: int, today: date) -> Span:
    """The latest month of that number that has begun before this month."""
    return month_span(today.year if month < today.month else today.year - 1, month)


def unit_span(unit: str, back: int, today: date) -> Span:
    """The day, week (from Monday), month or year that is `back` units ago; 0 is the present one."""
    if unit == "day":
        day = today - timedelta(days=back)
        return Span(day, day)
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return Span(monday, monday + timedelta(days=6))
    if unit == "month":
        number = today.year * 12 + today.month - 1 - back
        return month_span(number // 12, number % 12 + 1)
    return year_span(today.year - back)


def since_units(unit: str, count: int, today: date) -> Span:
    """The last so many days, weeks, months or years, up to today."""
    if unit in {"day", "week"}:
        return Span(today - timedelta(days=count * (7 if unit == "week" else 1)), today)
    number = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = number // 12, number % 12 + 1
    return Span(date(year, month, min(today.day, monthrange(year, month)[1])), today)
