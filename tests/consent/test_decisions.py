"""What a recorded answer means, and to whom it may be left."""

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from photolib.accounts.models import User
from photolib.accounts.services import create_account
from photolib.consent.ages import AGES, age_of_consent, age_on
from photolib.consent.decisions import Reason, answers, decide, pairs_allowing, people_allowing
from photolib.consent.models import Channel, Decision, Purpose
from photolib.consent.services import answer, invite, record_decision, set_recognition
from photolib.consent.standing import standing_of
from photolib.consent.wording import text_for
from photolib.core.errors import NotAllowed
from photolib.library.models import Library, RecognitionState
from photolib.library.services import library_of
from photolib.people.models import Person
from photolib.people.services import create_person, link_account
from tests.consent.conftest import PURPOSES, Cast, recognition_on, say

FIFTEEN = date(2030, 6, 15)
SIXTEEN = date(2031, 6, 15)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_nobody_is_asked_means_no(cast: Cast, purpose: str) -> None:
    recognition_on(cast)
    assert decide(cast.bob_person, purpose, cast.library).reason == Reason.NOT_ASKED


def test_each_purpose_is_a_question_of_its_own(cast: Cast) -> None:
    recognition_on(cast)
    say(cast, cast.bob_person, Purpose.NAME)
    allowed = [p for p in PURPOSES if decide(cast.bob_person, p, cast.library).allowed]
    assert allowed == [Purpose.NAME]


def test_the_newest_answer_counts_and_the_older_stay_on_record(cast: Cast) -> None:
    for granted in (True, False, True, False):
        say(cast, cast.bob_person, Purpose.NAME, granted=granted)
        found = decide(cast.bob_person, Purpose.NAME, cast.library)
        assert (found.allowed, found.granted) == (granted, granted)
    assert Decision.objects.count() == 4


def test_an_answer_is_for_one_library(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.NAME)
    own = library_of(cast.bob)
    assert not decide(cast.bob_person, Purpose.NAME, own).allowed
    assert pairs_allowing(Purpose.NAME, [own.pk, cast.library.pk]) == {
        (cast.bob_person.pk, cast.library.pk)
    }


def test_recognising_needs_the_switch_and_the_yes(cast: Cast) -> None:
    say(cast, cast.bob_person, Purpose.RECOGNISE)
    found = decide(cast.bob_person, Purpose.RECOGNISE, cast.library)
    assert (found.allowed, found.reason) == (False, Reason.RECOGNITION_OFF)
    recognition_on(cast)
    assert decide(cast.bob_person, Purpose.RECOGNISE, cast.library).allowed
    assert people_allowing(Purpose.RECOGNISE, cast.library) == {cast.bob_person.pk}
    set_recognition(library=cast.library, state=RecognitionState.OFF, by=cast.alice)
    assert people_allowing(Purpose.RECOGNISE, cast.library) == set()


def test_a_stale_library_in_the_hand_does_not_open_what_is_off(cast: Cast) -> None:
    recognition_on(cast)
    say(cast, cast.bob_person, Purpose.RECOGNISE)
    stale = Library.objects.get(pk=cast.library.pk)
    set_recognition(library=cast.library, state=RecognitionState.OFF, by=cast.alice)
    assert stale.recognition == RecognitionState.CONSENTED
    assert not decide(cast.bob_person, Purpose.RECOGNISE, stale).allowed


def test_the_owner_reads_names_in_the_own_library_and_nobody_elses(cast: Cast) -> None:
    assert decide(cast.rosa, Purpose.NAME, cast.library, cast.alice).allowed
    assert not decide(cast.rosa, Purpose.NAME, cast.library, cast.bob).allowed
    assert not decide(cast.rosa, Purpose.EXPORT, cast.library, cast.alice).allowed


def test_nobody_answers_for_another_adult(cast: Cast) -> None:
    for channel in Channel:
        with pytest.raises(NotAllowed):
            _record(cast, cast.bob_person, cast.alice, channel)
        with pytest.raises(NotAllowed):
            _record(cast, cast.rosa, cast.alice, channel)
    assert not Decision.objects.exists()


def _record(cast: Cast, person: Person, by: User, channel: str) -> None:
    record_decision(
        person=person,
        library=cast.library,
        purpose=Purpose.NAME,
        granted=True,
        by=by,
        channel=channel,
        text=text_for(Purpose.NAME, "en"),
    )


def test_a_stranger_answers_nothing_here(cast: Cast, charlie: User) -> None:
    with pytest.raises(NotAllowed):
        _record(cast, cast.bob_person, charlie, Channel.SIGNED_IN)


def test_a_library_of_a_stranger_asks_nobody(cast: Cast, charlie: User) -> None:
    with pytest.raises(NotAllowed, match="same household"):
        answer(
            person=cast.bob_person,
            library=library_of(charlie),
            purpose=Purpose.NAME,
            granted=True,
            by=cast.bob,
            language="en",
        )


