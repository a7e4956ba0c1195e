"""The index of words: which rows a word leads to, in the way that either database can look up quickly."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from photolib.search.models import PhotoText, Word

# A beginning of this many letters finds the whole word; a shorter one only itself.
SHORTEST_PREFIX = 2
# Above every letter there is: all words with a beginning lie between it and it with this behind.
_LAST_LETTER = "\U0010ffff"

# Where a word came from (core.words): in the fields of a question.
PLACES = ("place",)
TEXTS = ("text", "read")
COUNTS = ("count",)


def count_word(people: int) -> str:
    """The word under which photos of so many people are found: nobody types it by accident."""
    return f"{people}people"


def rows_of(word: str, *, sources: Iterable[str] = (), whole: bool = False) -> QuerySet[Word]:
    """The rows of words that begin with `word` (or are it, where `whole`), perhaps of some sources."""
    rows = Word.objects.filter(_is(word) if whole else _begins(word))
    # Counts have digits and a word in one: "2" must not find them, nor "2pe".
    return rows.filter(source__in=list(sources)) if sources else rows.exclude(source__in=COUNTS)


def has_word(rows: QuerySet[Word], outer: str) -> Exists:
    """Whether one of the rows belongs to the photo whose key the outer query calls `outer`."""
    return Exists(rows.filter(photo=OuterRef(outer)))


def has_phrase(words: tuple[str, ...], sources: Iterable[str], outer: str) -> Exists:
    """Whether the words stand one after the other in one of the photo's texts."""
    texts = PhotoText.objects.filter(photo=OuterRef(outer), text__contains=f" {' '.join(words)} ")
    return Exists(texts.filter(source__in=list(sources)) if sources else texts)


def matches(word: str, names: Iterable[str], *, whole: bool = False) -> bool:
    """The same rule as rows_of, for the words of a name or title."""
    if whole or len(word) < SHORTEST_PREFIX or word.isdecimal():
        return word in names
    return any(name.startswith(word) for name in names)


def _begins(word: str) -> Q:
    """Words that begin with this one, in the way that the database can look up in its index."""
    if len(word) < SHORTEST_PREFIX or word.isdecimal():
        return _is(word)
    if connection.vendor == "postgresql":
        return Q(word__startswith=word)
    # SQLite's LIKE does not use the index; it compares letters by their code.
    return Q(word__gte=word, word__lt=word + _LAST_LETTER)


def _is(word: str) -> Q:
    return Q(word=word)
