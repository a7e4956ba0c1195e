"""P3 (explicit consent, EDPB 05/2020): a statement and a second confirmation; nobody says yes for
another adult, and paper is for household grouping alone."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from photolib.accounts.models import User
from photolib.accounts.services import create_account
from photolib.consent.decisions import Reason, decide
from photolib.consent.errors import ConsentRefused
from photolib.consent.models import Channel, Decision, LedgerEntry, Purpose
from photolib.consent.services import answer, record_decision, record_paper, set_recognition
from photolib.consent.wording import text_for
from photolib.core.errors import NotAllowed
from photolib.library.models import RecognitionState
from photolib.people.services import link_account
from tests.consent.conftest import PURPOSES, Cast, say

TODAY = timezone.localdate()


@pytest.mark.parametrize("purpose", PURPOSES)
def test_p03_a_yes_is_a_statement_and_a_second_confirmation(
    cast: Cast, bob_client: Client, purpose: Purpose
) -> None:
    path = f"/consent/{cast.bob_person.pk}/{cast.library.pk}/{purpose}/"
    bob_client.post(path, {"answer": "yes"})
    assert not Decision.objects.exists()
    page = bob_client.get(f"{path}confirm/").content.decode()
    assert "I am Bob and say yes, of my own free will" in page
    bob_client.post(f"{path}confirm/", {"text_sha256": text_for(purpose, "en").sha256})
    assert Decision.objects.get().granted
    assert LedgerEntry.objects.get().text_sha256 == text_for(purpose, "en").sha256


@pytest.mark.parametrize("channel", list(Channel))
def test_p03_neither_owner_nor_admin_says_yes_for_another_adult(
    cast: Cast, channel: Channel
) -> None:
    for person in (cast.bob_person, cast.rosa):
        for granted in (True, False):
            with pytest.raises(NotAllowed):
                record_decision(
                    person=person,
                    library=cast.library,
                    purpose=Purpose.RECOGNISE,
                    granted=granted,
                    by=cast.alice,
                    channel=channel,
                    text=text_for(Purpose.RECOGNISE, "en"),
                )
    assert not LedgerEntry.objects.exists()


def test_p03_no_page_lets_the_owner_answer_for_another_adult(
    cast: Cast, alice_client: Client
) -> None:
    for person in (cast.bob_person, cast.rosa):
        for page in ("", "confirm/", "take-back/"):
            path = f"/consent/{person.pk}/{cast.library.pk}/name/{page}"
            data = {"answer": "yes", "text_sha256": text_for(Purpose.NAME, "en").sha256}
            assert alice_client.post(path, data).status_code == 404
    assert not Decision.objects.exists()


def test_p03_an_owner_gives_an_account_to_somebody_and_still_answers_nothing_for_them(
    cast: Cast,
) -> None:
    dan = create_account(by=cast.alice, username="dan", display_name="Dan")
    link_account(person=cast.rosa, user=dan, by=cast.alice)
    with pytest.raises(NotAllowed):
        answer(
            person=cast.rosa, library=cast.library, purpose=Purpose.NAME, granted=True,
            by=cast.alice, language="en",
        )  # fmt: skip


# --- Paper ----------------------------------------------------------------------------------------


def on_paper(cast: Cast, *, granted: bool = True, **other: object) -> Decision:
    values: dict[str, object] = {
        "person": cast.rosa,
        "library": cast.library,
        "purpose": Purpose.RECOGNISE,
        "granted": granted,
        "by": cast.alice,
        "signed_by": "Rosa",
        "signed_on": TODAY - timedelta(days=3),
        "text": text_for(Purpose.RECOGNISE, "en"),
    }
    return record_paper(**(values | other))  # type: ignore[arg-type]  # each test changes one


def grouping(cast: Cast, state: RecognitionState = RecognitionState.HOUSEHOLD) -> None:
    set_recognition(library=cast.library, state=state, by=cast.alice, declared=True)


def test_p03_paper_says_who_signed_and_when_and_counts_in_household_grouping(cast: Cast) -> None:
    grouping(cast)
    decision = on_paper(cast)
    assert (decision.channel, decision.signed_by) == (Channel.PAPER, "Rosa")
    assert decision.signed_on == TODAY - timedelta(days=3)
    assert decision.decided_by == cast.alice
    assert decide(cast.rosa, Purpose.RECOGNISE, cast.library).allowed
    assert LedgerEntry.objects.get().channel == Channel.PAPER


def test_p03_paper_is_never_enough_for_consented_people_only(cast: Cast) -> None:
    grouping(cast, RecognitionState.CONSENTED)
    with pytest.raises(ConsentRefused, match="household grouping only"):
        on_paper(cast)
    grouping(cast)
    on_paper(cast)
    grouping(cast, RecognitionState.CONSENTED)
    found = decide(cast.rosa, Purpose.RECOGNISE, cast.library)
    assert (found.allowed, found.reason) == (False, Reason.PAPER_NOT_ENOUGH)
    say(cast, cast.rosa, Purpose.RECOGNISE)
    assert decide(cast.rosa, Purpose.RECOGNISE, cast.library).allowed


def test_p03_a_no_on_paper_is_taken_in_every_state(cast: Cast) -> None:
    grouping(cast, RecognitionState.CONSENTED)
    say(cast, cast.rosa, Purpose.RECOGNISE)
    on_paper(cast, granted=False)
    assert decide(cast.rosa, Purpose.RECOGNISE, cast.library).reason == Reason.SAID_NO


def test_p03_paper_is_the_owners_to_write_down_and_for_people_without_account(
    cast: Cast, charlie: User
) -> None:
    grouping(cast)
    for by in (cast.bob, charlie):
        with pytest.raises(NotAllowed):
            on_paper(cast, by=by)
    for person in (cast.bob_person, cast.mia):
        with pytest.raises(ConsentRefused, match="paper does not count"):
            on_paper(cast, person=person)
    for wrong in ({"signed_by": " "}, {"signed_on": TODAY + timedelta(days=1)}):
        with pytest.raises(ConsentRefused, match="who signed"):
            on_paper(cast, **wrong)
    with pytest.raises(ConsentRefused, match="reworded"):
        on_paper(cast, text=text_for(Purpose.NAME, "en"))
    assert not LedgerEntry.objects.exists()


def test_p03_paper_is_written_down_on_the_persons_page(cast: Cast, alice_client: Client) -> None:
    grouping(cast)
    path = f"/consent/people/{cast.rosa.pk}/paper/"
    assert path in alice_client.get(f"/consent/people/{cast.rosa.pk}/").content.decode()
    data = {"purpose": "name", "answer": "yes", "signed_by": "Rosa", "signed_on": "2020-02-30"}
    page = alice_client.post(path, data, follow=True).content.decode()
    assert "Enter a valid date" in page
    alice_client.post(path, data | {"signed_on": "2020-02-28"})
    assert Decision.objects.get().signed_on == date(2020, 2, 28)
    assert not Client().post(path, data).headers["Location"].startswith("/consent/")
