"""A library to search, drawn by chance from one seed, and the questions that are asked of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from secrets import token_urlsafe
from string import ascii_lowercase
from typing import Any

import numpy as np
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from photolib.accounts.models import Household, User
from photolib.accounts.services import create_account, create_owner
from photolib.consent.models import Purpose
from photolib.consent.services import answer
from photolib.core import statistics
from photolib.library.models import Album, AlbumPhoto, Original, Photo
from photolib.library.services import library_of
from photolib.people.models import Appearance, Person
from photolib.search.models import PhotoText, Word

LANGUAGES = ("en", "fr", "de", "es", "it", "nl")
_BATCH = 5000
_ROWS = 200_000
_DAYS = 16 * 365
_ALBUMS = 10
_FIRST_DAY = datetime(2010, 1, 1, tzinfo=UTC)

# Kinds of questions. thing0 is in every second photo, thing250 in hardly any; so with "said" (asked()).
QUESTIONS: dict[str, tuple[str, ...]] = {
    "common word": ("thing0en", "thing1fr", "thing2de"),
    "rare word": ("thing280en", "said15000", "said9000"),
    "two common words": ("thing0en thing1en", "thing1fr thing3fr", "thing0it thing2nl"),
    "common and rare word": ("thing0en said9000", "thing1fr thing250fr", "said12000 thing0de"),
    "words that never meet": ("drinnen draussen", "indoors outdoors", "binnen buiten"),
    "beginning of a word": ("thing1", "th", "ab", "town3"),
    "place": ("town0", "town40", "place:town5"),
    "name": ("anna0", "anna7", "anna15"),
    "name and word": ("anna0 thing0en", "anna3 thing40en", "anna1 said100"),
    "two names": ("anna0 anna1", "anna2 anna9", "anna15 anna16"),
    "name and season": ("anna0 in summer", "anna4 en hiver", "anna1 summer 2019"),
    "month": ("July", "février", "July 2019"),
    "word and season": ("thing0en summer", "thing60fr été", "thing5de Winter"),
    "word and year": ("thing0en 2012", "thing40fr 2015-2017", "thing3es before 2012"),
    "word and weekday": ("thing0en sunday", "thing30fr dimanche", "thing9en monday"),
    "album and word": ("wedding0 thing0en", "album:wedding3 thing4fr", "wedding1"),
    "exception": ("thing0en -thing1en", "thing1fr sans thing40fr", "-thing0en"),
    "either": ("thing3en or thing40en", "thing0en or thing1en", "said9000 ou said100"),
    "word nobody knows": ("thyng0en", "xylophon", "abseid"),
    "phrase": ('"said1 said2"', '"said9000 said1"', '"said3 said4 said5"'),
}


@dataclass(frozen=True, slots=True)
class House:
    """owner: of four photos in five. housemate: of the rest, and sees a third of the owner's."""

    owner: User
    housemate: User


def fill(photos: int, *, seed: int = 1) -> House:
    """Make a house with so many photos of about 60 words, 20 people and 10 albums in an empty database."""
    word = token_urlsafe()
    owner = create_owner(
        username="owner", display_name="Owner", password=word, household_name="House"
    )
    mate = create_account(by=owner, username="mate", display_name="Mate", password=word)
    house = House(owner, mate)
    chance = np.random.default_rng(seed)
    _photos(house, photos, chance)
    keys = list(Photo.objects.order_by("pk").values_list("pk", flat=True))
    described = _described(keys, chance)
    _insert(Word, ("photo_id", "word", "source"), described.words())
    _insert(PhotoText, ("photo_id", "source", "text"), described.texts())
    _insert(Appearance, *_people(house, keys, chance))
    _albums(house, keys, chance)
    return house


