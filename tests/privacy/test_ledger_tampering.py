"""Whatever was changed behind photolib's back is found, no yes counts then, and nothing is lost."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from photolib.consent import ledger, wording
from photolib.consent.chain import chain_hash, commit_to
from photolib.consent.decisions import Reason, decide, people_allowing
from photolib.consent.errors import ConsentRefused
from photolib.consent.ledger import Trouble, chained_part
from photolib.consent.models import (
    Decision,
    Invitation,
    LedgerEntry,
    LedgerHead,
    LedgerSubject,
    Purpose,
)
from photolib.consent.services import find_invitation, invite, is_open
from photolib.consent.verification import HEADS, check_daily, export_head, verify, verify_and_note
from photolib.people.models import Person
from tests.consent.conftest import Cast, recognition_on, say
from tests.privacy.tampering import rules_off


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Bob said no and then yes, Rosa said yes and then no; the head is noted beside the keys."""
    recognition_on(cast)
    say(cast, cast.bob_person, Purpose.RECOGNISE, granted=False)
    say(cast, cast.bob_person, Purpose.RECOGNISE)
    say(cast, cast.rosa, Purpose.RECOGNISE)
    say(cast, cast.rosa, Purpose.RECOGNISE, granted=False)
    check_daily(timezone.now())
    assert allowed(cast) == {cast.bob_person.pk}
    return cast


def allowed(cast: Cast) -> set[int]:
    return people_allowing(Purpose.RECOGNISE, cast.library)


def change_an_entry(cast: Cast) -> None:
    LedgerEntry.objects.filter(sequence=1).update(granted=True)


def change_an_entry_and_hash_it_anew(cast: Cast) -> None:
    entry = LedgerEntry.objects.get(sequence=2)
    entry.text_language = "fr"
    LedgerEntry.objects.filter(sequence=2).update(
        text_language="fr", hash=chain_hash(chained_part(entry), entry.previous)
    )


def remove_an_entry(cast: Cast) -> None:
    Decision.objects.filter(entry=1).delete()
    LedgerEntry.objects.filter(sequence=1).delete()


def cut_the_end_off(cast: Cast) -> None:
    Decision.objects.filter(entry=4).delete()
    LedgerEntry.objects.filter(sequence=4).delete()


def cut_the_end_off_and_move_the_head(cast: Cast) -> None:
    cut_the_end_off(cast)
    last = LedgerEntry.objects.get(sequence=3)
    LedgerHead.objects.update(sequence=3, hash=last.hash)


def write_the_whole_chain_anew(cast: Cast) -> None:
    """Every hash is right again, from the first entry on; only what was noted elsewhere is not."""
    previous = "0" * 64
    for entry in LedgerEntry.objects.order_by("sequence"):
        if entry.sequence == 4:
            entry.granted = True
        entry.previous, entry.clock_behind = previous, 1
        entry.hash = previous = chain_hash(chained_part(entry), previous)
        entry.save()
    Decision.objects.filter(entry=4).update(granted=True)
    LedgerHead.objects.update(hash=previous)


def turn_a_no_into_a_yes(cast: Cast) -> None:
    Decision.objects.filter(entry=4).update(granted=True)


def remove_the_newest_no(cast: Cast) -> None:
    Decision.objects.filter(entry=4).delete()


def give_a_yes_to_somebody_else(cast: Cast) -> None:
    LedgerSubject.objects.filter(person=cast.rosa).delete()
    LedgerSubject.objects.filter(person=cast.bob_person).update(person=cast.rosa)
    Decision.objects.filter(entry=4).delete()
    Decision.objects.filter(entry=2).update(person=cast.rosa)


