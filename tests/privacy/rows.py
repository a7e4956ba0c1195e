"""People and answers for the tests of people's rights."""

from photolib.accounts.models import User
from photolib.consent.codes import make_code, prove
from photolib.consent.models import Invitation, Purpose
from photolib.consent.services import answer, find_invitation, invite, set_recognition
from photolib.library.models import Library, Photo, RecognitionState
from photolib.library.services import library_of
from photolib.people.models import (
    Appearance,
    AppearanceSource,
    AppearanceState,
    FaceRegion,
    Person,
)
from photolib.people.services import create_person, say_who
from tests.factories import photo_row


def person_of(user: User, *, by: User | None = None) -> Person:
    """The person whose account this is."""
    assert user.household is not None
    return create_person(household=user.household, name=user.display_name, by=by or user, user=user)


def guest(owner: User, name: str = "Rosa") -> tuple[Person, Invitation, str]:
    """Somebody without an account, invited to the owner's library: person, invitation, token."""
    assert owner.household is not None
    person = create_person(household=owner.household, name=name, by=owner)
    _made, token = invite(person=person, library=library_of(owner), by=owner)
    invitation = find_invitation(token)
    assert invitation is not None
    return person, invitation, token


def recognising(owner: User) -> Library:
    """The owner's library, with recognition of people who said yes."""
    library = library_of(owner)
    return set_recognition(library=library, state=RecognitionState.CONSENTED, by=owner)


def says(
    person: Person,
    library: Library,
    *purposes: Purpose,
    by: User | Invitation,
    granted: bool = True,
) -> None:
    proof = None
    if isinstance(by, Invitation) and granted:
        proof = prove(invitation=by, code=make_code(invitation=by, by=library.owner))
    for purpose in purposes:
        answer(
            person=person, library=library, purpose=purpose, granted=granted, by=by,
            language="en", proof=proof,
        )  # fmt: skip


def face(photo: Photo, left: float = 0.1) -> FaceRegion:
    return FaceRegion.objects.create(
        photo=photo, left=left, top=0.1, width=0.2, height=0.2, detector="test", confidence=0.9
    )


def matched(person: Person, photo: Photo, left: float = 0.1) -> Appearance:
    """A row as the machine writes it."""
    return Appearance.objects.create(
        person=person,
        photo=photo,
        region=face(photo, left),
        state=AppearanceState.AUTO,
        source=AppearanceSource.MACHINE,
    )


def shared_photo(owner: User, *, seed: int = 1, who: Person | None = None) -> Photo:
    """A photo that the household sees, with somebody named in it by hand."""
    photo = photo_row(owner, seed=seed, shared_with_household=True)
    if who is not None:
        say_who(region=face(photo), photo=photo, person=who, by=owner)
    return photo
