"""One person's faces on a page: looking again, hiding, two entries of one person."""

import pytest
from django.test import Client
from django.urls import reverse

from faces.services import merge_people
from photolib.accounts.models import User
from photolib.intake.models import StepRun, StepState
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, Person
from photolib.people.services import create_person
from tests.faces.conftest import House

pytestmark = pytest.mark.django_db


def entry_of(house: House, name: str) -> Person:
    """Somebody without an account, added by alice."""
    assert house.owner.household is not None
    return create_person(household=house.owner.household, name=name, by=house.owner)


@pytest.fixture
def granny(house: House) -> Person:
    person = entry_of(house, "Granny")
    house.names(house.look(house.photo("red"))[0], person)
    return person


def address(name: str, person: Person) -> str:
    return reverse(f"faces:{name}", args=[person.pk])


def test_the_page_counts_what_the_library_knows(alice_client: Client, granny: Person) -> None:
    page = alice_client.get(address("person", granny)).content.decode()
    assert "1 name by hand" in page
    assert "0 names by the machine" in page
    assert "The machine does not look for Granny here" in page


def test_the_persons_page_leads_here(alice_client: Client, granny: Person) -> None:
    page = alice_client.get(reverse("pages:person", args=[granny.pk])).content.decode()
    assert address("person", granny) in page


def test_a_housemate_sees_numbers_of_their_own_library_only(
    bob_client: Client, granny: Person
) -> None:
    assert "0 names by hand" in bob_client.get(address("person", granny)).content.decode()


def test_looking_again_makes_photos_due(
    alice_client: Client, house: House, granny: Person, commits
) -> None:
    house.switch(RecognitionState.CONSENTED)
    anna = house.person("Anna")
    house.says(anna, True)
    house.look(house.photo("blue"))
    StepRun.objects.update(state=StepState.DONE)
    with commits():
        page = alice_client.post(address("look_again", anna), follow=True).content.decode()
    assert "Anna is being looked for again." in page
    assert StepRun.objects.filter(state=StepState.DUE).count() == 1


def test_looking_for_somebody_who_did_not_say_yes_is_refused(
    alice_client: Client, granny: Person
) -> None:
    page = alice_client.post(address("look_again", granny), follow=True).content.decode()
    assert "Granny has not said yes" in page


def test_a_person_is_hidden_and_shown_again_with_every_name(
    alice_client: Client, granny: Person
) -> None:
    page = alice_client.post(address("hide_person", granny), {"hidden": "1"}, follow=True)
    assert "Granny is hidden. Nothing was erased." in page.content.decode()
    granny.refresh_from_db()
    assert granny.hidden
    alice_client.post(address("hide_person", granny), {"hidden": "0"})
    assert not Person.objects.get(pk=granny.pk).hidden
    assert Appearance.objects.filter(person=granny).count() == 1


def test_two_entries_are_looked_at_and_then_become_one(
    alice_client: Client, house: House, granny: Person
) -> None:
    nana = entry_of(house, "Nana")
    page = alice_client.post(address("merge_people", granny), {"into": nana.pk}).content.decode()
    assert "Are Granny and Nana one person?" in page
    assert "This changes 1 face in 1 photo." in page
    assert Appearance.objects.get().person == granny
    sent = {"into": nana.pk, "confirmed": "yes"}
    done = alice_client.post(address("merge_people", granny), sent, follow=True).content.decode()
    assert "The two are one now: 1 name that you see moved to Nana." in done
    # Of the empty entry nothing is left to be shown again.
    listed = alice_client.get(reverse("pages:people")).content.decode()
    assert "Nana" in listed
    assert "Granny" not in listed
    assert Appearance.objects.get().person == nana


def test_somebody_hidden_by_hand_is_listed_among_the_hidden(
    alice_client: Client, granny: Person
) -> None:
    alice_client.post(address("hide_person", granny), {"hidden": "1"})
    assert "Granny" in alice_client.get(reverse("pages:people")).content.decode()


def test_an_emptied_entry_that_is_used_again_can_be_found_again(
    alice_client: Client, house: House, granny: Person
) -> None:
    nana = entry_of(house, "Nana")
    merge_people(people=[granny], into=nana, by=house.owner)
    house.names(house.look(house.photo("blue"))[0], granny)
    assert "Granny" in alice_client.get(reverse("pages:people")).content.decode()


def test_names_in_photos_that_one_does_not_see_are_moved_and_not_counted(
    alice_client: Client, house: House, bob: User, granny: Person
) -> None:
    nana = entry_of(house, "Nana")
    bobs = House(bob)
    (region,) = bobs.look(bobs.photo("red"))
    bobs.names(region, granny)
    page = alice_client.post(address("merge_people", granny), {"into": nana.pk}).content.decode()
    assert (
        "This changes 1 face in 1 photo. Names in photos that you do not see move as well." in page
    )
    sent = {"into": nana.pk, "confirmed": "yes"}
    done = alice_client.post(address("merge_people", granny), sent, follow=True).content.decode()
    assert "1 name that you see moved to Nana." in done
    assert Appearance.objects.get(region=region).person == nana


def test_a_photo_that_one_does_not_see_refuses_a_merge_without_being_counted_or_dated(
    alice_client: Client, house: House, bob: User, granny: Person
) -> None:
    nana = entry_of(house, "Nana")
    bobs = House(bob)
    for region, person in zip(bobs.look(bobs.photo("red", "blue")), (granny, nana), strict=True):
        bobs.names(region, person)
    answer = alice_client.post(address("merge_people", granny), {"into": nana.pk})
    assert answer.status_code == 400
    said = answer.content.decode()
    assert "Granny and Nana are two faces of one photo: they are two people there." in said
    assert "Look at the photo of" not in said


def test_a_merge_that_cannot_be_is_explained(
    alice_client: Client, house: House, granny: Person
) -> None:
    anna = house.person("Anna")
    anna.created_by = house.owner
    anna.save()
    for confirmed in ({}, {"confirmed": "yes"}):
        sent = {"into": str(granny.pk)} | confirmed
        answer = alice_client.post(address("merge_people", anna), sent)
        assert answer.status_code == 400
        assert "Anna has an account" in answer.content.decode()


def test_housemate_may_not_put_somebody_elses_entries_together(
    bob_client: Client, house: House, granny: Person
) -> None:
    nana = entry_of(house, "Nana")
    sent = {"into": nana.pk, "confirmed": "yes"}
    assert bob_client.post(address("merge_people", granny), sent).status_code == 403
    assert Appearance.objects.get().person == granny


@pytest.mark.parametrize("name", ["look_again", "hide_person", "merge_people"])
def test_stranger_gets_404_for_every_deed_on_a_person(
    charlie_client: Client, granny: Person, name: str
) -> None:
    sent = {"hidden": "1", "into": granny.pk, "confirmed": "yes"}
    assert charlie_client.post(address(name, granny), sent).status_code == 404
    assert charlie_client.get(address("person", granny)).status_code == 404
    granny.refresh_from_db()
    assert not granny.hidden