WAYS: list[tuple[Callable[[Cast], None], Trouble]] = [
    (change_an_entry, Trouble.CHAIN),
    (change_an_entry_and_hash_it_anew, Trouble.CHAIN),
    (remove_an_entry, Trouble.CHAIN),
    (cut_the_end_off, Trouble.CHAIN),
    (cut_the_end_off_and_move_the_head, Trouble.EXPORT),
    (write_the_whole_chain_anew, Trouble.EXPORT),
    (turn_a_no_into_a_yes, Trouble.ANSWERS),
    (remove_the_newest_no, Trouble.ANSWERS),
    (give_a_yes_to_somebody_else, Trouble.ANSWERS),
]


@pytest.mark.parametrize(("tamper", "trouble"), WAYS, ids=[way.__name__ for way, _ in WAYS])
def test_a_tampered_ledger_is_found_and_no_yes_counts(
    told: Cast, tamper: Callable[[Cast], None], trouble: Trouble
) -> None:
    people, answers = Person.objects.count(), Decision.objects.count()
    with rules_off():
        tamper(told)
    answers = Decision.objects.count()
    with pytest.raises(CommandError):
        call_command("verify_ledger")
    assert ledger.trouble() == trouble
    assert allowed(told) == set()
    assert (Person.objects.count(), Decision.objects.count()) == (people, answers)


@pytest.mark.parametrize(
    "tamper", [turn_a_no_into_a_yes, remove_the_newest_no, give_a_yes_to_somebody_else]
)
def test_an_answer_changed_beside_the_ledger_counts_for_nothing_even_before_any_check(
    told: Cast, tamper: Callable[[Cast], None]
) -> None:
    tamper(told)
    found = decide(told.rosa, Purpose.RECOGNISE, told.library)
    assert (found.allowed, found.reason) == (False, Reason.LEDGER_BROKEN)


