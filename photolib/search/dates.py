"""Days, months and years in a row of words: "in summer 2019", "il y a deux ans", "since May 2020"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from photolib.search import sayings
from photolib.search.calendar import (
    every_month,
    every_season,
    last_month_called,
    last_season,
    month_span,
    months,
    season_span,
    since_units,
    this_season,
    unit_span,
    weekdays,
    year_span,
)
from photolib.search.question import Span, Weekday, When, Yearly

_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|o)?")
_FIRST_YEAR, _LAST_YEAR = 1800, 2099
_MOST_BACK = 150  # years


@dataclass(frozen=True, slots=True)
class Found:
    """What a part of the words means, and how many of them it takes. bare: it may be a name too."""

    when: When
    length: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads dates. today: what "last week" is counted from. south: where summer is in January."""

    words: Sequence[str]
    today: date
    south: bool

    def at(self, place: int) -> Found | None:
        """The longest way to read a date that begins with the word at `place`."""
        readings = (
            self._between(place), self._relative(place), self._bounded(place), self._loose(place),
        )  # fmt: skip
        found = [reading for reading in readings if reading is not None]
        return max(found, key=lambda reading: reading.length, default=None)

    def word(self, place: int) -> str:
        return self.words[place] if 0 <= place < len(self.words) else ""

    # --- without any word beside it ---------------------------------------------------------------

    def _loose(self, place: int) -> Found | None:
        """A day of a month, a month, a season, a weekday or a year, each by itself."""
        word = self.word(place)
        if day := _day(word):
            after = self._skip(place + 1)
            if month := months().get(self.word(after)):
                return _every_day(month, day, after + 1 - place)
        if month := months().get(word):
            if day := _day(self.word(place + 1)):
                return _every_day(month, day, 2) or Found(every_month(month), 1, bare=True)
            return Found(every_month(month), 1, bare=True)
        return self._one_word(word)

    def _one_word(self, word: str) -> Found | None:
        if season := sayings.SEASONS.get(word):
            return Found(every_season(season, south=self.south), 1, bare=True)
        if number := weekdays().get(word):
            return Found(Weekday(number), 1, bare=True)
        if year := _year(word):
            return Found(year_span(year), 1, bare=True)
        span = iso_span(word)
        return Found(span, 1) if span else None

    # --- one moment, to count from ----------------------------------------------------------------

    def _moment(self, place: int) -> tuple[Span, int] | None:
        """A stretch of time and the place after it: what may stand behind "since" or "before"."""
        place = self._skip(place)
        if relative := self._relative(place):
            if isinstance(relative.when, Span):
                return relative.when, place + relative.length
            return None
        return self._day_of_month(place) or self._season_or_year(place)

    def _day_of_month(self, place: int) -> tuple[Span, int] | None:
        word, after = self.word(place), self._skip(place + 1)
        if (day := _day(word)) and (month := months().get(self.word(after))):
            return self._with_year(month, day, after + 1)
        if month := months().get(word):
            day = _day(self.word(place + 1))
            return self._with_year(month, day, place + (2 if day else 1))
        return None

    def _season_or_year(self, place: int) -> tuple[Span, int] | None:
        word, after = self.word(place), self._skip(place + 1)
        if season := sayings.SEASONS.get(word):
            if year := _year(self.word(after)):
                return season_span(season, year, south=self.south), after + 1
            return last_season(season, self.today, south=self.south), place + 1
        year = _year(word)
        span = year_span(year) if year else iso_span(word)
        return (span, place + 1) if span else None

    def _with_year(self, month: int, day: int, place: int) -> tuple[Span, int] | None:
        after = self._skip(place)
        year = _year(self.word(after))
        end = after + 1 if year else place
        span = month_span(year, month) if year else last_month_called(month, self.today)
        if not day:
            return span, end
        try:
            exact = (span.first or self.today).replace(day=day)
        except ValueError:
            return None
        return Span(exact, exact), end

    # --- with words around it ---------------------------------------------------------------------

    def _between(self, place: int) -> Found | None:
        """ "between 2015 and 2018", "from May to July 2019"."""
        for opening in (*sayings.BETWEEN, *sayings.FROM):
            if not self._says(opening, place):
                continue
            first = self._moment(place + len(opening))
            if first is None or self.word(first[1]) not in sayings.AND_TO:
                continue
            last = self._moment(first[1] + 1)
            low, high = first[0].first, last[0].last if last else None
            if last is not None and low is not None and high is not None:
                if low > high:
                    # "from May to July 2019": the year counts for both.
                    low = low.replace(year=high.year, day=min(low.day, 28))
                return Found(Span(min(low, high), max(low, high)), last[1] - place)
        return None

    def _bounded(self, place: int) -> Found | None:
        """ "before 2010", "after May 2020", "since last week", "until 2015"."""
        for openings, open_end, inclusive in (
            (sayings.BEFORE, "first", False),
            (sayings.AFTER, "last", False),
            (sayings.SINCE, "last", True),
            (sayings.UNTIL, "first", True),
        ):
            for opening in openings:
                if not self._says(opening, place):
                    continue
                moment = self._moment(place + len(opening))
                if moment is not None:
                    span = _bound(moment[0], open_end, inclusive)
                    return Found(span, moment[1] - place) if span else None
        return None

    def _relative(self, place: int) -> Found | None:
        """ "yesterday", "last summer", "il y a deux ans", "the last 3 months", "this year"."""
        for words, days in sayings.DAYS.items():
            if self._says(words, place):
                day = self.today + timedelta(days=days)
                return Found(Span(day, day), len(words))
        return self._ago(place) or self._this_or_last(place) or self._last_after(place)

    def _ago(self, place: int) -> Found | None:
        for opening in sayings.AGO_BEFORE:
            if self._says(opening, place):
                at = place + len(opening)
                if counted := self._counted(at):
                    return Found(self._back(*counted), len(opening) + 2)
        if (counted := self._counted(place)) and self.word(place + 2) in sayings.AGO_AFTER:
            return Found(self._back(*counted), 3)
        return None

    def _back(self, count: int, unit: str) -> Span:
        return unit_span(unit, count, self.today)

    def _counted(self, place: int) -> tuple[int, str] | None:
        """ "two years" as 2 and year; nothing where it leads out of the calendar."""
        word, unit = self.word(place), sayings.UNITS.get(self.word(place + 1), "")
        count = int(word) if word.isdecimal() and len(word) < 5 else sayings.NUMBERS.get(word, 0)
        days = {"day": 1, "week": 7, "month": 31, "year": 366}.get(unit, 0) * count
        return (count, unit) if 0 < days <= _MOST_BACK * 366 else None

    def _this_or_last(self, place: int) -> Found | None:
        word, following = self.word(place), self.word(place + 1)
        if word in sayings.THIS:
            if unit := sayings.UNITS.get(following):
                return Found(unit_span(unit, 0, self.today), 2)
            if season := sayings.SEASONS.get(following):
                return Found(this_season(season, self.today, south=self.south), 2)
        if word in sayings.LAST:
            if counted := self._counted(place + 1):
                return Found(since_units(counted[1], counted[0], self.today), 3)
            if span := self._latest(following):
                return Found(span, 2)
        return None

    def _last_after(self, place: int) -> Found | None:
        """ "l'été dernier", "la semana pasada", "les 3 derniers mois"."""
        if self.word(place + 1) in sayings.LAST_AFTER:
            word = self.word(place)
            if span := self._latest(word):
                return Found(span, 2)
            unit = sayings.UNITS.get(self.word(place + 2), "")
            count = (
                int(word) if word.isdecimal() and len(word) < 4 else sayings.NUMBERS.get(word, 0)
            )
            if unit and 0 < count <= _MOST_BACK:
                return Found(since_units(unit, count, self.today), 3)
        if (counted := self._counted(place)) and self.word(place + 2) in sayings.LAST_AFTER:
            return Found(since_units(counted[1], counted[0], self.today), 3)
        return None

    def _latest(self, word: str) -> Span | None:
        """The latest one that is called so: summer, July, Monday, week."""
        if unit := sayings.UNITS.get(word):
            return unit_span(unit, 1, self.today)
        if season := sayings.SEASONS.get(word):
            return last_season(season, self.today, south=self.south)
        if month := months().get(word):
            return last_month_called(month, self.today)
        if weekday := weekdays().get(word):
            back = (self.today.isoweekday() - weekday) % 7 or 7
            day = self.today - timedelta(days=back)
            return Span(day, day)
        return None

    def _says(self, words: tuple[str, ...], place: int) -> bool:
        return tuple(self.words[place : place + len(words)]) == words

    def _skip(self, place: int) -> int:
        while self.word(place) in sayings.FILLERS:
            place += 1
        return place


