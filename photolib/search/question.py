"""A question, taken apart: what must hold of a photo. Plain values, without the database."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included; None: without end on that side."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Yearly:
    """Days that come again every year, as ((month, day), (month, day)) of first and last.

    None of them runs over New Year's Eve; the 29th of February may stand for the month's end.
    """

    ranges: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 1 (Monday)..7."""

    number: int


When = Span | Yearly | Weekday


class Season(StrEnum):
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Sort(StrEnum):
    """What kind of thing a part of a question is."""

    WORD = "word"  # a word, the beginning of one, a name or an album
    PHRASE = "phrase"  # words one after the other
    WHEN = "when"
    COUNT = "count"  # so many people
    PERSON = "person"
    PLACE = "place"
    ALBUM = "album"
    TEXT = "text"  # written by people, or to be read in the picture


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a question.

    typed: as the person wrote it. words: folded, as words are compared. number: of people.
    without: photos of which it holds are left out.
    """

    sort: Sort
    typed: str
    words: tuple[str, ...] = ()
    when: When | None = None
    number: int = 0
    without: bool = False


# All groups must hold; of a group, one clause is enough.
Group = tuple[Clause, ...]
Question = tuple[Group, ...]
