"""Consented people only: people who said yes are recognised, of others nothing is kept."""

import base64
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone

from faces.enrolment import MOST_TEMPLATES
from faces.models import Template, UnknownFace
from faces.packs import BUNDLED
from faces.steps import find_faces
from photolib.accounts.models import User
from photolib.consent import keys
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Photo, RecognitionState, TakenSource
from photolib.people.models import Appearance, AppearanceState, NotThisPerson, Person
from photolib.people.services import remove_appearance, say_not
from tests.faces.conftest import House, pixels_of
from tests.faces.fake_engine import FakeEngine, vector_of

pytestmark = pytest.mark.django_db
Commits = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def anna(house: House, commits: Commits) -> Person:
    """Anna (red) said yes and was named in one photo, from which a template was made."""
    person = house.person("Anna")
    with commits():
        house.switch(RecognitionState.CONSENTED)
        house.says(person, True)
    (region,) = house.look(house.photo("red", light=200))
    with commits():
        house.names(region, person)
    settle(house, commits)
    assert Template.objects.get().person == person
    return person


def settle(house: House, commits: Commits) -> None:
    """Work until nothing is due, what a commit makes due included."""
    worked = 1
    while worked:
        with commits():
            worked = house.look_at_due()


def machine_rows() -> list[tuple[str, str]]:
    rows = Appearance.objects.filter(source="machine").order_by("pk")
    return [(row.person.name, row.state) for row in rows.select_related("person")]


def test_without_anybody_who_said_yes_nothing_is_embedded(house: House, fake: FakeEngine) -> None:
    house.switch(RecognitionState.CONSENTED)
    house.look(house.photo("red", "blue"))
    assert fake.embedded == 0


def test_somebody_who_said_yes_is_found_in_a_new_photo(house: House, anna: Person) -> None:
    house.look(house.photo("blue", "red", light=150))
    assert machine_rows() == [("Anna", AppearanceState.AUTO)]


def test_of_others_no_vector_is_kept(house: House, anna: Person) -> None:
    house.look(house.photo("blue", "green"))
    assert machine_rows() == []
    assert not UnknownFace.objects.exists()
    assert Template.objects.count() == 1


def test_a_poor_face_is_only_asked_about_and_the_question_ends(house: House, anna: Person) -> None:
    house.look(house.photo("red", light=90))
    row = Appearance.objects.get(source="machine")
    assert row.state == AppearanceState.ASKED
    assert row.expires_at is not None
    assert timedelta(days=29) < row.expires_at - timezone.now() <= timedelta(days=30)


def test_a_question_that_stays_keeps_its_key(house: House, anna: Person) -> None:
    photo = house.photo("red", light=90)
    house.look(photo)
    before = Appearance.objects.get(source="machine").pk
    house.look(photo)
    assert Appearance.objects.get(source="machine").pk == before


def test_a_refused_person_is_never_suggested_again(house: House, anna: Person) -> None:
    photo = house.photo("red", light=150)
    (region,) = house.look(photo)
    say_not(region=region, person=anna, by=house.owner)
    house.look(photo)
    assert machine_rows() == []


def test_one_person_is_at_one_face_of_a_photo(house: House, anna: Person) -> None:
    house.look(house.photo("red", "red", light=150))
    assert machine_rows() == [("Anna", AppearanceState.AUTO)]


def test_somebody_named_in_a_photo_is_not_matched_at_another_face(
    house: House, anna: Person
) -> None:
    photo = house.photo("blue", "red", light=150)
    blue, _red = house.look(photo)
    house.names(blue, anna)
    house.look(photo)
    assert machine_rows() == []


def test_nobody_is_in_a_photo_from_before_their_birth(
    house: House, commits: Commits, anna: Person
) -> None:
    anna.birthday = date(2025, 1, 1)
    anna.save()
    house.look(house.photo("red", light=150, taken_on=date(2024, 12, 31)))
    assert machine_rows() == []
    house.look(house.photo("red", light=160, taken_on=date(2025, 1, 1)))
    assert machine_rows() == [("Anna", AppearanceState.AUTO)]


def test_without_a_yes_a_name_by_hand_makes_no_template(house: House, commits: Commits) -> None:
    house.switch(RecognitionState.CONSENTED)
    photo = house.photo("red")
    (region,) = house.look(photo)
    with commits():
        house.names(region, house.person("Ben"))
    house.look(photo)
    assert not Template.objects.exists()


