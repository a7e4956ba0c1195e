"""The index of words: which rows a word leads to, in the way that either database can look up quickly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from photolib.core.sql import Sql, chained, fetched, joined, marks
from photolib.search.fragment import Tested

# A beginning of this many letters finds the whole word; a shorter one only itself.
SHORTEST_PREFIX = 2
# A beginning that has no more words than this is asked for as these words: the database then knows how
# many photos they have, and reads each word's photos in order.
_MOST_WORDS = 8
# Above every letter there is: all words with a beginning lie between it and it with this behind.
_LAST_LETTER = "\U0010ffff"

_ONE_WORD = "w.word = %s"

# Where a word came from (core.words): in the fields of a question.
PLACES = ("place",)
TEXTS = ("text", "read")
COUNTS = ("count",)

# From one word to the next in the index, without reading the rows of either.
_NEXT_WORDS = """
    WITH RECURSIVE known(word) AS (
        SELECT (SELECT word FROM search_word WHERE {from_first} AND {to_last} {order} LIMIT 1)
        UNION ALL
        SELECT (SELECT word FROM search_word WHERE {from_next} AND {to_last} {order} LIMIT 1)
        FROM known WHERE known.word IS NOT NULL
    )
    SELECT word FROM known WHERE word IS NOT NULL AND length(word) BETWEEN %s AND %s LIMIT %s
"""
_SQLITE = {
    "from_first": "word >= %s", "to_last": "word < %s",
    "from_next": "word > known.word", "order": "ORDER BY word",
}  # fmt: skip
# The index compares by code there, which these operators ask for.
_POSTGRESQL = {
    "from_first": "word ~>=~ %s", "to_last": "word ~<~ %s",
    "from_next": "word ~>~ known.word", "order": "ORDER BY word USING ~<~",
}  # fmt: skip


def count_word(people: int) -> str:
    """The word under which photos of so many people are found: nobody types it by accident."""
    return f"{people}people"


def words_beginning(
    start: str, *, shortest: int = 0, longest: int = 60, most: int = 1_000_000
) -> list[str]:
    """The words of the index that begin so, of whomever: the caller asks who may know them."""
    last = start + _LAST_LETTER
    parts = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    params = (start, last, last, shortest, longest, most)
    return [word for (word,) in fetched(Sql(_NEXT_WORDS.format(**parts), params))]


@dataclass(frozen=True, slots=True)
class Words:
    """Which rows `w` of words are meant: as the index finds them, and as the rows of one photo are tested."""

    find: Sql
    test: Sql

    @property
    def is_one(self) -> bool:
        """Whether they are those of a single word."""
        return self.find.text.startswith(_ONE_WORD)

    def that_are(self, more: Sql) -> "Words":
        """Those of them of which `more` holds, too."""
        return Words(*(chained([one, more], " AND ") for one in (self.find, self.test)))


def rows_of(word: str, *, whole: bool = False) -> Words | None:
    """The rows of words that begin with `word` (or are it, where `whole`), of whatever source.

    None where no photo has such a word.
    """
    return _exactly(word) if _only_itself(word, whole) else _begins(word)


def of_sources(words: Words, typed: str, sources: Sequence[str]) -> Words:
    """Those of the rows that have one of these sources, or where there are none, that are no count."""
    if sources:
        return words.that_are(marks(sources).within("w.source IN {}"))
    # Counts have digits and a word in one: "2" must not find them, nor "2pe".
    if typed[:1].isdecimal():
        return words.that_are(marks(COUNTS).within("w.source NOT IN {}"))
    return words


def photos_of(words: Words) -> Sql:
    """The photos of these rows of words, one for each row."""
    # To find each photo once, SQLite would look all photos of the library up instead.
    if connection.vendor == "sqlite":
        frame = "SELECT w.photo_id FROM search_word w INDEXED BY word_to_photo WHERE {}"
        return words.find.within(frame)
    return words.find.within("SELECT w.photo_id FROM search_word w WHERE {}")


def has_word(words: Words, at: Tested) -> Sql:
    """Whether one of the rows belongs to the photo."""
    which = words.test if at.one_by_one else words.find
    mine = joined([Sql(f"w.photo_id = {at.key}"), which], " AND ")
    return at.among(mine.within("search_word w WHERE {}"))


def has_phrase(words: tuple[str, ...], sources: Sequence[str], at: Tested) -> Sql:
    """Whether the words stand one after the other in one of the photo's texts."""
    place = "strpos" if connection.vendor == "postgresql" else "instr"
    condition = [
        Sql(f"t.photo_id = {at.key}"),
        Sql(f"{place}(t.text, %s) > 0", (f" {' '.join(words)} ",)),
    ]
    if sources:
        condition.append(marks(sources).within("t.source IN {}"))
    return at.among(joined(condition, " AND ").within("search_phototext t WHERE {}"))


def matches(word: str, names: Iterable[str], *, whole: bool = False) -> bool:
    """The same rule as rows_of, for the words of a name or title."""
    if _only_itself(word, whole):
        return word in names
    return any(name.startswith(word) for name in names)


def _only_itself(word: str, whole: bool) -> bool:
    return whole or len(word) < SHORTEST_PREFIX or word.isdecimal()


def _exactly(*words: str) -> Words:
    condition = marks(words).within("w.word IN {}") if len(words) > 1 else Sql(_ONE_WORD, words)
    return Words(condition, condition)


def _begins(start: str) -> Words | None:
    """Words that begin so, in the way that the database can look up in its index."""
    words = words_beginning(start, most=_MOST_WORDS + 1)
    if not words:
        return None
    if len(words) <= _MOST_WORDS:
        return _exactly(*words)
    last = start + _LAST_LETTER
    if connection.vendor == "postgresql":
        find = Sql("w.word ~>=~ %s AND w.word ~<~ %s", (start, last))
        # Which no index finds: else that of words would be read from end to end for each photo.
        return Words(find, Sql("left(w.word, %s) = %s", (len(start), start)))
    # SQLite's LIKE does not use the index; it compares letters by their code.
    find = Sql("w.word >= %s AND w.word < %s", (start, last))
    return Words(find, find)
