"""Finding photos by words, names, albums and dates, as far as the viewer may see and know."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from photolib.accounts.models import User
from photolib.core.sql import fetched, of_query
from photolib.library.models import Photo
from photolib.library.queries import photos_visible_to
from photolib.search.explain import explained
from photolib.search.known import Known
from photolib.search.near import near_word
from photolib.search.parse import parse
from photolib.search.parts import Part, either_of, part_of
from photolib.search.plan import Answer, ask, leads
from photolib.search.question import Clause, Group, Question, Sort

# Of so many of the newest photos it is counted on which half of the earth they were taken. Not more: where
# none has a place, the walk would go through all of them.
_NEWEST = 300


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something typed that leads to no photo the viewer may see.

    meant: a word near to it that does, or empty. instead, without: the whole question with that word,
    and without this one (empty where nothing else was asked).
    """

    typed: str
    meant: str
    instead: str
    without: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """understood: how the question was read, a phrase for each of its parts; unknown ones are not in it."""

    answer: Answer
    understood: tuple[str, ...]
    unknown: tuple[Unknown, ...] = ()

    @property
    def photos(self) -> QuerySet[Photo]:
        """Newest first."""
        return self.answer.photos

    @property
    def total(self) -> int:
        """How many there are; MOST_COUNTED + 1 where there are more than that."""
        return self.answer.total

    def newest(self, most: int) -> QuerySet[Photo]:
        """The newest `most` of them: what a first page needs, quicker to read than all."""
        return self.answer.newest(most)


def search_photos(viewer: User, text: str, language: str) -> SearchResult:
    """The photos that answer to every part of `text`, among those the viewer may see.

    A part is a word of the index or its beginning, a name the viewer may know (looked up now, so that
    a withdrawn one finds nothing), a word of an album's title, a date, a number of people, an exact
    phrase; `docs/search.md` tells all. What is told of it is written in `language`. An empty question
    finds nothing.
    """
    photos = photos_visible_to(viewer)
    question = _read(viewer, text, language)
    if not question:
        return SearchResult(Answer(photos, 0), ())
    known = Known.to(viewer, question)
    parts = [either_of([part_of(clause, known) for clause in group]) for group in question]
    pairs = list(zip(question, parts, strict=True))
    answer = ask(
        photos,
        wanted=[part for group, part in pairs if not group[0].without],
        unwanted=[part for group, part in pairs if group[0].without],
    )
    # Where the whole leads somewhere, each part does.
    asked = [] if answer.total else pairs
    nowhere = [group for group, part in asked if _is_unknown(group, part, photos)]
    with override(language):
        understood = tuple(
            explained(group, known, language) for group in question if group not in nowhere
        )
    unknown = tuple(_unknown(group[0], text, photos, known) for group in nowhere)
    return SearchResult(answer, understood, unknown)


def _read(viewer: User, text: str, language: str) -> Question:
    def read(*, south: bool) -> Question:
        today = timezone.localdate()
        return parse(text, language=viewer.described_in(language), today=today, south=south)

    north, south = read(south=False), read(south=True)
    # Only where a season is asked for: it costs a look at where the photos were taken.
    return south if south != north and _mostly_south(viewer) else north


def _mostly_south(viewer: User) -> bool:
    """Whether most of the newest photos with a place were taken on the southern half of the earth."""
    newest = of_query(photos_visible_to(viewer).values_list("latitude", flat=True)[:_NEWEST])
    if newest is None:
        return False
    # A photo without a place counts on neither half.
    frame = "SELECT sum(CASE WHEN n.latitude < 0 THEN 1 ELSE -1 END) FROM ({}) n WHERE n.latitude IS NOT NULL"
    ((balance,),) = fetched(newest.within(frame))
    return bool(balance and balance > 0)


def _is_unknown(group: Group, part: Part, photos: QuerySet[Photo]) -> bool:
    """Whether a part that was asked for by a word leads to nothing the viewer may see."""
    if any(clause.without or clause.sort in {Sort.WHEN, Sort.COUNT} for clause in group):
        return False
    return not leads(photos, part)


def _unknown(clause: Clause, text: str, photos: QuerySet[Photo], known: Known) -> Unknown:
    meant = near_word(clause.words[0], photos, known) if len(clause.words) == 1 else ""
    instead = _with(text, clause.typed, meant) if meant else ""
    rest = _with(text, clause.typed, "")
    return Unknown(clause.typed, meant, instead, rest)


def _with(text: str, typed: str, other: str) -> str:
    """The question with `other` in the place of what was typed, tidied."""
    changed = re.sub(rf"(?<!\w)[-−]?\"?{re.escape(typed)}\"?(?!\w)", other, text, count=1)
    return " ".join(changed.split())
