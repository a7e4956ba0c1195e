"""Recording answers, switching recognition, inviting."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from photolib.accounts.models import User
from photolib.consent.codes import make_code, prove
from photolib.consent.errors import ConsentRefused
from photolib.consent.models import Decision, Invitation, Purpose
from photolib.consent.services import (
    answer,
    find_invitation,
    invite,
    record_decision,
    revoke_invitation,
    set_recognition,
)
from photolib.consent.signals import decision_recorded, recognition_changed
from photolib.consent.wording import ConsentText, text_for
from photolib.core.errors import NotAllowed
from photolib.library.models import Library, RecognitionState
from photolib.library.services import library_of
from tests.consent.conftest import Cast, say


def epoch(cast: Cast) -> int:
    return Library.objects.get(pk=cast.library.pk).consent_epoch


def test_a_decision_says_who_what_how_and_which_text(cast: Cast) -> None:
    text = text_for(Purpose.NAME, "fr")
    decision = record_decision(
        person=cast.bob_person,
        library=cast.library,
        purpose=Purpose.NAME,
        granted=True,
        by=cast.bob,
        channel="signed_in",
        text=text,
    )
    assert (decision.decided_by, decision.channel) == (cast.bob, "signed_in")
    assert (decision.text_id, decision.text_language) == ("name-1", "fr")
    assert decision.text_sha256 == text.sha256


def test_every_answer_begins_a_new_epoch(cast: Cast) -> None:
    for turn, granted in enumerate((True, False), start=1):
        say(cast, cast.bob_person, Purpose.NAME, granted=granted)
        assert epoch(cast) == turn


def test_the_answer_to_another_text_is_not_recorded(cast: Cast) -> None:
    for text in (
        text_for(Purpose.EXPORT, "en"),
        ConsentText(id="name-1", language="en", body="Yes?", sha256="0" * 64),
    ):
        with pytest.raises(ConsentRefused, match="reworded"):
            record_decision(
                person=cast.bob_person,
                library=cast.library,
                purpose=Purpose.NAME,
                granted=True,
                by=cast.bob,
                channel="signed_in",
                text=text,
            )
    assert epoch(cast) == 0


def test_a_receiver_that_fails_undoes_the_answer(cast: Cast) -> None:
    def fail(**_sent: Any) -> None:
        raise RuntimeError("disk full")

    decision_recorded.connect(fail)
    with pytest.raises(RuntimeError):
        say(cast, cast.bob_person, Purpose.NAME)
    decision_recorded.disconnect(fail)
    assert not Decision.objects.exists()
    assert epoch(cast) == 0


def test_others_hear_of_every_answer(cast: Cast) -> None:
    heard: list[Decision] = []

    def listen(decision: Decision, **_rest: Any) -> None:
        heard.append(decision)

    decision_recorded.connect(listen)
    say(cast, cast.bob_person, Purpose.NAME)
    decision_recorded.disconnect(listen)
    assert heard == [Decision.objects.get()]


def test_recognition_is_off_as_installed(cast: Cast) -> None:
    assert cast.library.recognition == RecognitionState.OFF


def test_only_the_owner_switches_recognition(cast: Cast, charlie: User) -> None:
    for by in (cast.bob, charlie):
        for state in RecognitionState:
            with pytest.raises(NotAllowed):
                set_recognition(library=cast.library, state=state, by=by, declared=True)


def test_grouping_needs_the_declaration(cast: Cast) -> None:
    household = RecognitionState.HOUSEHOLD
    with pytest.raises(ConsentRefused, match="private household"):
        set_recognition(library=cast.library, state=household, by=cast.alice)
    set_recognition(library=cast.library, state=household, by=cast.alice, declared=True)
    assert Library.objects.get(pk=cast.library.pk).recognition == household


def test_without_a_household_there_is_nobody_to_recognise(charlie: User) -> None:
    with pytest.raises(ConsentRefused, match="household"):
        set_recognition(library=library_of(charlie), state=RecognitionState.CONSENTED, by=charlie)


def test_others_hear_of_every_switch_and_of_nothing_else(cast: Cast) -> None:
    heard: list[tuple[str, str]] = []

    def listen(old: str, new: str, **_rest: Any) -> None:
        heard.append((old, new))

    recognition_changed.connect(listen)
    for state in (RecognitionState.CONSENTED, RecognitionState.CONSENTED, RecognitionState.OFF):
        set_recognition(library=cast.library, state=state, by=cast.alice)
    recognition_changed.disconnect(listen)
    assert heard == [("off", "consented"), ("consented", "off")]
    assert epoch(cast) == 2


def test_an_invitation_keeps_no_token(cast: Cast) -> None:
    invitation, token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    assert len(token) >= 43  # 256 bits in base64
    assert token not in str(Invitation.objects.values().get())
    assert find_invitation(token) == invitation
    assert find_invitation(token + "x") is None


def test_only_the_owner_of_a_library_invites_and_revokes(cast: Cast, charlie: User) -> None:
    for by in (cast.bob, charlie):
        with pytest.raises(NotAllowed):
            invite(person=cast.rosa, library=cast.library, by=by)
    with pytest.raises(NotAllowed):
        invite(person=cast.rosa, library=library_of(charlie), by=charlie)
    invitation, token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    with pytest.raises(NotAllowed):
        revoke_invitation(invitation=invitation, by=cast.bob)
    assert find_invitation(token) is not None


def test_people_with_an_account_and_children_are_not_invited(cast: Cast) -> None:
    with pytest.raises(ConsentRefused, match="has an account"):
        invite(person=cast.bob_person, library=cast.library, by=cast.alice)
    cast.rosa.guardian = cast.bob
    with pytest.raises(ConsentRefused, match="is a child"):
        invite(person=cast.rosa, library=cast.library, by=cast.alice)


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_an_ended_link_takes_back_what_stands_and_gives_nothing(cast: Cast, how: str) -> None:
    invitation, token = invite(person=cast.rosa, library=cast.library, by=cast.alice)

    proof = prove(invitation=invitation, code=make_code(invitation=invitation, by=cast.alice))

    def by_link(*, granted: bool) -> None:
        found = find_invitation(token)
        assert found is not None
        answer(
            person=cast.rosa,
            library=cast.library,
            purpose=Purpose.NAME,
            granted=granted,
            by=found,
            language="en",
            proof=proof,
        )

    by_link(granted=True)
    if how == "revoked":
        revoke_invitation(invitation=invitation, by=cast.alice)
    else:
        past = timezone.now() - timedelta(seconds=1)
        Invitation.objects.update(expires_at=past)
    with pytest.raises(NotAllowed):
        by_link(granted=True)
    by_link(granted=False)
    assert find_invitation(token) is None
