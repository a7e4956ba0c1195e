"""A library of Alice's, with Bob (an account), Rosa (none) and Mia (a child of Bob's)."""

from dataclasses import dataclass
from datetime import date

import pytest

from photolib.accounts.models import Household, Role, User
from photolib.accounts.services import create_account
from photolib.consent.codes import make_code, prove
from photolib.consent.models import Invitation, Purpose
from photolib.consent.services import answer, invite, set_recognition
from photolib.library.models import Library, RecognitionState
from photolib.library.services import library_of
from photolib.people.models import Person
from photolib.people.services import create_person


@dataclass(frozen=True)
class Cast:
    """Who is asked: accounts and people."""

    library: Library
    alice: User
    bob: User
    bob_person: Person
    rosa: Person
    mia: Person
    mia_user: User


@pytest.fixture
def cast(alice: User, bob: User) -> Cast:
    house = Household.objects.get()
    mia_user = create_account(
        by=alice,
        username="mia",
        display_name="Mia",
        role=Role.CHILD,
        guardian=bob,
        birthday=date(2015, 6, 15),
    )
    return Cast(
        library=library_of(alice),
        alice=alice,
        bob=bob,
        bob_person=create_person(household=house, name="Bob", by=alice, user=bob),
        rosa=create_person(household=house, name="Rosa", by=alice),
        mia=create_person(household=house, name="Mia", by=alice, user=mia_user),
        mia_user=mia_user,
    )


def recognition_on(cast: Cast) -> None:
    set_recognition(library=cast.library, state=RecognitionState.CONSENTED, by=cast.alice)


def say(cast: Cast, person: Person, purpose: str, *, granted: bool = True) -> None:
    """The person answers about Alice's library, by the way that is theirs."""
    by: User | Invitation | None = cast.bob if person == cast.mia else person.user
    proof = None
    if by is None:
        by, _token = invite(person=person, library=cast.library, by=cast.alice)
        proof = prove(invitation=by, code=make_code(invitation=by, by=cast.alice))
    answer(
        person=person,
        library=cast.library,
        purpose=purpose,
        granted=granted,
        by=by,
        language="en",
        proof=proof,
    )


PURPOSES = list(Purpose)