def iso_span(text: str) -> Span | None:
    """2024-07-06 or 2024-07; None for what is no day of the calendar."""
    if not _ISO.fullmatch(text):
        return None
    try:
        if len(text) == 7:
            return month_span(int(text[:4]), int(text[5:]))
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return Span(day, day)


def _bound(span: Span, open_end: str, inclusive: bool) -> Span | None:
    """What lies before or after a stretch of time, with it or without it."""
    if span.first is None or span.last is None:
        return None
    if open_end == "first":
        return Span(None, span.last if inclusive else span.first - timedelta(days=1))
    return Span(span.first if inclusive else span.last + timedelta(days=1), None)


def _day(word: str) -> int:
    """6, 6th or 1er as a number; 0 for what is no day of a month."""
    match = _ORDINAL.fullmatch(word)
    day = int(match[1]) if match else 0
    return day if 1 <= day <= 31 else 0


def _year(word: str) -> int:
    year = int(word) if len(word) == 4 and word.isdecimal() else 0
    return year if _FIRST_YEAR <= year <= min(_LAST_YEAR, MAXYEAR) else 0


def _every_day(month: int, day: int, length: int) -> Found | None:
    try:
        date(2024, month, day)
    except ValueError:
        return None
    return Found(Yearly((((month, day), (month, day)),)), length)
