"""Where am I: for people with an account, and the children they decide for."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.accounts.services import create_account
from photolib.consent.models import Purpose
from photolib.library.services import library_of
from photolib.people.models import Person
from photolib.people.services import create_person, say_who
from tests.factories import photo_row
from tests.privacy.rows import face, matched, person_of, recognising, says, shared_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob_person(bob: User) -> Person:
    return person_of(bob)


def page_of(client: Client, person: Person) -> str:
    response = client.get(reverse("rights:where_am_i", args=[person.pk]))
    assert response.status_code == 200
    return response.content.decode()


def link_to(photo: object) -> str:
    return f'href="{reverse("pages:photo", args=[photo.pk])}"'  # type: ignore[attr-defined]  # any row


def test_photos_of_others_are_listed_once_one_said_yes_to_it(
    alice: User, bob: User, bob_person: Person, bob_client: Client
) -> None:
    photo = shared_photo(alice, who=bob_person)
    page = page_of(bob_client, bob_person)
    assert link_to(photo) not in page
    assert "you did not say that you want to be shown them" in page
    says(bob_person, library_of(alice), Purpose.FIND_ME, by=bob)
    assert link_to(photo) in page_of(bob_client, bob_person)


def test_photos_that_are_not_shared_are_counted_only(
    alice: User, bob: User, bob_person: Person, bob_client: Client
) -> None:
    private = photo_row(alice, seed=4)
    say_who(region=face(private), photo=private, person=bob_person, by=alice)
    says(bob_person, library_of(alice), Purpose.FIND_ME, by=bob)
    page = page_of(bob_client, bob_person)
    assert link_to(private) not in page
    assert "1 more is not shared with you" in page


def test_ones_own_library_needs_no_answer(bob: User, bob_person: Person, bob_client) -> None:
    photo = shared_photo(bob, who=bob_person)
    assert link_to(photo) in page_of(bob_client, bob_person)


def test_matches_are_shown_only_with_the_yes_to_be_recognised(
    alice: User, bob: User, bob_person: Person, bob_client: Client
) -> None:
    library = recognising(alice)
    photo = shared_photo(alice)
    matched(bob_person, photo)
    says(bob_person, library, Purpose.FIND_ME, by=bob)
    assert link_to(photo) not in page_of(bob_client, bob_person)
    says(bob_person, library, Purpose.RECOGNISE, by=bob)
    assert link_to(photo) in page_of(bob_client, bob_person)


def test_the_yes_is_taken_back_in_one_step_from_here(
    alice: User, bob: User, bob_person: Person, bob_client: Client
) -> None:
    library = recognising(alice)
    says(bob_person, library, Purpose.RECOGNISE, by=bob)
    shared_photo(alice, who=bob_person)
    take_back = reverse("consent:take_back", args=[bob_person.pk, library.pk, Purpose.RECOGNISE])
    assert f'action="{take_back}"' in page_of(bob_client, bob_person)
    bob_client.post(take_back)
    assert f'action="{take_back}"' not in page_of(bob_client, bob_person)


def test_a_guardian_sees_where_the_child_is_and_others_do_not(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    child = create_account(
        by=alice,
        username="mia",
        display_name="Mia",
        role="child",
        guardian=alice,
        birthday=date(2016, 5, 1),
    )
    assert alice.household is not None
    mia = create_person(household=alice.household, name="Mia", by=alice, user=child)
    photo = shared_photo(alice, who=mia)
    page = page_of(alice_client, mia)
    assert link_to(photo) in page
    assert "Not Mia" in page
    address = reverse("rights:where_am_i", args=[mia.pk])
    assert bob_client.get(address).status_code == 404


def test_the_number_of_queries_does_not_grow_with_photos(
    alice: User, bob: User, bob_person: Person, bob_client: Client, django_assert_max_num_queries
) -> None:
    says(bob_person, library_of(alice), Purpose.FIND_ME, by=bob)
    for seed in range(1, 12):
        shared_photo(alice, seed=seed, who=bob_person)
    page_of(bob_client, bob_person)
    with django_assert_max_num_queries(40):
        page_of(bob_client, bob_person)
