"""Words that are written nearly like one that leads nowhere: "Did you mean beach?"."""

from collections.abc import Iterator

from django.db.models import QuerySet

from photolib.library.models import Photo
from photolib.search import index
from photolib.search.known import Known
from photolib.search.parts import exactly
from photolib.search.plan import leads

SHORTEST = 4
# Up to this many letters one of them may be wrong, beyond it two.
_ONE_WRONG = 6
_MOST_TRIED = 8


def near_word(typed: str, photos: QuerySet[Photo], known: Known) -> str:
    """The word nearest to `typed` that leads to one of `photos`, which the viewer may see; or empty.

    Words begin with the same letter, and nearly the same second; one letter may be wrong, missing, too
    much or in its neighbour's place, in long words two. Names that the viewer knows and titles of
    albums count as words.
    """
    if len(typed) < SHORTEST or typed.isdecimal():
        return ""
    allowed = 1 if len(typed) < _ONE_WRONG else 2
    words = {*_known_words(typed, allowed), *_names(known)} - {typed}
    left = _MOST_TRIED
    # Those with one letter wrong first: mostly one of them leads somewhere, and they are quicker to find.
    for limit in range(1, allowed + 1):
        candidates = sorted(_so_near(typed, words, limit))[:left]
        for word in candidates:
            if _leads(word, photos, known):
                return word
        words -= set(candidates)
        left -= len(candidates)
    return ""


def _so_near(typed: str, words: set[str], limit: int) -> Iterator[str]:
    for word in words:
        if (
            abs(len(word) - len(typed)) <= limit
            and _may_be_near(typed, word, limit)
            and edits(typed, word, limit) <= limit
        ):
            yield word


def _known_words(typed: str, allowed: int) -> Iterator[str]:
    """The words of the index that begin nearly so, and are about as long.

    With the first two letters, or the first and the third, where the second may be one too much.
    """
    for first in sorted({typed[:2], typed[0] + typed[2]}):
        yield from index.words_beginning(
            first, shortest=len(typed) - allowed, longest=len(typed) + allowed
        )


def _names(known: Known) -> Iterator[str]:
    for one in (*known.people, *known.albums):
        yield from one.words


def _leads(word: str, photos: QuerySet[Photo], known: Known) -> bool:
    return any(leads(photos, part) for part in exactly(word, known))


def _may_be_near(one: str, other: str, limit: int) -> bool:
    """Whether so few letters are not in the other word that edits() is worth its time."""
    missing = 0
    for letter in one:
        if letter in other:
            other = other.replace(letter, "", 1)
        else:
            missing += 1
            if missing > limit:
                return False
    return True


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
