"""P14 (GDPR 5(1)(e)): what is kept has an end that the pages show, and a daily job keeps to it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from faces.models import GroupingSession, Template, UnknownFace
from photolib.accounts.models import User
from photolib.consent import keys
from photolib.consent.decisions import decide
from photolib.consent.erasure_models import ErasureReceipt, ReceiptKind, Renewal
from photolib.consent.models import Decision, Invitation, Purpose
from photolib.consent.retention import ANSWER_WITHIN, CONFIRM_AFTER, KEEP_INVITATIONS
from photolib.consent.services import invite
from photolib.core.chores import all_chores
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, Person
from photolib.people.services import create_person
from tests.faces.conftest import House
from tests.privacy.erasure.conftest import Commits, settle

pytestmark = pytest.mark.django_db


def a_day_at(now: datetime) -> None:
    """All daily chores, as a worker runs them, with the clock moved."""
    for chore in all_chores().values():
        chore(now)


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_p14_unknown_faces_are_shredded_at_the_shown_date(
    house: House, alice_client: Client
) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    for light in (150, 200):
        house.look(house.photo("red", light=light))
    ends = UnknownFace.objects.order_by("expires_at")[0].expires_at
    assert timedelta(days=29) < ends - timezone.now() <= timedelta(days=30)
    shown = date_format(timezone.localtime(ends), "DATE_FORMAT")
    group = UnknownFace.objects.order_by("pk")[0].group_id
    for address in ("/faces/review/", f"/faces/groups/{group}/", "/faces/settings/"):
        assert shown in text_of(alice_client, address), address

    key_id = GroupingSession.objects.get().key_id
    a_day_at(ends - timedelta(minutes=1))
    assert UnknownFace.objects.filter(expired=False).count() == 2
    a_day_at(ends + timedelta(days=1))
    assert not UnknownFace.objects.filter(expired=False).exists()
    assert {bytes(face.sealed) for face in UnknownFace.objects.all()} == {b""}
    assert not keys.exists(key_id)


def old_yes(person: Person, days: int) -> None:
    decided_at = timezone.now() - timedelta(days=days)
    Decision.objects.filter(person=person, purpose=Purpose.RECOGNISE).update(decided_at=decided_at)


def test_p14_a_yes_of_two_years_is_asked_again_and_then_shredded(
    house: House, anna: Person, client: Client
) -> None:
    now = timezone.now()
    key_id = Template.objects.get().key_id
    house.look(house.photo("red", light=150))
    assert anna.user is not None
    client.force_login(anna.user)

    a_day_at(now + CONFIRM_AFTER - timedelta(days=1))
    assert not Renewal.objects.exists()
    a_day_at(now + CONFIRM_AFTER + timedelta(days=1))
    ends = Renewal.objects.get().ends_at
    assert Template.objects.exists()
    assert date_format(timezone.localtime(ends), "DATE_FORMAT") in text_of(client, "/consent/")
    a_day_at(ends - timedelta(hours=1))
    assert Template.objects.exists()

    a_day_at(ends + timedelta(hours=1))
    assert not Template.objects.exists()
    assert not keys.exists(key_id)
    assert not Appearance.objects.filter(source="machine").exists()
    assert not decide(anna, Purpose.RECOGNISE, house.library).allowed
    assert ErasureReceipt.objects.get().kind == ReceiptKind.LAPSED
    assert not Renewal.objects.exists()


def test_p14_a_yes_given_again_keeps_the_template(house: House, anna: Person) -> None:
    old_yes(anna, CONFIRM_AFTER.days + 1)
    now = timezone.now()
    a_day_at(now)
    assert Renewal.objects.exists()
    house.says(anna, True)
    assert not Renewal.objects.exists()
    a_day_at(now + ANSWER_WITHIN + timedelta(days=1))
    assert Template.objects.exists()
    assert decide(anna, Purpose.RECOGNISE, house.library).allowed


def test_p14_the_owner_sees_until_when_a_template_is_kept(
    house: House, anna: Person, alice_client: Client
) -> None:
    ends = timezone.now() + CONFIRM_AFTER + ANSWER_WITHIN
    shown = date_format(timezone.localtime(ends), "DATE_FORMAT")
    assert shown in text_of(alice_client, f"/consent/people/{anna.pk}/")


def test_p14_old_invitations_go_but_never_the_way_back_from_a_yes(
    house: House, alice: User
) -> None:
    assert alice.household is not None
    rosa = create_person(household=alice.household, name="Rosa", by=alice)
    invitation, _token = invite(person=rosa, library=house.library, by=alice)
    gone = invitation.expires_at + KEEP_INVITATIONS
    a_day_at(gone - timedelta(days=1))
    assert Invitation.objects.exists()
    a_day_at(gone + timedelta(days=1))
    assert not Invitation.objects.exists()


def test_p14_an_invitation_stays_while_there_is_a_yes_to_take_back(
    house: House, anna: Person
) -> None:
    Invitation.objects.create(
        person=anna, library=house.library, token_sha256="a" * 64,
        expires_at=timezone.now() - KEEP_INVITATIONS - timedelta(days=1),
    )  # fmt: skip
    a_day_at(timezone.now())
    assert Invitation.objects.exists()
    house.says(anna, False)
    a_day_at(timezone.now())
    assert not Invitation.objects.exists()


def test_p14_a_question_nobody_answers_ends_at_the_shown_date(
    house: House, anna: Person, alice_client: Client, commits: Commits
) -> None:
    house.look(house.photo("red", light=90))
    settle(house, commits)
    ends = Appearance.objects.get(state="asked").expires_at
    assert ends is not None
    shown = date_format(timezone.localtime(ends), "DATE_FORMAT")
    assert shown in text_of(alice_client, "/faces/review/")
    a_day_at(ends + timedelta(minutes=1))
    assert not Appearance.objects.filter(state="asked").exists()
