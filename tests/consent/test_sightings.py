"""Who may read which name in which photo."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.queries import appearances_visible_to, sightings
from photolib.consent.services import set_recognition
from photolib.library.models import Photo, RecognitionState
from photolib.people.models import Appearance, AppearanceState, FaceRegion, Person
from photolib.people.services import create_person, say_who, set_hidden
from tests.consent.conftest import Cast, recognition_on, say
from tests.factories import photo_row


@pytest.fixture
def photo(cast: Cast) -> Photo:
    return photo_row(cast.alice, shared_with_household=True)


def face(photo: Photo, left: float = 0.1) -> FaceRegion:
    return FaceRegion.objects.create(photo=photo, left=left, top=0.2, width=0.2, height=0.3)


def matched(photo: Photo, person: Person, state: str, left: float = 0.5) -> Appearance:
    return Appearance.objects.create(
        photo=photo, person=person, region=face(photo, left), state=state, source="machine"
    )


def names(photo: Photo, viewer: User | None) -> list[str]:
    return [seen.name for seen in sightings([photo], viewer)[photo.pk]]


def test_the_owner_reads_every_name_written_by_hand(cast: Cast, photo: Photo) -> None:
    region = face(photo)
    said = say_who(region=region, photo=photo, person=cast.rosa, by=cast.alice)
    (seen,) = sightings([photo], cast.alice)[photo.pk]
    assert (seen.person_id, seen.name, seen.appearance_id) == (cast.rosa.pk, "Rosa", said.pk)
    assert (seen.left, seen.top, seen.width, seen.height) == (0.1, 0.2, 0.2, 0.3)
    assert (seen.state, seen.source, seen.region_id) == ("confirmed", "human", region.pk)


def test_a_housemate_reads_names_of_who_said_yes_to_it_only(cast: Cast, photo: Photo) -> None:
    say_who(region=face(photo), photo=photo, person=cast.rosa, by=cast.alice)
    say_who(region=None, photo=photo, person=cast.bob_person, by=cast.alice)
    assert names(photo, cast.bob) == []
    say(cast, cast.rosa, Purpose.NAME)
    say(cast, cast.bob_person, Purpose.EXPORT)
    assert names(photo, cast.bob) == ["Rosa"]
    say(cast, cast.rosa, Purpose.NAME, granted=False)
    assert names(photo, cast.bob) == []
    assert names(photo, cast.alice) == ["Rosa", "Bob"]


def test_a_yes_to_one_library_names_in_no_other(cast: Cast) -> None:
    say(cast, cast.rosa, Purpose.NAME)
    photo = photo_row(cast.bob, shared_with_household=True)
    say_who(region=None, photo=photo, person=cast.rosa, by=cast.bob)
    assert names(photo, cast.bob) == ["Rosa"]
    assert names(photo, cast.alice) == []


def test_strangers_and_visitors_read_no_name(cast: Cast, photo: Photo, charlie: User) -> None:
    say(cast, cast.rosa, Purpose.NAME)
    say_who(region=None, photo=photo, person=cast.rosa, by=cast.alice)
    assert names(photo, charlie) == []
    assert sightings([photo], None) == {photo.pk: []}
    assert not AnonymousUser().is_authenticated


def test_a_match_is_shown_only_while_recognition_is_allowed(cast: Cast, photo: Photo) -> None:
    matched(photo, cast.rosa, AppearanceState.AUTO)
    assert names(photo, cast.alice) == []
    recognition_on(cast)
    say(cast, cast.rosa, Purpose.RECOGNISE)
    (seen,) = sightings([photo], cast.alice)[photo.pk]
    assert (seen.state, seen.source) == ("auto", "machine")
    assert names(photo, cast.bob) == []
    say(cast, cast.rosa, Purpose.NAME)
    assert names(photo, cast.bob) == ["Rosa"]
    set_recognition(library=cast.library, state=RecognitionState.OFF, by=cast.alice)
    assert names(photo, cast.alice) == []
    assert names(photo, cast.bob) == []


def test_a_question_is_no_sighting(cast: Cast, photo: Photo) -> None:
    recognition_on(cast)
    say(cast, cast.rosa, Purpose.RECOGNISE)
    matched(photo, cast.rosa, AppearanceState.ASKED)
    assert names(photo, cast.alice) == []


def test_hidden_people_are_left_out_for_everybody(cast: Cast, photo: Photo) -> None:
    say(cast, cast.rosa, Purpose.NAME)
    say_who(region=None, photo=photo, person=cast.rosa, by=cast.alice)
    set_hidden(person=cast.rosa, hidden=True, by=cast.alice)
    assert names(photo, cast.alice) == []
    assert names(photo, cast.bob) == []


def test_people_come_from_left_to_right(cast: Cast, photo: Photo) -> None:
    say_who(region=None, photo=photo, person=cast.mia, by=cast.alice)
    say_who(region=face(photo, 0.7), photo=photo, person=cast.rosa, by=cast.alice)
    say_who(region=face(photo, 0.1), photo=photo, person=cast.bob_person, by=cast.alice)
    assert names(photo, cast.alice) == ["Bob", "Rosa", "Mia"]


def test_the_number_of_queries_does_not_grow_with_photos_or_people(
    cast: Cast, photo: Photo, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    photos = [photo_row(cast.alice, seed=seed, shared_with_household=True) for seed in range(1, 6)]
    for number, each in enumerate(photos):
        person = create_person(household=cast.mia.household, name=f"P{number}", by=cast.alice)
        say(cast, person, Purpose.NAME)
        say_who(region=face(each), photo=each, person=person, by=cast.alice)
    for some in (photos[:1], photos):
        with django_assert_num_queries(3):
            found = sightings(some, cast.bob)
        assert all(len(found[each.pk]) == 1 for each in some)


def test_a_name_leads_to_photos_by_the_same_rule(cast: Cast, photo: Photo) -> None:
    say_who(region=None, photo=photo, person=cast.rosa, by=cast.alice)
    of_rosa = {"person": cast.rosa}
    assert appearances_visible_to(cast.alice).filter(**of_rosa).count() == 1
    assert not appearances_visible_to(cast.bob).filter(**of_rosa).exists()


def test_asked_about_some_people_it_says_the_same_of_these(cast: Cast, photo: Photo) -> None:
    recognition_on(cast)
    say_who(region=face(photo), photo=photo, person=cast.rosa, by=cast.alice)
    matched(photo, cast.mia, AppearanceState.AUTO)
    for granted in (False, True):
        for purpose in (Purpose.NAME, Purpose.RECOGNISE):
            say(cast, cast.mia, purpose, granted=granted)
        for viewer in (cast.alice, cast.bob):
            every = appearances_visible_to(viewer)
            for people in ([cast.rosa.pk], [cast.mia.pk], [cast.rosa.pk, cast.mia.pk], []):
                some = appearances_visible_to(viewer, people=people)
                assert set(some) == set(every.filter(person__in=people))