def settle() -> None:
    """Do what becomes of a database within a day: autovacuum on PostgreSQL, a chore of ours on SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    statistics.refresh(timezone.now())


def filled(photos: int) -> House | None:
    """The house that fill() made in this database before; None where it is empty.

    Raises CommandError where it holds anything else, or what was broken off.
    """
    if not User.objects.exists():
        return None
    house = House(*User.objects.filter(username__in=("owner", "mate")).order_by("pk"))
    # What fill() makes last is the last album.
    whole = AlbumPhoto.objects.filter(album__title=f"Wedding{_ALBUMS - 1}").exists()
    if Photo.objects.count() != photos or not whole:
        raise CommandError(f"This is no library of {photos} photos: choose another folder.")
    return house


def _photos(house: House, count: int, chance: np.random.Generator) -> None:
    libraries = [library_of(house.owner), library_of(house.housemate)]
    owners, shared = chance.random(count) < 0.8, chance.random(count) < 0.3
    minutes = chance.integers(0, _DAYS * 24 * 60, count)
    for start in range(0, count, _BATCH):
        part = range(start, min(start + _BATCH, count))
        digests = [sha256(str(number).encode()).hexdigest() for number in part]
        Original.objects.bulk_create(
            Original(sha256=digest, format="jpeg", byte_size=1) for digest in digests
        )
        moments = [_FIRST_DAY + timedelta(minutes=int(minutes[number])) for number in part]
        Photo.objects.bulk_create(
            Photo(
                library=libraries[0 if owners[number] else 1],
                original_id=digest,
                original_name=f"IMG_{number}.jpg",
                width=4000,
                height=3000,
                taken_at=moment,
                taken_on=moment.date(),
                shared_with_household=bool(shared[number]),
            )
            for number, digest, moment in zip(part, digests, moments, strict=True)
        )


@dataclass(frozen=True, slots=True)
class _Described:
    """What is known of each photo: eight things in six languages, a place, where it is, and eight words
    of a person's text."""

    keys: list[int]
    things: list[list[int]]
    towns: list[list[int]]
    said: list[list[int]]
    inside: Any

    def words(self) -> Iterator[tuple[int, str, str]]:
        for row, key in enumerate(self.keys):
            for thing in set(self.things[row]):
                yield from ((key, f"thing{thing}{language}", "object") for language in LANGUAGES)
            yield key, f"town{self.towns[row][0]}", "place"
            yield key, "valley", "place"
            words = ("indoors", "drinnen", "binnen")
            outside = ("outdoors", "draussen", "buiten")
            for word in words if self.inside[row] else outside:
                yield key, word, "object"
            yield from ((key, spelt(word), "text") for word in set(self.said[row]))

    def texts(self) -> Iterator[tuple[int, str, str]]:
        for key, said in zip(self.keys, self.said, strict=True):
            yield key, "text", f" {' '.join(map(spelt, said))} "


def _described(keys: list[int], chance: np.random.Generator) -> _Described:
    return _Described(
        keys,
        things=_drawn(chance, 300, 0.9, (len(keys), 8)),
        towns=_drawn(chance, 400, 1.0, (len(keys), 1)),
        said=_drawn(chance, 20_000, 1.0, (len(keys), 8)),
        inside=chance.random(len(keys)) < 0.45,
    )


def spelt(number: int) -> str:
    """A word of its own: as in life, few words begin with the same letters."""
    letters = ascii_lowercase
    return f"{letters[number % 26]}{letters[number // 26 % 26]}said{number}"


def asked(question: str) -> str:
    """The question with its "said12" as that word is spelt."""
    return re.sub(r"said(\d+)", lambda match: spelt(int(match[1])), question)


def _drawn(chance: np.random.Generator, kinds: int, power: float, shape: tuple[int, int]) -> Any:
    """Numbers of kinds, the first of them often (Zipf)."""
    weights = 1.0 / np.arange(1, kinds + 1) ** power
    return chance.choice(kinds, size=shape, p=weights / weights.sum()).tolist()


def _people(
    house: House, keys: list[int], chance: np.random.Generator
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Twenty people, children of the owner's who said yes to their names in both libraries."""
    household = Household.objects.get()
    people = [
        Person.objects.create(household=household, name=f"Anna{number}", guardian=house.owner)
        for number in range(20)
    ]
    for person in people:
        for viewer in (house.owner, house.housemate):
            answer(
                person=person,
                library=library_of(viewer),
                purpose=Purpose.NAME,
                granted=True,
                by=house.owner,
                language="en",
            )
    who = _drawn(chance, 20, 0.8, (len(keys), 2))
    there = chance.random((len(keys), 2)) < (0.35, 0.15)
    now = datetime.now(tz=UTC)
    rows: list[tuple[object, ...]] = [
        (key, people[number].pk, "human", "confirmed", now)
        for row, key in enumerate(keys)
        for number in {one for one, is_there in zip(who[row], there[row], strict=True) if is_there}
    ]
    return ("photo_id", "person_id", "source", "state", "created_at"), rows


def _albums(house: House, keys: list[int], chance: np.random.Generator) -> None:
    for number in range(_ALBUMS):
        album = Album.objects.create(owner=house.owner, title=f"Wedding{number}")
        chosen = chance.choice(keys, size=min(500, len(keys)), replace=False)
        AlbumPhoto.objects.bulk_create(
            AlbumPhoto(album=album, photo_id=int(key), position=place)
            for place, key in enumerate(chosen)
        )


def _insert(model: Any, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Many rows as quickly as the database takes them."""
    table, names = model._meta.db_table, ", ".join(columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        # In one transaction, with the indexes in memory: else each part writes nearly all of them again.
        cursor.execute("PRAGMA cache_size = -1000000")
        rows = iter(rows)
        while some := list(islice(rows, _ROWS)):
            # Names of our own tables and columns.
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", some)  # noqa: S608
