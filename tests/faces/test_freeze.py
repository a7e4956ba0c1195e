"""P11: while a freeze holds nothing is matched; what is kept stays, and is seen by nobody."""

from typing import Any

import numpy as np
import pytest
from django.db import transaction
from django.utils import timezone

from faces.erasure import expire
from faces.looking import look
from faces.models import Template
from faces.writing import write_findings
from photolib.consent.queries import sightings
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, AppearanceSource, Person
from photolib.rights.services import freeze, lift
from tests.faces.conftest import House
from tests.faces.fake_engine import FakeEngine

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(house: House, commits: Any) -> Person:
    """Said yes, named in one photo, and so known."""
    person = house.person("Anna")
    house.switch(RecognitionState.CONSENTED)
    house.says(person, True)
    (region,) = house.look(house.photo("red", light=200))
    with commits():
        house.names(region, person)
    with commits():
        house.look_at_due()
    assert Template.objects.get().person == person
    return person


def machine_rows() -> list[Appearance]:
    return list(Appearance.objects.filter(source=AppearanceSource.MACHINE))


def test_p11_a_freeze_stops_matching_until_it_is_lifted(
    house: House, anna: Person, commits: Any
) -> None:
    assert anna.user is not None
    stopped = freeze(person=anna, by=anna.user)
    photo = house.photo("red", light=210)
    house.look(photo)
    assert machine_rows() == []
    assert Template.objects.exists()
    with commits():
        lift(freeze=stopped, by=anna.user)
    house.look_at_due()
    assert [row.person for row in machine_rows()] == [anna]


def test_p11_a_match_from_before_stays_hidden_when_its_photo_is_looked_at_again(
    house: House, anna: Person
) -> None:
    assert anna.user is not None
    photo = house.photo("red", light=210)
    house.look(photo)
    (row,) = machine_rows()
    freeze(person=anna, by=anna.user)
    house.look(photo)
    assert machine_rows() == [row]
    assert sightings([photo], house.owner)[photo.pk] == []


def test_p11_the_daily_chore_erases_nothing_that_only_rests(house: House, anna: Person) -> None:
    assert anna.user is not None
    freeze(person=anna, by=anna.user)
    expire(timezone.now())
    assert Template.objects.exists()
    house.says(anna, False)
    assert not Template.objects.exists()


def test_p11_a_worker_that_looked_before_the_freeze_writes_no_match(
    house: House, anna: Person, fake: FakeEngine
) -> None:
    assert anna.user is not None
    photo = house.photo("red", light=210)
    findings = look(photo, np.asarray(house.pictures[photo.pk]), fake)
    assert findings.matches
    freeze(person=anna, by=anna.user)
    with transaction.atomic():
        write_findings(findings)
    assert machine_rows() == []