def test_only_the_guardian_answers_for_a_child(cast: Cast) -> None:
    for by, channel in (
        (cast.mia_user, Channel.SIGNED_IN),
        (cast.alice, Channel.GUARDIAN),
        (cast.alice, Channel.SIGNED_IN),
    ):
        with pytest.raises(NotAllowed):
            _record(cast, cast.mia, by, channel)
    _record(cast, cast.mia, cast.bob, Channel.GUARDIAN)
    assert decide(cast.mia, Purpose.NAME, cast.library, today=FIFTEEN).allowed


def test_on_the_birthday_the_guardians_yes_ends_until_the_young_person_decides(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(cast, cast.mia, Purpose.NAME)
    eve = date(2031, 6, 14)
    assert decide(cast.mia, Purpose.NAME, cast.library, today=eve).allowed
    found = decide(cast.mia, Purpose.NAME, cast.library, today=SIXTEEN)
    assert (found.allowed, found.reason) == (False, Reason.DECIDES_ALONE_NOW)
    monkeypatch.setattr(timezone, "localdate", lambda: SIXTEEN)
    with pytest.raises(NotAllowed):
        _record(cast, cast.mia, cast.bob, Channel.GUARDIAN)
    _record(cast, cast.mia, cast.mia_user, Channel.SIGNED_IN)
    assert people_allowing(Purpose.NAME, cast.library) == {cast.mia.pk}


def test_the_countrys_age_decides(cast: Cast) -> None:
    say(cast, cast.mia, Purpose.NAME)
    house = cast.mia.household
    for country, minor in (("DK", False), ("FR", False), ("DE", True), ("", True), ("US", True)):
        house.country = country
        house.save()
        person = Person.objects.get(pk=cast.mia.pk)
        assert standing_of(person, today=FIFTEEN).minor is minor


def test_a_guardian_who_left_takes_the_yes_along(cast: Cast) -> None:
    say(cast, cast.mia, Purpose.NAME)
    User.objects.filter(pk=cast.bob.pk).update(is_active=False)
    assert decide(cast.mia, Purpose.NAME, cast.library).reason == Reason.GUARDIAN_DECIDES
    User.objects.filter(pk=cast.mia_user.pk).update(guardian=cast.alice)
    assert not decide(cast.mia, Purpose.NAME, cast.library).allowed
    person = Person.objects.get(pk=cast.mia.pk)
    _record(cast, person, cast.alice, Channel.GUARDIAN)
    assert decide(cast.mia, Purpose.NAME, cast.library).allowed


def test_a_birthday_beside_an_adults_account_makes_no_child_of_it(cast: Cast) -> None:
    cast.bob_person.birthday = date(2020, 1, 1)
    cast.bob_person.guardian = cast.alice
    cast.bob_person.save()
    assert standing_of(cast.bob_person).minor is False
    with pytest.raises(NotAllowed):
        _record(cast, cast.bob_person, cast.alice, Channel.GUARDIAN)


def test_a_child_without_account_or_birthday_has_its_guardian(cast: Cast) -> None:
    ben = create_person(
        household=cast.mia.household, name="Ben", by=cast.alice, guardian=cast.alice
    )
    _record(cast, ben, cast.alice, Channel.GUARDIAN)
    assert decide(ben, Purpose.NAME, cast.library).allowed


def test_an_invitation_answers_for_its_person_and_library_alone(cast: Cast) -> None:
    invitation, _token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    for person, library in (
        (cast.bob_person, cast.library),
        (cast.rosa, library_of(cast.bob)),
    ):
        with pytest.raises(NotAllowed):
            answer(
                person=person,
                library=library,
                purpose=Purpose.NAME,
                granted=True,
                by=invitation,
                language="en",
            )


def test_with_an_account_a_link_only_takes_back(cast: Cast) -> None:
    invitation, _token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    dan = create_account(by=cast.alice, username="dan", display_name="Dan")
    link_account(person=cast.rosa, user=dan, by=dan)

    def by_link(*, granted: bool) -> None:
        answer(
            person=cast.rosa,
            library=cast.library,
            purpose=Purpose.NAME,
            granted=granted,
            by=invitation,
            language="en",
        )

    with pytest.raises(NotAllowed):
        by_link(granted=True)
    by_link(granted=False)
    assert decide(cast.rosa, Purpose.NAME, cast.library).reason == Reason.SAID_NO


def test_the_number_of_queries_does_not_grow_with_people(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        person = create_person(household=cast.mia.household, name=f"P{number}", by=cast.alice)
        say(cast, person, Purpose.NAME)
    with django_assert_num_queries(1):
        assert len(people_allowing(Purpose.NAME, cast.library)) == 6
    everybody = list(Person.objects.all())
    with django_assert_num_queries(1):
        assert len(answers(everybody, [cast.library])) == 6


def test_ages_are_those_of_the_law_and_sixteen_otherwise() -> None:
    assert set(AGES.values()) == {13, 14, 15, 16}
    assert [age_of_consent(code) for code in ("be", "AT", "FR", "DE", "", "ZZ")] == [
        13, 14, 15, 16, 16, 16,
    ]  # fmt: skip


def test_who_was_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    born = date(2012, 2, 29)
    assert age_on(born, date(2027, 2, 28)) == 14
    assert age_on(born, date(2027, 3, 1)) == 15
    assert age_on(born, date(2028, 2, 29)) == 16
