"""Photos that are found by words or people, and finding them."""

from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.people.services import create_person, say_who
from photolib.search.queries import search_photos
from photolib.search.services import replace_words
from tests.factories import photo_row


def found(viewer: User, text: str, language: str = "en") -> set[int]:
    return {photo.pk for photo in search_photos(viewer, text, language).photos}


def with_words(owner: User, words: str, *, seed: int = 0, **fields: object) -> Photo:
    photo = photo_row(owner, seed=seed, **fields)
    replace_words(photo, [(word, "text") for word in words.split()])
    return photo


def with_person(owner: User, name: str, *, seed: int = 0, user: User | None = None) -> Photo:
    photo = photo_row(owner, seed=seed, shared_with_household=True)
    assert owner.household is not None
    person = create_person(household=owner.household, name=name, by=owner, user=user)
    say_who(region=None, photo=photo, person=person, by=owner)
    return photo
