"""Libraries in which something can be done to faces, and what the journal says of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from faces import services
from faces.models import JournalEntry
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, FaceRegion, Person
from tests.faces.conftest import House

Commits = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def grouping(house: House) -> House:
    """Household grouping, with one group of three."""
    house.switch(RecognitionState.HOUSEHOLD)
    for light in (110, 150, 200):
        house.look(house.photo("red", light=light))
    return house


@pytest.fixture
def known(house: House) -> House:
    """Anna said yes, and one face is confirmed to be hers."""
    house.switch(RecognitionState.CONSENTED)
    anna = house.person("Anna")
    house.says(anna, True)
    photo = house.photo("red", light=200)
    (region,) = house.look(photo)
    house.names(region, anna)
    house.look(photo)
    return house


def last() -> JournalEntry:
    entry = JournalEntry.objects.first()
    assert entry is not None
    return entry


def stranger(house: House, name: str) -> Person:
    """Somebody without an account."""
    assert house.owner.household is not None
    return Person.objects.create(household=house.owner.household, name=name, created_by=house.owner)


def back(house: House) -> services.Undone:
    return services.undo(entry=last(), by=house.owner)


def names() -> list[tuple[int | None, str]]:
    rows = Appearance.objects.filter(source="human").order_by("region_id", "pk")
    return [(row.region_id, row.person.name) for row in rows]


def regions() -> list[FaceRegion]:
    return list(FaceRegion.objects.order_by("pk"))
