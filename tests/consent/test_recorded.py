"""The statement of our own that reads the newest answers says the same as Django's own rows."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import F
from django.utils import timezone

from photolib.accounts.models import Role, User
from photolib.accounts.services import create_account
from photolib.consent.decisions import newest_decisions, people_at_rest
from photolib.consent.ledger import chained_part, own_hash_holds
from photolib.consent.models import Channel, LedgerHead, LedgerSubject, Purpose
from photolib.consent.recorded import newest_answers
from photolib.consent.services import record_unasked_no
from photolib.consent.standing import standing_of
from photolib.library.services import library_of
from photolib.people.models import Person
from photolib.people.services import create_person
from photolib.rights.models import Freeze
from photolib.rights.services import freeze
from tests.consent.conftest import Cast, recognition_on, say

DAYS = (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2031, 6, 15))


@pytest.fixture
def answered(cast: Cast) -> Cast:
    """Answers that were taken back, given again, and given in two libraries."""
    recognition_on(cast)
    for granted in (True, False, True):
        say(cast, cast.bob_person, Purpose.NAME, granted=granted)
    say(cast, cast.bob_person, Purpose.RECOGNISE)
    say(cast, cast.bob_person, Purpose.EXPORT)
    say(cast, cast.bob_person, Purpose.EXPORT, granted=False)
    return cast


def test_it_finds_the_rows_that_django_finds(answered: Cast) -> None:
    rows = newest_decisions().select_related("entry", "library__owner", "person__household")
    theirs = {row.pk: row for row in rows}
    ours = {row.pk: row for row in newest_answers()}
    assert ours.keys() == theirs.keys()
    assert len(ours) == 3
    salt = LedgerSubject.objects.get().salt
    head = LedgerHead.objects.get()
    for pk, found in ours.items():
        row = theirs[pk]
        assert (found.person_id, found.library_id, found.purpose, found.granted, found.channel) == (
            row.person_id, row.library_id, row.purpose, row.granted, row.channel,
        )  # fmt: skip
        assert found.decided_by_id == row.decided_by_id
        assert (found.entry, found.previous, found.hash) == (
            chained_part(row.entry), row.entry.previous, row.entry.hash,
        )  # fmt: skip
        assert own_hash_holds(row.entry)
        assert (found.salt, found.trouble, found.seen_at) == (salt, "", head.seen_at)
        assert found.recognition == row.library.recognition
        assert found.owner_household_id == row.library.owner.household_id
        assert found.household_id == row.person.household_id
        assert (found.superseded, found.guards_missing, found.at_rest) == (False, 0, False)


def test_it_finds_what_it_is_asked_about(answered: Cast) -> None:
    person, library = answered.bob_person.pk, answered.library.pk
    assert {row.purpose for row in newest_answers(granted_only=True)} == {"name", "recognise"}
    assert {row.purpose for row in newest_answers(purposes=[Purpose.EXPORT])} == {"export"}
    assert len(newest_answers(people=[person], libraries=[library])) == 3
    assert newest_answers(people=[person + 1]) == []
    assert newest_answers(libraries=[library_of(answered.bob).pk]) == []
    assert newest_answers(people=[]) == newest_answers(purposes=[]) == []


def people_of_all_kinds(cast: Cast) -> list[Person]:
    """With and without an account, a birthday, a guardian; written as rows, as no page would leave them."""
    made = []
    kinds = product(
        (None, Role.ADULT, Role.CHILD),
        (None, date(2008, 2, 29), date(2016, 3, 1), date(1980, 1, 1)),
        (None, cast.alice, cast.bob),
    )
    for number, (role, birthday, guardian) in enumerate(kinds):
        user = None
        if role is not None:
            user = create_account(by=cast.alice, username=f"p{number}", display_name="P")
            User.objects.filter(pk=user.pk).update(role=role, birthday=birthday, guardian=guardian)
        person = create_person(
            household=cast.rosa.household, name=f"P{number}", by=cast.alice, user=user
        )
        if user is None:
            Person.objects.filter(pk=person.pk).update(birthday=birthday, guardian=guardian)
        made.append(person)
    return made


def test_it_tells_who_decides_as_the_person_does(cast: Cast) -> None:
    made = people_of_all_kinds(cast)
    for person in made:
        record_unasked_no(
            person=person, library=cast.library, purpose=Purpose.NAME, channel=Channel.LAPSED
        )
    User.objects.filter(pk=cast.bob.pk).update(is_active=False)
    found = {row.person_id: row.who for row in newest_answers()}
    assert len(found) == len(made)
    kinds = set()
    for person in Person.objects.filter(pk__in=found):
        for day in DAYS:
            standing = standing_of(person, today=day)
            guardian = standing.guardian.pk if standing.guardian else None
            assert found[person.pk].minor_on(day) is standing.minor
            assert found[person.pk].guardian_on(day) == guardian
            kinds.add((standing.minor, guardian is None))
    assert kinds == {(False, True), (True, True), (True, False)}


def test_a_freeze_in_force_to_django_is_one_to_the_statement(answered: Cast) -> None:
    person, library = answered.bob_person, answered.library
    now = timezone.now()
    freeze(person=person, by=answered.bob)
    rows = Freeze.objects.all()
    for until in (None, now - timedelta(seconds=1), now + timedelta(hours=1)):
        for lifted in (None, now):
            for where in (None, library, library_of(answered.bob)):
                rows.update(until=until, lifted_at=lifted, library=where)
                in_force = Freeze.objects.in_force().filter(person=person).exists()
                here = in_force and where in (None, library)
                assert people_at_rest(Purpose.RECOGNISE, library) == (
                    {person.pk} if here else set()
                )
    assert Freeze.objects.filter(until__gt=F("since")).exists()