def test_a_whole_ledger_is_proved(told: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_ledger")
    assert "The ledger holds: 4 entries" in capsys.readouterr().out
    call_command("verify_ledger", "--json")
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (said["sound"], said["entries"], said["problems"]) == (True, 4, [])
    assert said["exported_heads"] == 1


def test_the_json_says_what_is_wrong(told: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with rules_off():
        change_an_entry(told)
    with pytest.raises(CommandError, match="broken at entry 1"):
        call_command("verify_ledger", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["sound"] is False
    assert {problem["code"] for problem in said["problems"]} == {"chain"}


def test_what_is_put_right_counts_again(told: Cast) -> None:
    with rules_off():
        change_an_entry(told)
    verify_and_note()
    assert allowed(told) == set()
    with rules_off():
        LedgerEntry.objects.filter(sequence=1).update(granted=False)
    call_command("verify_ledger")
    assert allowed(told) == {told.bob_person.pk}


def test_a_yes_can_be_taken_back_while_the_ledger_does_not_hold(told: Cast) -> None:
    with rules_off():
        change_an_entry(told)
    verify_and_note()
    with pytest.raises(ConsentRefused, match="No yes can be written down now"):
        say(told, told.rosa, Purpose.NAME)
    say(told, told.bob_person, Purpose.RECOGNISE, granted=False)
    assert decide(told.bob_person, Purpose.RECOGNISE, told.library).reason == Reason.SAID_NO


def test_the_pages_say_why_nothing_counts(
    told: Cast, alice_client: Client, bob_client: Client
) -> None:
    sentence = "No yes counts at the moment"
    pages = [(bob_client, "/consent/"), (alice_client, f"/consent/people/{told.rosa.pk}/")]
    if apps.is_installed("faces"):
        pages.append((alice_client, reverse("faces:settings")))
    for client, path in pages:
        assert sentence not in client.get(path).content.decode()
    with rules_off():
        change_an_entry(told)
    verify_and_note()
    for client, path in pages:
        page = client.get(path).content.decode()
        assert sentence in page
        assert "entries in the record of answers were changed" in page
    # The way back stays open.
    assert "take-back/" in bob_client.get("/consent/").content.decode()


def test_an_old_copy_put_back_on_purpose_is_accepted_by_an_act(told: Cast) -> None:
    with rules_off():
        cut_the_end_off_and_move_the_head(told)
        cast_decision = Decision.objects.get(entry=3)
    with pytest.raises(CommandError, match="--accept-restored-copy"):
        call_command("verify_ledger")
    call_command("verify_ledger", "--accept-restored-copy")
    assert ledger.is_sound()
    assert decide(cast_decision.person, Purpose.RECOGNISE, told.library).allowed
    say(told, told.bob_person, Purpose.NAME)
    export_head(timezone.now())
    assert verify().problems == ()


def test_the_heads_lie_beside_the_keys_for_their_owner_alone(told: Cast) -> None:
    file: Path = settings.PHOTOLIB_KEYSTORE / HEADS
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_text()
    export_head(timezone.now())
    assert file.read_text() == before
    say(told, told.bob_person, Purpose.NAME)
    check_daily(timezone.now())
    numbers = [json.loads(line)["sequence"] for line in file.read_text().splitlines() if line]
    assert numbers == [4, 5]


def test_a_line_cut_off_by_a_power_failure_hides_no_later_one(told: Cast) -> None:
    file: Path = settings.PHOTOLIB_KEYSTORE / HEADS
    with file.open("a") as heads:
        heads.write('{"sequence": 4, "ha')
    say(told, told.bob_person, Purpose.NAME)
    export_head(timezone.now())
    report = verify()
    assert (report.exported_heads, report.problems) == (2, ())


# --- Texts ----------------------------------------------------------------------------------------


def test_a_text_changed_after_it_was_agreed_to_is_reported_and_its_answers_stop(
    told: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    say(told, told.bob_person, Purpose.NAME)
    for file in wording.FOLDER.glob("*.txt"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    changed = tmp_path / "recognise-2.en.txt"
    before = changed.read_bytes()
    changed.write_text("May we?\n\nSay yes.\n")
    found = decide(told.bob_person, Purpose.RECOGNISE, told.library)
    assert (found.allowed, found.reason) == (False, Reason.TEXT_CHANGED)
    # Answers to texts that still read as they did are not touched.
    assert decide(told.bob_person, Purpose.NAME, told.library).allowed
    with pytest.raises(CommandError, match=r"recognise-2\.en\.txt is not the one"):
        call_command("verify_ledger")
    changed.unlink()
    assert not decide(told.bob_person, Purpose.RECOGNISE, told.library).allowed
    changed.write_bytes(before)
    call_command("verify_ledger")
    assert decide(told.bob_person, Purpose.RECOGNISE, told.library).allowed


# --- The clock ------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    real = timezone.now

    def move(by: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + by)

    return move


def test_a_clock_set_back_is_recorded_and_the_ledgers_time_goes_on(
    told: Cast, clock: Callable[[timedelta], None]
) -> None:
    newest = LedgerHead.objects.get().seen_at
    clock(timedelta(days=-2))
    say(told, told.bob_person, Purpose.NAME)
    entry = LedgerEntry.objects.latest("sequence")
    assert entry.at == newest
    assert 172_700 < entry.clock_behind <= 172_800
    report = verify()
    assert (report.clock_oddities, report.problems) == (1, ())


def test_a_clock_set_back_opens_no_ended_invitation(
    cast: Cast, clock: Callable[[timedelta], None]
) -> None:
    invitation, token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    assert is_open(invitation)
    clock(timedelta(days=31))
    check_daily(timezone.now())
    clock(timedelta(0))
    assert not is_open(Invitation.objects.get(pk=invitation.pk))
    assert find_invitation(token) is None


def test_a_commitment_says_nothing_without_its_salt(cast: Cast) -> None:
    say(cast, cast.rosa, Purpose.NAME)
    subject = LedgerSubject.objects.get()
    reference = f"person:{cast.rosa.pk}/library:{cast.library.pk}"
    assert commit_to(subject.salt, reference) == LedgerEntry.objects.get().subject
    assert commit_to("", reference) != subject.commitment
    assert len(subject.salt) == 64
