"""P11, P16, P18, P21 of the GDPR's rights: not me, a freeze, an objection."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from photolib.accounts.models import User
from photolib.consent.decisions import (
    Reason,
    answers,
    decide,
    people_allowing,
    people_at_rest,
)
from photolib.consent.models import Purpose
from photolib.consent.queries import sightings
from photolib.consent.recorded import register_veto
from photolib.core.errors import NotAllowed
from photolib.library.models import Library
from photolib.library.services import library_of
from photolib.people.models import Appearance, NotThisPerson, Person
from photolib.rights.models import Freeze, FreezeKind
from photolib.rights.services import end_expired, freeze, lift
from tests.privacy.rows import guest, matched, person_of, recognising, says, shared_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob_person(alice: User, bob: User) -> Person:
    """Bob said yes to being recognised and named in Alice's library."""
    person = person_of(bob)
    says(person, recognising(alice), Purpose.RECOGNISE, Purpose.NAME, by=bob)
    return person


def test_p11_a_freeze_stops_recognising_and_nothing_else(
    alice: User, bob: User, bob_person: Person
) -> None:
    library = library_of(alice)
    freeze(person=bob_person, by=bob)
    answer = decide(bob_person, Purpose.RECOGNISE, library)
    assert (answer.allowed, answer.reason, answer.granted) == (False, Reason.FROZEN, True)
    assert people_allowing(Purpose.RECOGNISE, library) == set()
    assert people_at_rest(Purpose.RECOGNISE, library) == {bob_person.pk}
    assert decide(bob_person, Purpose.NAME, library).allowed
    known = answers([bob_person], [library])
    assert known[bob_person.pk, library.pk, Purpose.RECOGNISE].reason == Reason.FROZEN


def test_p11_names_by_machine_are_hidden_and_kept(
    alice: User, bob: User, bob_person: Person
) -> None:
    photo = shared_photo(alice)
    row = matched(bob_person, photo)
    assert [seen.name for seen in sightings([photo], alice)[photo.pk]] == ["Bob"]
    stopped = freeze(person=bob_person, by=bob)
    assert sightings([photo], alice)[photo.pk] == []
    assert Appearance.objects.filter(pk=row.pk).exists()
    lift(freeze=stopped, by=bob)
    assert [seen.name for seen in sightings([photo], alice)[photo.pk]] == ["Bob"]


def test_p11_names_by_hand_stay(alice: User, bob: User, bob_person: Person) -> None:
    photo = shared_photo(alice, who=bob_person)
    freeze(person=bob_person, by=bob)
    assert [seen.name for seen in sightings([photo], alice)[photo.pk]] == ["Bob"]


def test_p11_work_that_began_before_may_not_write(
    alice: User, bob: User, bob_person: Person
) -> None:
    before = Library.objects.get(owner=alice).consent_epoch
    stopped = freeze(person=bob_person, by=bob)
    frozen = Library.objects.get(owner=alice).consent_epoch
    lift(freeze=stopped, by=bob)
    assert before < frozen < Library.objects.get(owner=alice).consent_epoch


def test_p11_a_freeze_of_one_library_leaves_the_others(
    alice: User, bob: User, bob_person: Person
) -> None:
    own = recognising(bob)
    says(bob_person, own, Purpose.RECOGNISE, by=bob)
    freeze(person=bob_person, by=bob, library=library_of(alice))
    assert not decide(bob_person, Purpose.RECOGNISE, library_of(alice)).allowed
    assert decide(bob_person, Purpose.RECOGNISE, own).allowed


