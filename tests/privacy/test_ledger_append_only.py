"""The database itself refuses to change or remove what stands in the ledger, and everybody notices
where it stopped doing so."""

import threading
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from photolib.accounts.models import User
from photolib.accounts.services import create_account
from photolib.consent import ledger
from photolib.consent.chain import ORIGIN
from photolib.consent.checks import check_guards
from photolib.consent.decisions import Reason, decide
from photolib.consent.errors import ConsentRefused
from photolib.consent.models import Decision, LedgerEntry, LedgerHead, LedgerSubject, Purpose
from photolib.consent.services import answer
from photolib.consent.verification import verify
from photolib.core import guards
from photolib.library.services import library_of
from photolib.people.services import create_person, delete_person
from tests.consent.conftest import Cast, recognition_on, say
from tests.privacy.tampering import rules_off

TABLE = LedgerEntry._meta.db_table


def refused(sql: str, *parameters: Any) -> None:
    with (
        pytest.raises(IntegrityError, match="ledger"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)


def test_entries_can_be_neither_changed_nor_removed(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.NAME, granted=False)
    refused("UPDATE consent_ledgerentry SET granted = %s", True)
    refused("UPDATE consent_ledgerentry SET hash = hash")
    refused("DELETE FROM consent_ledgerentry")
    assert LedgerEntry.objects.get().granted is False


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_ledger_cannot_be_truncated(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.NAME)
    with connection.cursor() as cursor:
        # Otherwise PostgreSQL refuses for another reason: foreign keys not looked at yet.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(f"TRUNCATE {TABLE} CASCADE")
    refused(f"TRUNCATE {TABLE}, consent_decision CASCADE")


def test_an_entry_out_of_order_is_refused(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.NAME)
    first = LedgerEntry.objects.get()
    columns = [field.attname for field in LedgerEntry._meta.concrete_fields]
    marks = ", ".join(["%s"] * len(columns))
    fits = {"sequence": 2, "entry_id": "b" * 32, "previous": first.hash, "hash": "c" * 64}
    sql = f"INSERT INTO {TABLE} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  our own names
    for wrong in (
        {"sequence": 3},
        {"sequence": 1},
        {"previous": ORIGIN},
        {"entry_id": first.entry_id},
        {"hash": first.hash},
    ):
        row = {column: getattr(first, column) for column in columns} | fits | wrong
        refused(sql, *row.values())
        if connection.vendor == "sqlite":
            # REPLACE removes what is in its way without asking a DELETE trigger.
            refused(sql.replace("INSERT", "INSERT OR REPLACE"), *row.values())
    assert LedgerEntry.objects.get() == first


def test_a_person_who_is_removed_leaves_entries_that_name_nobody(cast: Cast) -> None:
    say(cast, cast.rosa, Purpose.NAME)
    say(cast, cast.bob_person, Purpose.NAME)
    commitment = LedgerSubject.objects.get(person=cast.rosa).commitment
    delete_person(person=cast.rosa, by=cast.alice)
    assert LedgerEntry.objects.filter(subject=commitment).count() == 1
    assert not LedgerSubject.objects.filter(commitment=commitment).exists()
    assert Decision.objects.count() == 1
    assert verify().problems == ()
    values = {str(value) for row in LedgerEntry.objects.values_list() for value in row}
    assert not any("Rosa" in value for value in values)


def test_a_library_that_goes_leaves_the_chain_whole(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.NAME)
    cast.library.delete()
    assert (LedgerEntry.objects.count(), LedgerSubject.objects.count()) == (1, 0)
    assert verify().problems == ()


def test_the_same_person_is_not_to_be_recognised_as_such_across_libraries(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.NAME)
    answer(
        person=cast.bob_person,
        library=library_of(cast.bob),
        purpose=Purpose.NAME,
        granted=True,
        by=cast.bob,
        language="en",
    )
    first, second = LedgerEntry.objects.all()
    assert first.subject != second.subject
    assert first.actor != second.actor


def test_lost_triggers_stop_every_yes_at_once_and_migrate_lays_them_again(cast: Cast) -> None:
    recognition_on(cast)
    say(cast, cast.bob_person, Purpose.RECOGNISE)
    assert decide(cast.bob_person, Purpose.RECOGNISE, cast.library).allowed
    guards.take_away()
    assert decide(cast.bob_person, Purpose.RECOGNISE, cast.library).reason == Reason.LEDGER_BROKEN
    assert ledger.trouble() == ledger.Trouble.GUARDS
    assert {error.id for error in check_guards(databases=["default"])} == {"consent.E001"}
    with pytest.raises(ConsentRefused, match="verify_ledger"):
        say(cast, cast.bob_person, Purpose.NAME)
    call_command("migrate", verbosity=0)
    assert guards.missing() == []
    assert check_guards(databases=["default"]) == []
    assert decide(cast.bob_person, Purpose.RECOGNISE, cast.library).allowed


def test_a_rule_of_the_same_name_that_does_nothing_is_not_taken_for_it(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.NAME)
    name = "consent_ledger_no_update"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END")
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                " AS $$BEGIN RETURN NEW; END$$"
            )
    assert guards.missing() == [name]
    assert not decide(cast.bob_person, Purpose.NAME, cast.library).allowed


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's triggers have no switch")
def test_a_rule_that_is_switched_off_is_missed(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER consent_ledger_no_delete")
    assert guards.missing() == ["consent_ledger_no_delete"]


def test_every_rule_is_laid_as_installed(db: None) -> None:
    assert guards.missing() == []
    with rules_off():
        lost = set(guards.missing())
    ours = {"consent_ledger_in_order", "consent_ledger_no_update", "consent_ledger_no_delete"}
    faces = {"faces_template_insert_needs_yes", "faces_template_update_needs_yes"}
    truncate = {"consent_ledger_no_truncate"} if connection.vendor == "postgresql" else set()
    assert lost == ours | truncate | (faces if apps.is_installed("faces") else set())


@pytest.mark.django_db(transaction=True)
def test_two_writers_never_fork_the_chain(alice: User) -> None:
    library = library_of(alice)
    assert alice.household is not None
    people = []
    for number in range(4):
        user = create_account(by=alice, username=f"m{number}", display_name=f"M{number}")
        people.append(
            create_person(household=alice.household, name=f"M{number}", by=alice, user=user)
        )
    failures: list[BaseException] = []
    start = threading.Barrier(len(people))

    def write(number: int) -> None:
        try:
            start.wait()
            for turn in range(5):
                answer(
                    person=people[number],
                    library=library,
                    purpose=Purpose.NAME,
                    granted=turn % 2 == 0,
                    by=people[number].user or alice,
                    language="en",
                )
        except BaseException as error:
            failures.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(LedgerEntry.objects.values_list("sequence", flat=True)) == list(range(1, 21))
    assert verify().problems == ()
    head = LedgerHead.objects.get()
    assert (head.sequence, head.hash) == (20, LedgerEntry.objects.last().hash)  # type: ignore[union-attr]  # there are twenty


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_ledger_too_and_lays_its_rules_again(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.NAME)
    call_command("flush", interactive=False, verbosity=0)
    assert not LedgerEntry.objects.exists()
    assert guards.missing() == []