def test_a_yes_brings_the_names_by_hand_into_the_gallery_and_finds_the_other_photos(
    house: House, commits: Commits
) -> None:
    house.switch(RecognitionState.CONSENTED)
    ben = house.person("Ben")
    named, other = house.photo("green", light=200), house.photo("green", light=150)
    (region,) = house.look(named)
    house.look(other)
    house.names(region, ben)
    with commits():
        house.says(ben, True)
    settle(house, commits)
    template = Template.objects.get()
    assert (template.region, template.person) == (region, ben)
    assert template.decision.granted
    assert machine_rows() == [("Ben", AppearanceState.AUTO)]


def test_the_gallery_has_a_limit_and_keeps_the_best(house: House, anna: Person) -> None:
    template = Template.objects.get()
    for _ in range(MOST_TEMPLATES + 2):
        photo = house.photo("red", light=150)
        (region,) = house.look(photo)
        house.names(region, anna)
        house.look(photo)
    assert Template.objects.count() == MOST_TEMPLATES
    assert Template.objects.filter(pk=template.pk).exists()


def test_a_no_takes_templates_key_and_machine_rows_away(house: House, anna: Person) -> None:
    house.look(house.photo("red", light=150))
    key_id = Template.objects.get().key_id
    house.says(anna, False)
    assert not Template.objects.exists()
    assert not keys.exists(key_id)
    assert machine_rows() == []
    assert Appearance.objects.filter(person=anna, source="human").count() == 1


def test_a_worker_that_slept_through_a_no_writes_nothing(
    house: House, anna: Person, commits: Commits
) -> None:
    photo = house.photo("red", light=150)
    write = find_faces.run(photo, pixels_of(house.pictures[photo.pk]))
    StepRun.objects.update(state=StepState.DONE)
    house.says(anna, False)
    assert write is not None
    with commits(), transaction.atomic():
        write()
    assert machine_rows() == []
    assert photo.regions.count() == 1
    # What it found is looked for again, under the new consent.
    assert StepRun.objects.get(photo=photo).state == StepState.DUE


def test_a_worker_that_slept_through_switching_off_makes_no_template(
    house: House, anna: Person
) -> None:
    photo = house.photo("red", light=150)
    (region,) = house.look(photo)
    house.names(region, anna)
    write = find_faces.run(photo, pixels_of(house.pictures[photo.pk]))
    house.switch(RecognitionState.OFF)
    assert write is not None
    with transaction.atomic():
        write()
    assert not Template.objects.exists()


def test_off_shreds_everything_and_on_again_rebuilds_it_from_names(
    house: House, anna: Person, commits: Commits
) -> None:
    house.look(house.photo("red", light=150))
    key_id = Template.objects.get().key_id
    house.switch(RecognitionState.OFF)
    assert not Template.objects.exists()
    assert not keys.exists(key_id)
    assert machine_rows() == []
    with commits():
        house.switch(RecognitionState.CONSENTED)
    settle(house, commits)
    assert Template.objects.count() == 1
    assert machine_rows() == [("Anna", AppearanceState.AUTO)]


def test_taking_a_name_off_takes_what_was_learnt_from_it(house: House, anna: Person) -> None:
    said = Appearance.objects.get(person=anna, source="human")
    key_id = Template.objects.get().key_id
    remove_appearance(appearance=said, by=house.owner)
    assert not Template.objects.exists()
    assert not keys.exists(key_id)


def test_naming_a_face_as_somebody_else_drops_the_first_ones_template(
    house: House, anna: Person
) -> None:
    region = Template.objects.get().region
    house.names(region, house.person("Ben"))
    assert not Template.objects.exists()


def test_a_purged_person_leaves_no_key(house: House, anna: Person) -> None:
    key_id = Template.objects.get().key_id
    anna.delete()
    assert not Template.objects.exists()
    assert not keys.exists(key_id)


def traces_of(vector: np.ndarray) -> Iterator[bytes]:
    """The vector as it might lie somewhere: float32, float16 and float64, raw, base64 and hex."""
    for kind in (np.float32, np.float16, np.float64):
        raw = vector.astype(kind).tobytes()
        # The middle, cut so that base64 may begin at any of three bytes.
        yield raw[64:96]
        yield raw[64:96].hex().encode()
        for start in (63, 64, 65):
            yield base64.b64encode(raw[start : start + 48])[4:-4]


