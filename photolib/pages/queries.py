"""What the pages show: photos with their words, page by page and day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Substr

from photolib.accounts.models import User
from photolib.consent.queries import appearances_visible_to
from photolib.describe.queries import Description, texts_for
from photolib.library.models import Album, Library, Photo
from photolib.library.queries import albums_visible_to, favourite_ids, photos_visible_to
from photolib.pages.cursors import cursor_of, newer_than, older_than
from photolib.people.models import Person
from photolib.people.queries import people_of

PAGE_SIZE = 60
# How many newer photos a page shows before the one it was asked to show.
LEAD = 20


@dataclass(frozen=True, slots=True)
class Card:
    """One photo in a list, as this viewer may know it."""

    photo: Photo
    text: Description
    favourite: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The photos of one date on the photographer's calendar."""

    date: date
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of a list in order of time, with the cursors of the pages beside it (or empty)."""

    photos: tuple[Photo, ...]
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has photos."""

    first: date
    photos: int

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True, slots=True)
class AlbumCard:
    """An album with its cover and the number of its photos this viewer may see."""

    album: Album
    cover: Photo | None
    photos: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody the household knows, with the newest photo of them and how many there are.

    face: the key of a FaceRegion that shows them, where one is known.
    """

    person: Person
    cover: Photo | None
    face: int | None
    photos: int


def slice_of(
    photos: QuerySet[Photo], *, before: str = "", after: str = "", size: int = PAGE_SIZE
) -> Slice:
    """At most `size` photos, newest first, older than the cursor `before` or newer than `after`.

    Three SQL queries at most, however long the list is. Raises Http404 for a cursor that is none.
    """
    # A page's photos are of few libraries: one object of each and its owner, instead of one a photo.
    libraries = Prefetch("library", Library.objects.select_related("owner"))
    photos = photos.select_related(None).select_related("original").prefetch_related(libraries)
    if after:
        rows = list(photos.filter(newer_than(after)).order_by("taken_at", "pk")[: size + 1])
        shown = tuple(reversed(rows[:size]))
        more_newer, more_older = len(rows) > size, True
    else:
        wanted = photos.filter(older_than(before)) if before else photos
        rows = list(wanted.order_by("-taken_at", "-pk")[: size + 1])
        shown = tuple(rows[:size])
        more_newer = (
            bool(before and shown) and photos.filter(newer_than(cursor_of(shown[0]))).exists()
        )
        more_older = len(rows) > size
    if not shown:
        return Slice((), "", "")
    return Slice(
        shown,
        newer=cursor_of(shown[0]) if more_newer else "",
        older=cursor_of(shown[-1]) if more_older else "",
    )


def cursor_around(photos: QuerySet[Photo], photo: Photo) -> str:
    """The cursor of a page that shows `photo` with some newer ones before it; empty: the first page."""
    newer = photos.filter(newer_than(cursor_of(photo))).order_by("taken_at", "pk")[: LEAD + 1]
    leading = list(newer)
    return cursor_of(leading[-1]) if len(leading) > LEAD else ""


def neighbours(photos: QuerySet[Photo], photo: Photo) -> tuple[Photo | None, Photo | None]:
    """The next newer and the next older photo of a list."""
    here = cursor_of(photo)
    newer = photos.filter(newer_than(here)).order_by("taken_at", "pk").first()
    older = photos.filter(older_than(here)).order_by("-taken_at", "-pk").first()
    return newer, older


def cards_for(photos: Sequence[Photo], viewer: User, language: str) -> list[Card]:
    """The photos with their words and stars, in the same order; a constant number of SQL queries."""
    texts = texts_for(photos, viewer, language)
    stars = favourite_ids(viewer, photos)
    return [
        Card(
            photo=photo,
            text=texts[photo.pk],
            favourite=photo.pk in stars,
            mine=photo.library.owner_id == viewer.pk,
        )
        for photo in photos
    ]


def days_of(cards: Iterable[Card]) -> list[Day]:
    """The cards under their dates, in the order in which the dates first come.

    Two photos in the order of time may bear dates in another order (clocks of two time zones): each
    date is a heading once all the same.
    """
    days: dict[date, list[Card]] = {}
    for card in cards:
        days.setdefault(card.photo.taken_on, []).append(card)
    return [Day(day, tuple(cards)) for day, cards in days.items()]


def months_of(photos: QuerySet[Photo]) -> list[Month]:
    """The months that have photos, the newest first. One SQL query."""
    rows = (
        photos.order_by()
        # The first letters of 2024-07-06. TruncMonth calls back into Python for each row on SQLite.
        .annotate(month=Substr(Cast("taken_on", CharField()), 1, 7))
        .values("month")
        .annotate(photos=Count("pk"))
        .order_by("-month")
    )
    return [
        Month(first=date.fromisoformat(f"{row['month']}-01"), photos=row["photos"]) for row in rows
    ]


def album_cards(viewer: User) -> list[AlbumCard]:
    """The albums this viewer may see, each with its first photo and how many they may see of it.

    Two SQL queries, however many albums there are.
    """
    inside = photos_visible_to(viewer).filter(album_entries__album=OuterRef("pk"))
    in_order = inside.order_by("album_entries__position", "album_entries__pk")
    albums = albums_visible_to(viewer).annotate(
        cover_key=Subquery(in_order.values("pk")[:1]), shown=_count_of(inside)
    )
    covers = photos_visible_to(viewer).in_bulk([album.cover_key for album in albums])
    return [AlbumCard(album, covers.get(album.cover_key), album.shown) for album in albums]


def albums_with(viewer: User, photo: Photo) -> QuerySet[Album]:
    """The albums this viewer may see that hold the photo."""
    return albums_visible_to(viewer).filter(entries__photo=photo).order_by("title", "pk")


def person_cards(viewer: User) -> list[PersonCard]:
    """The people of the household who are not hidden, each with their newest photo for this viewer.

    A constant number of SQL queries, however many people there are.
    """
    visible = Exists(photos_visible_to(viewer).filter(pk=OuterRef("photo")))
    # From the person to their photos: the other way round reads the whole library for each person.
    theirs = appearances_visible_to(viewer).filter(visible, person=OuterRef("pk"))
    newest = theirs.order_by("-photo__taken_at", "-photo")
    counted = theirs.order_by().values("person").annotate(n=Count("photo", distinct=True))
    rows = people_of(viewer).annotate(
        cover_key=Subquery(newest.values("photo")[:1]),
        face_key=Subquery(newest.filter(region__isnull=False).values("region")[:1]),
        shown=Coalesce(Subquery(counted.values("n")), Value(0)),
    )
    covers = photos_visible_to(viewer).in_bulk([person.cover_key for person in rows])
    return [
        PersonCard(person, covers.get(person.cover_key), person.face_key, person.shown)
        for person in rows
    ]


def photos_with(viewer: User, person: Person) -> QuerySet[Photo]:
    """The photos in which this viewer may know that the person is."""
    sight = appearances_visible_to(viewer).filter(person=person, photo=OuterRef("pk"))
    return photos_visible_to(viewer).filter(Exists(sight))


def _count_of(rows: QuerySet[Photo]) -> Coalesce:
    """How many rows a subquery has, as a column."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), Value(0))


def first_of_month(photos: QuerySet[Photo], first: date) -> str:
    """The cursor of a page that begins with the newest photo of the month; empty: the first page."""
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    newer = photos.filter(taken_on__gte=following).order_by("taken_at", "pk").first()
    return cursor_of(newer) if newer else ""