def test_p11_a_freeze_ends_on_its_day(alice: User, bob: User, bob_person: Person) -> None:
    row = freeze(person=bob_person, by=bob, until=timezone.now() + timedelta(days=3))
    assert end_expired(timezone.now()) == 0
    Freeze.objects.filter(pk=row.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert decide(bob_person, Purpose.RECOGNISE, library_of(alice)).allowed
    assert end_expired(timezone.now()) == 1
    assert end_expired(timezone.now()) == 0


def test_p11_the_owner_cannot_lift_it(alice: User, bob: User, bob_person: Person) -> None:
    row = freeze(person=bob_person, by=bob)
    with pytest.raises(NotAllowed):
        lift(freeze=row, by=alice)
    with pytest.raises(NotAllowed):
        freeze(person=bob_person, by=alice)
    assert not decide(bob_person, Purpose.RECOGNISE, library_of(alice)).allowed


def test_p11_a_yes_after_the_freeze_does_not_end_it(
    alice: User, bob: User, bob_person: Person
) -> None:
    freeze(person=bob_person, by=bob)
    says(bob_person, library_of(alice), Purpose.RECOGNISE, by=bob)
    assert not decide(bob_person, Purpose.RECOGNISE, library_of(alice)).allowed


def test_p11_not_me_is_for_good_in_photos_of_others(
    alice: User, bob: User, bob_person: Person, bob_client: Client
) -> None:
    photo = shared_photo(alice, who=bob_person)
    row = Appearance.objects.get()
    response = bob_client.post(reverse("rights:not_me", args=[row.pk]))
    assert response.status_code == 302
    assert not Appearance.objects.exists()
    refusal = NotThisPerson.objects.get()
    assert (refusal.person, refusal.by, refusal.region.photo) == (bob_person, bob, photo)


def test_p11_nobody_says_not_me_for_another_adult(
    alice: User, bob_person: Person, alice_client: Client
) -> None:
    shared_photo(alice, who=bob_person)
    row = Appearance.objects.get()
    assert alice_client.post(reverse("rights:not_me", args=[row.pk])).status_code == 404
    assert Appearance.objects.exists()


def test_p11_an_objection_by_a_link_stops_at_once_and_lands_with_the_owner(
    alice: User, alice_client: Client
) -> None:
    rosa, invitation, token = guest(alice)
    library = recognising(alice)
    says(rosa, library, Purpose.RECOGNISE, by=invitation)
    address = reverse("rights:ask", args=[token])
    Client().post(address, {"kind": "object", "text": "Please stop."})
    assert decide(rosa, Purpose.RECOGNISE, library).reason == Reason.FROZEN
    assert Freeze.objects.get().kind == FreezeKind.OBJECTION
    assert "Rosa" in alice_client.get(reverse("rights:requests")).content.decode()
    Client().post(reverse("rights:ask_resume", args=[token]))
    assert decide(rosa, Purpose.RECOGNISE, library).allowed


def test_p11_stopping_by_a_link_takes_one_press(alice: User) -> None:
    rosa, invitation, token = guest(alice)
    library = recognising(alice)
    says(rosa, library, Purpose.RECOGNISE, by=invitation)
    page = Client().get(reverse("rights:ask", args=[token])).content.decode()
    assert f'action="{reverse("rights:ask_stop", args=[token])}"' in page
    for _ in range(2):
        Client().post(reverse("rights:ask_stop", args=[token]))
    assert Freeze.objects.count() == 1
    assert not decide(rosa, Purpose.RECOGNISE, library).allowed


def test_the_page_stops_and_goes_on(bob: User, bob_person: Person, bob_client: Client) -> None:
    stop = reverse("rights:stop", args=[bob_person.pk])
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert "still to come" in bob_client.post(stop, {"until": yesterday}).content.decode()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert bob_client.post(stop, {"until": tomorrow, "reason": "tired"}).status_code == 302
    row = Freeze.objects.get()
    page = bob_client.get(reverse("rights:overview")).content.decode()
    assert reverse("rights:resume", args=[row.pk]) in page
    bob_client.post(reverse("rights:resume", args=[row.pk]))
    assert not Freeze.objects.in_force().exists()


def test_one_name_holds_one_veto() -> None:
    with pytest.raises(ValueError, match=r"a veto called rights\.frozen already"):
        register_veto("rights.frozen", Purpose.NAME, lambda: pytest.fail("never asked"))
