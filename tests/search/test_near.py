"""What is offered in the place of a word that leads nowhere, and to whom."""

import pytest

from photolib.accounts.models import User
from photolib.search.queries import search_photos
from tests.factories import photo_row
from tests.search.rows import with_person, with_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("beech", "beach"), ("beahc", "beach"), ("birthdya", "birthday"), ("cats", "")],
)
def test_a_word_nearly_right_is_offered(alice: User, typed: str, meant: str) -> None:
    with_words(alice, "beach birthday dog")
    (unknown,) = search_photos(alice, f"dog {typed}", "en").unknown
    assert unknown.meant == meant
    assert unknown.instead == (f"dog {meant}" if meant else "")
    assert unknown.without == "dog"


def test_a_name_nearly_right_is_offered_to_those_who_know_it(
    alice: User, bob: User, charlie: User
) -> None:
    with_person(alice, "Roberta")
    photo_row(bob, seed=7)
    photo_row(charlie, seed=8)
    offered = {
        viewer.username: search_photos(viewer, "Robreta", "en").unknown[0].meant
        for viewer in (alice, bob, charlie)
    }
    assert offered == {"alice": "roberta", "bob": "", "charlie": ""}


def test_no_word_of_a_photo_one_may_not_see_is_offered(alice: User, charlie: User) -> None:
    with_words(alice, "birthday", seed=1)
    photo_row(charlie, seed=2)
    (unknown,) = search_photos(charlie, "birthdya", "en").unknown
    assert unknown.meant == ""
