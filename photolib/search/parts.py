"""What each part of a question means for one viewer: words of the index, names, albums, dates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from photolib.accounts.models import User
from photolib.consent.queries import appearances_visible_to
from photolib.core.words import fold
from photolib.library.models import AlbumPhoto, Photo
from photolib.library.queries import albums_visible_to
from photolib.people.models import Appearance, Person
from photolib.people.queries import people_of
from photolib.search import index
from photolib.search.models import Word
from photolib.search.question import Clause, Sort, Span, Weekday, When, Yearly

# So many photos are looked at one by one: a part that leads to no more is where the search begins.
FEW = 2000

Test = Callable[[str, str], Q]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question, as the database is asked.

    test(key, photo): the condition on a row whose column `key` is the photo's key, and whose path to
        the photo's columns is `photo` ("" or "photo__").
    few: the keys of all photos of which it holds, whoever may see them, where they are few.
    word: the rows that are enough to tell, where there is nothing but a word. keys: the query of `few`,
        which is quicker to ask with than thousands of numbers.
    bounded: it is a stretch of time, which the timeline's index finds.
    """

    test: Test
    few: frozenset[int] | None = None
    word: QuerySet[Word] | None = None
    keys: QuerySet[Any, int] | None = None
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Album:
    pk: int
    title: str
    words: tuple[str, ...]


@dataclass(slots=True)
class Known:
    """What the viewer knows by name, and the years there are. Each is read once, when it is needed."""

    viewer: User
    people: list[tuple[Person, tuple[str, ...]]]
    albums: list[Album]
    _appearances: QuerySet[Appearance] | None = field(default=None)
    _years: range | None = field(default=None)

    @classmethod
    def to(cls, viewer: User) -> "Known":
        return cls(
            viewer=viewer,
            people=[(person, tuple(fold(person.name))) for person in people_of(viewer)],
            albums=[
                Album(album.pk, album.title, tuple(fold(album.title)))
                for album in albums_visible_to(viewer)
            ],
        )

    def people_called(self, words: Iterable[str], *, whole: bool = False) -> list[Person]:
        return [
            person
            for person, names in self.people
            if all(index.matches(word, names, whole=whole) for word in words)
        ]

    def albums_called(self, words: Iterable[str], *, whole: bool = False) -> list[Album]:
        return [
            album
            for album in self.albums
            if all(index.matches(word, album.words, whole=whole) for word in words)
        ]

    @property
    def appearances(self) -> QuerySet[Appearance]:
        """Who is where, as far as the viewer may know today."""
        if self._appearances is None:
            self._appearances = appearances_visible_to(self.viewer)
        return self._appearances

    @property
    def years(self) -> range:
        """Every year that any photo may be of. Two looks at the index of dates."""
        if self._years is None:
            days = Photo.objects.order_by("taken_on").values_list("taken_on", flat=True)
            first, last = days.first(), days.last()
            self._years = range(first.year, last.year + 1) if first and last else range(0)
        return self._years


def part_of(clause: Clause, known: Known) -> Part:
    """The part that a clause is for this viewer."""
    match clause.sort:
        case Sort.WHEN:
            return _either([_when(clause, known), *_named(clause, known, whole=True)])
        case Sort.COUNT:
            return _word(index.count_word(clause.number), sources=index.COUNTS, whole=True)
        case Sort.PERSON:
            return _people(known.people_called(clause.words), known)
        case Sort.ALBUM:
            return _albums(known.albums_called(clause.words))
        case Sort.PLACE:
            return _words(clause.words, index.PLACES)
        case Sort.TEXT:
            return _words(clause.words, index.TEXTS)
        case Sort.PHRASE:
            return _either([_words(clause.words, ()), *_named(clause, known, whole=True)])
    return _either([_word(clause.words[0]), *_named(clause, known, whole=False)])


def either_of(parts: list[Part]) -> Part:
    """One part that holds where one of these holds."""
    return _either(parts)


def _named(clause: Clause, known: Known, *, whole: bool) -> list[Part]:
    """The people and albums called so."""
    if not clause.words:
        return []
    parts = []
    if people := known.people_called(clause.words, whole=whole):
        parts.append(_people(people, known))
    if albums := known.albums_called(clause.words, whole=whole):
        parts.append(_albums(albums))
    return parts


