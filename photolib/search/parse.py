"""What somebody typed, taken apart: days, months, years and words, in any of the house's languages."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from babel import Locale
from django.conf import settings

from photolib.core.words import fold

# "With", "in", "the" and the like, folded: they tell nothing apart.
STOP_WORDS = frozenset(
    (
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
        *("au", "aux", "avec", "chez", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le"),
        *("les", "ou", "par", "pour", "pres", "sur", "un", "une"),
        *("image", "images", "photo", "photos", "picture", "pictures"),
    )
)
# A beginning of this many letters finds the whole word; a shorter one only itself.
SHORTEST_PREFIX = 2
# More than that is no question a person types, and each costs a look into the index.
MOST_TERMS = 12

_WORD = re.compile(r"[^\W_]+")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_YEAR = re.compile(r"(1[89]|20)\d\d")


class Sort(StrEnum):
    WORD = "word"
    DAY = "day"
    MONTH = "month"
    WEEKDAY = "weekday"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the question. typed: as the person wrote it; folded: as words are compared.

    number: the day of the month, month 1..12, weekday 1 (Monday)..7, or year; 0 for a word.
    """

    sort: Sort
    typed: str
    folded: str
    number: int = 0


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a question, in their order, at most MOST_TERMS.

    "Anna at the beach, 6 July 2024" gives the words anna and beach, the day 6, the month 7 and the
    year 2024. Stop words are left out unless there is nothing else.
    """
    plain = _ISO_DATE.sub(_spelt_out, unicodedata.normalize("NFC", text))
    typed = [(word, fold(word)[0]) for word in _WORD.findall(plain) if fold(word)]
    telling = [pair for pair in typed if pair[1] not in STOP_WORDS] or typed
    folded = [pair[1] for pair in telling]
    terms = [
        _term(word, folded, place) for place, (word, _folded) in enumerate(telling[:MOST_TERMS])
    ]
    return tuple(dict.fromkeys(terms))


def _spelt_out(match: re.Match[str]) -> str:
    """2024-07-06 as the words that are understood anyway."""
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return match.group()
    name = Locale("en").months["format"]["wide"][int(month)]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def _term(typed: str, folded: list[str], place: int) -> Term:
    word = folded[place]
    beside = set(folded[max(place - 1, 0) : place] + folded[place + 1 : place + 2])
    if word in _months():
        return Term(Sort.MONTH, typed, word, _months()[word])
    if word in _weekdays():
        return Term(Sort.WEEKDAY, typed, word, _weekdays()[word])
    if _YEAR.fullmatch(word):
        return Term(Sort.YEAR, typed, word, int(word))
    day = _day(word)
    if day and beside & _months().keys():
        return Term(Sort.DAY, typed, word, day)
    return Term(Sort.WORD, typed, word)


def _day(word: str) -> int:
    """6, 6th or 1er as a number; 0 for what is no day of a month."""
    match = re.fullmatch(r"(\d{1,2})(st|nd|rd|th|er)?", word)
    day = int(match[1]) if match else 0
    return day if 1 <= day <= 31 else 0


@cache
def _months() -> dict[str, int]:
    """The months' names, whole and shortened, in every language: folded name → 1..12."""
    return {
        fold(name)[0]: number
        for language, _name in settings.LANGUAGES
        for width in ("abbreviated", "wide")
        for number, name in Locale(language).months["format"][width].items()
    }


@cache
def _weekdays() -> dict[str, int]:
    """The weekdays' whole names in every language: folded name → 1 (Monday)..7."""
    return {
        fold(name)[0]: number + 1
        for language, _name in settings.LANGUAGES
        for number, name in Locale(language).days["format"]["wide"].items()
    }