def files_holding(trace: bytes, *folders: Path) -> list[Path]:
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and trace in path.read_bytes()
    ]


@pytest.mark.django_db(transaction=True)
def test_the_vector_of_a_stranger_lies_nowhere_afterwards(house: House, commits: Commits) -> None:
    """Canary: in the database file, its journal, or the data and keystore folders."""
    anna = house.person("Anna")
    house.switch(RecognitionState.CONSENTED)
    house.says(anna, True)
    (region,) = house.look(house.photo("red", light=200))
    house.names(region, anna)
    house.look_at_due()
    house.look(house.photo("red", "blue", light=150))
    assert machine_rows() == [("Anna", AppearanceState.AUTO)]

    folders = [django_settings.PHOTOLIB_DATA, django_settings.PHOTOLIB_KEYSTORE]
    if connection.vendor == "sqlite":
        folders.append(Path(connection.settings_dict["NAME"]).parent)
    for trace in traces_of(vector_of("blue", 150)):
        assert files_holding(trace, *folders) == []
    # The search itself finds what is there.
    planted = django_settings.PHOTOLIB_DATA / "planted"
    planted.write_bytes(b"x" + base64.b64encode(vector_of("blue", 150).tobytes()))
    assert any(files_holding(trace, *folders) for trace in traces_of(vector_of("blue", 150)))
    assert NotThisPerson.objects.count() == 0


# --- Ages and days ----------------------------------------------------------------------------------


@pytest.mark.parametrize("source", TakenSource.values)
def test_nobody_is_in_a_photo_from_before_their_birth_wherever_its_day_comes_from(
    house: House, anna: Person, source: str
) -> None:
    Person.objects.filter(pk=anna.pk).update(birthday=date(2025, 1, 1))
    house.look(house.photo("red", light=150, taken_on=date(2024, 12, 31), taken_source=source))
    assert machine_rows() == []


def test_the_birthday_of_an_account_counts_like_the_persons(house: House, anna: Person) -> None:
    User.objects.filter(person=anna).update(birthday=date(2025, 1, 1))
    house.look(house.photo("red", light=150, taken_on=date(2024, 12, 31)))
    assert machine_rows() == []
    house.look(house.photo("red", light=160, taken_on=date(2025, 1, 1)))
    assert machine_rows() == [("Anna", AppearanceState.AUTO)]


def test_a_child_is_only_asked_about_where_a_grown_up_would_be_named(
    house: House, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fake engine's photos of one person are 0.77 alike."""
    monkeypatch.setattr("tests.faces.fake_engine.FakeEngine.pack", replace(BUNDLED, child_auto=0.9))
    Person.objects.filter(pk=anna.pk).update(birthday=date(2018, 1, 1))
    known: dict[str, Any] = {"taken_on": date(2024, 7, 6), "taken_source": TakenSource.EXIF}
    Photo.objects.update(**known)
    house.look(house.photo("red", light=150, **known))
    assert machine_rows() == [("Anna", AppearanceState.ASKED)]
    Person.objects.filter(pk=anna.pk).update(birthday=date(1980, 1, 1))
    house.look(house.photo("red", light=160, **known))
    assert machine_rows()[1] == ("Anna", AppearanceState.AUTO)
    # Of a file's own date nobody can tell how old she is in the picture.
    house.look(house.photo("red", light=170, taken_on=known["taken_on"], taken_source="file"))
    assert machine_rows()[2] == ("Anna", AppearanceState.ASKED)


def test_an_old_photo_of_a_child_only_asks(house: House, anna: Person) -> None:
    Person.objects.filter(pk=anna.pk).update(birthday=date(2014, 1, 1))
    Photo.objects.update(taken_on=date(2016, 7, 6), taken_source=TakenSource.EXIF)
    later: dict[str, Any] = {"taken_source": TakenSource.EXIF}
    house.look(house.photo("red", light=150, taken_on=date(2016, 12, 1), **later))
    house.look(house.photo("red", light=160, taken_on=date(2021, 7, 6), **later))
    assert machine_rows() == [("Anna", AppearanceState.AUTO), ("Anna", AppearanceState.ASKED)]
