"""Finding photos by words, names, albums and dates, as far as the viewer may see and know."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from photolib.accounts.models import User
from photolib.consent.queries import appearances_visible_to
from photolib.core.words import fold
from photolib.library.models import AlbumPhoto, Photo
from photolib.library.queries import albums_visible_to, photos_visible_to
from photolib.people.models import Person
from photolib.people.queries import people_of
from photolib.search.models import Word
from photolib.search.parse import SHORTEST_PREFIX, Sort, Term, parse

# Above every letter there is: all words with a beginning lie between it and it with this behind.
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """photos: newest first.

    understood: how the question was read, such as "people: Anna; words: dog, beach; date: July 2024".
    unknown: what was typed and leads to no photo the viewer may see; it is not in `understood`.
    """

    photos: QuerySet[Photo]
    understood: str
    unknown: tuple[str, ...] = ()


@dataclass(slots=True)
class _Understood:
    people: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    date: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the viewer knows by name: people and albums, each with the words of the name."""

    people: list[tuple[Person, list[str]]]
    albums: list[tuple[int, list[str]]]


def search_photos(viewer: User, text: str, language: str) -> SearchResult:
    """The photos that answer to every term of `text`, among those the viewer may see.

    A term is a word of the index or its beginning, a name the viewer may know (looked up now, so that
    a withdrawn one finds nothing), a word of an album's title, or a date. `understood` is written in
    `language`. An empty question finds nothing.
    """
    terms = parse(text)
    photos = photos_visible_to(viewer)
    if not terms:
        return SearchResult(photos.none(), "")
    known = _Known(
        people=[(person, fold(person.name)) for person in people_of(viewer)],
        albums=[(album.pk, fold(album.title)) for album in albums_visible_to(viewer)],
    )
    found, understood = photos, _Understood()
    for term in terms:
        condition = _condition(term, viewer, known, understood)
        if term.sort == Sort.WORD and not photos.filter(condition).exists():
            understood.unknown.append(term.typed)
        found = found.filter(condition)
    return SearchResult(found, _sentence(understood, language), tuple(understood.unknown))


def _condition(term: Term, viewer: User, known: _Known, understood: _Understood) -> Q:
    by_word = Q(pk__in=Word.objects.filter(_begins(term)).values("photo"))
    people = [person for person, words in known.people if _matches(term, words)]
    if people:
        seen = appearances_visible_to(viewer).filter(person__in=people)
        by_word |= Q(pk__in=seen.values("photo"))
    albums = [pk for pk, words in known.albums if _matches(term, words)]
    if albums:
        by_word |= Q(pk__in=AlbumPhoto.objects.filter(album__in=albums).values("photo"))
    if term.sort == Sort.WORD:
        names = [person.name for person in people if person.name not in understood.people]
        understood.people.extend(names)
        if not people:
            understood.words.append(term.typed)
        return by_word
    understood.date.append(term.typed)
    # "May" may be somebody's name, and a year stand in an album's title.
    return _date(term) | by_word


def _begins(term: Term) -> Q:
    """Words that begin with the term, in the way that the database can look up in its index."""
    if len(term.folded) < SHORTEST_PREFIX or term.folded.isdigit():
        return Q(word=term.folded)
    if connection.vendor == "postgresql":
        return Q(word__startswith=term.folded)
    # SQLite's LIKE does not use the index; it compares letters by their code.
    return Q(word__gte=term.folded, word__lt=term.folded + _LAST_LETTER)


def _matches(term: Term, words: list[str]) -> bool:
    if len(term.folded) < SHORTEST_PREFIX or term.folded.isdigit():
        return term.folded in words
    return any(word.startswith(term.folded) for word in words)


def _date(term: Term) -> Q:
    match term.sort:
        case Sort.DAY:
            return Q(taken_on__day=term.number)
        case Sort.MONTH:
            return Q(taken_on__month=term.number)
        case Sort.WEEKDAY:
            return Q(taken_on__iso_week_day=term.number)
        case _:
            return Q(taken_on__year=term.number)


def _sentence(understood: _Understood, language: str) -> str:
    with override(language):
        parts = [
            (_("people: %s"), understood.people),
            (_("words: %s"), [word for word in understood.words if word not in understood.unknown]),
            (_("date: %s"), [" ".join(understood.date)] if understood.date else []),
        ]
        return "; ".join(label % ", ".join(values) for label, values in parts if values)
