"""Words that are written nearly like one that leads nowhere: "Did you mean beach?"."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import QuerySet

from photolib.library.models import Photo
from photolib.search import index
from photolib.search.parts import Known

SHORTEST = 4
# Up to this many letters one of them may be wrong, beyond it two.
_ONE_WRONG = 6
_MOST_TRIED = 8

# From one word to the next in the index, without reading the rows of either.
_WORDS = """
    WITH RECURSIVE known(word) AS (
        SELECT (SELECT word FROM search_word WHERE {from_first} AND {to_last} {order} LIMIT 1)
        UNION ALL
        SELECT (SELECT word FROM search_word WHERE {from_next} AND {to_last} {order} LIMIT 1)
        FROM known WHERE known.word IS NOT NULL
    )
    SELECT word FROM known WHERE word IS NOT NULL
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


def near_word(typed: str, photos: QuerySet[Photo], known: Known) -> str:
    """The word nearest to `typed` that leads to one of `photos`, which the viewer may see; or empty.

    Words begin with the same letter, and nearly the same second; one letter may be wrong, missing, too
    much or in its neighbour's place, in long words two. Names that the viewer knows and titles of
    albums count as words.
    """
    if len(typed) < SHORTEST or typed.isdecimal():
        return ""
    allowed = 1 if len(typed) < _ONE_WRONG else 2
    candidates = sorted(
        (distance, word)
        for word in {*_known_words(typed), *_names(known)}
        if word != typed and abs(len(word) - len(typed)) <= allowed
        if (distance := edits(typed, word, allowed)) <= allowed
    )
    tried = candidates[:_MOST_TRIED]
    return next((word for _distance, word in tried if _leads(word, photos, known)), "")


def _known_words(typed: str) -> list[str]:
    """The words of the index that begin nearly so, of whomever: the caller asks who may know them.

    With the first two letters, or the first and the third, where the second may be one too much.
    """
    parts = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    words: list[str] = []
    with connection.cursor() as cursor:
        for first in sorted({typed[:2], typed[0] + typed[2]}):
            last = first + "\U0010ffff"
            cursor.execute(_WORDS.format(**parts), [first, last, last])
            words += [word for (word,) in cursor.fetchall()]
    return words


def _names(known: Known) -> Iterator[str]:
    for _person, words in known.people:
        yield from words
    for album in known.albums:
        yield from album.words


def _leads(word: str, photos: QuerySet[Photo], known: Known) -> bool:
    rows = index.rows_of(word, whole=True)
    if photos.filter(index.has_word(rows, "pk")).exists():
        return True
    if people := known.people_called((word,), whole=True):
        named = known.appearances.filter(person__in=people)
        return photos.filter(pk__in=named.values("photo")).exists()
    albums = [album.pk for album in known.albums_called((word,), whole=True)]
    return bool(albums) and photos.filter(album_entries__album__in=albums).exists()


def edits(one: str, other: str, limit: int) -> int:
    """How many letters are to be changed, put in, left out or swapped; limit + 1 where it is more.

    Source: Damerau 1964, in the form that changes no part twice (optimal string alignment).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        following = [i]
        for j, against in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > limit:
            return limit + 1
        before, row = row, following
    return row[-1]