def _words(words: tuple[str, ...], sources: tuple[str, ...]) -> Part:
    """Words one after the other; one word alone is that whole word, or a beginning in a field."""
    if len(words) == 1:
        return _word(words[0], sources=sources, whole=not sources)
    rarest = [_word(word, sources=sources, whole=True) for word in words]
    few = [part.few for part in rarest if part.few is not None]

    def test(key: str, photo: str) -> Q:
        return Q(index.has_phrase(words, sources, key))

    if not few:
        return Part(test)
    keys = frozenset.intersection(*few)
    kept = Photo.objects.filter(test("pk", ""), pk__in=keys).order_by().values_list("pk", flat=True)
    return Part(test, few=frozenset(kept))


def _word(word: str, *, sources: tuple[str, ...] = (), whole: bool = False) -> Part:
    rows = index.rows_of(word, sources=sources, whole=whole)
    keys = rows.order_by().values_list("photo_id", flat=True)
    return Part(
        lambda key, _photo: Q(index.has_word(rows, key)), few=_few(keys), word=rows, keys=keys
    )


def _people(people: list[Person], known: Known) -> Part:
    rows = known.appearances.filter(person__in=people)
    keys = rows.order_by().values_list("photo_id", flat=True)
    return Part(
        lambda key, _photo: Q(Exists(rows.filter(photo=OuterRef(key)))), few=_few(keys), keys=keys
    )


def _albums(albums: list[Album]) -> Part:
    rows = AlbumPhoto.objects.filter(album__in=[album.pk for album in albums])
    keys = rows.order_by().values_list("photo_id", flat=True)
    return Part(
        lambda key, _photo: Q(Exists(rows.filter(photo=OuterRef(key)))), few=_few(keys), keys=keys
    )


def _few(keys: QuerySet[Any, int]) -> frozenset[int] | None:
    """All the keys, or None where there are more than FEW rows."""
    found = list(keys[: FEW + 1])
    return frozenset(found) if len(found) <= FEW else None


def _when(clause: Clause, known: Known) -> Part:
    when = clause.when or Span(None, None)
    bounded = isinstance(when, Span) and when.first is not None
    return Part(lambda _key, photo: _days(when, photo, known), bounded=bounded)


def _days(when: When, photo: str, known: Known) -> Q:
    match when:
        case Weekday(number):
            return Q(**{f"{photo}taken_on__iso_week_day": number})
        case Yearly(ranges):
            # Ranges of days instead of "month = 7": SQLite would ask Python for each row's month.
            days = Q(pk__in=[])
            for year in known.years:
                for first, last in ranges:
                    low, high = _day(year, *first), _day(year, *last)
                    if low is not None and high is not None:
                        days |= Q(**{f"{photo}taken_on__range": (low, high)})
            return days
        case Span(first_day, last_day):
            return _span(first_day, last_day, photo)


def _span(first: date | None, last: date | None, photo: str) -> Q:
    """From one day to another by the photographer's calendar.

    The same in UTC, two days wider, lets the database begin at that place of the timeline's index.
    """
    condition = Q()
    if first is not None:
        condition &= Q(**{f"{photo}taken_on__gte": first})
        if first > date.min + timedelta(days=2):
            condition &= Q(**{f"{photo}taken_at__gte": _moment(first - timedelta(days=2))})
    if last is not None:
        condition &= Q(**{f"{photo}taken_on__lte": last})
        if last < date.max - timedelta(days=2):
            condition &= Q(**{f"{photo}taken_at__lte": _moment(last + timedelta(days=2))})
    return condition


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _day(year: int, month: int, day: int) -> date | None:
    """That day; of the 29th of February the last one of the month where it was asked as such."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28) if (month, day) == (2, 29) else None


def _either(parts: list[Part]) -> Part:
    # What holds of no photo at all needs no look at each.
    telling = [part for part in parts if part.few is None or part.few]
    if not telling:
        return parts[0]
    if len(telling) == 1:
        return telling[0]

    def test(key: str, photo: str) -> Q:
        condition = Q(pk__in=[])
        for part in telling:
            condition |= part.test(key, photo)
        return condition

    keys = [part.few for part in telling if part.few is not None]
    few = frozenset().union(*keys) if len(keys) == len(telling) else None
    return Part(test, few=few)
