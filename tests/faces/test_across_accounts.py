"""A person is known in each library that they said yes to, with one name and no vector in common."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from faces.audit.standing import standing
from faces.grounds import drop_groundless
from faces.models import Template
from faces.sealing import open_template
from photolib.accounts.models import User
from photolib.consent import keys, wording
from photolib.consent.errors import KeyGone
from photolib.consent.models import Purpose
from photolib.core.chores import interval_of
from photolib.core.knowledge import known_of_photo
from photolib.library.models import RecognitionState
from photolib.library.services import (
    add_to_album,
    create_album,
    delete_album,
    move_to_trash,
    purge_photo,
    remove_from_album,
    restore,
    set_album_for_household,
    set_shared,
)
from photolib.people.models import Appearance
from photolib.people.services import dismiss_region, say_not
from tests.faces.across import Commits, Home
from tests.faces.conftest import House
from tests.faces.fake_engine import FakeEngine

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(alice: User, bob: User, commits: Commits) -> Home:
    return Home(House(alice), House(bob), commits)


# --- Photos that the library's owner may see --------------------------------------------------------


def test_a_yes_to_bobs_library_makes_carol_known_there_by_a_photo_that_alice_shared(
    home: Home,
) -> None:
    theirs = home.bob.photo("blue", "red", light=150)
    home.shares()
    home.says(True, home.bob)
    (template,) = home.learnt()
    assert (template.person, template.region) == (home.carol, home.region)
    assert template.decision.library == home.bob.library
    assert home.seen_by_bob() == [("Carol", "auto")]
    assert Appearance.objects.filter(photo=theirs, person=home.carol).exists()
    # Alice's library was not asked for anything, and keeps nothing.
    assert home.learnt(home.alice) == []


def test_a_private_photo_of_alice_teaches_bobs_library_nothing(home: Home) -> None:
    home.bob.photo("red", light=150)
    home.says(True, home.bob)
    assert home.learnt() == []
    assert home.seen_by_bob() == []


def test_without_a_yes_to_bobs_library_a_shared_photo_teaches_it_nothing(
    home: Home, fake: FakeEngine
) -> None:
    home.shares()
    home.says(True, home.alice)
    assert home.learnt() == []
    assert len(home.learnt(home.alice)) == 1


def test_sharing_later_is_enough(home: Home) -> None:
    home.bob.photo("red", light=150)
    home.says(True, home.bob)
    home.shares()
    assert len(home.learnt()) == 1
    assert home.seen_by_bob() == [("Carol", "auto")]


def test_naming_later_is_enough(home: Home) -> None:
    home.says(True, home.bob)
    photo = home.alice.photo("red", light=160, shared_with_household=True)
    (region,) = home.alice.look(photo)
    with home.commits():
        home.alice.names(region, home.carol)
    home.settle()
    assert [template.region for template in home.learnt()] == [region]


def test_switching_on_later_is_enough_on_either_side(home: Home) -> None:
    home.shares()
    home.says(True, home.bob)
    for house in (home.bob, home.alice):
        with home.commits():
            house.switch(RecognitionState.OFF)
        assert home.learnt() == []
        with home.commits():
            house.switch(RecognitionState.CONSENTED)
        home.settle()
        assert len(home.learnt()) == 1


def test_each_library_has_its_own_key_and_its_own_vector_of_the_same_face(home: Home) -> None:
    home.shares()
    home.says(True, home.alice)
    home.says(True, home.bob)
    (hers,), (his,) = home.learnt(home.alice), home.learnt()
    assert hers.region == his.region
    assert hers.key_id != his.key_id
    assert bytes(hers.sealed) != bytes(his.sealed)
    # What lies in one library's row cannot be opened as the other's.
    his.sealed, his.key_id = hers.sealed, hers.key_id
    with pytest.raises(KeyGone):
        open_template(his)


def test_a_no_to_one_library_leaves_the_other_alone(home: Home) -> None:
    home.shares()
    home.says(True, home.alice)
    home.says(True, home.bob)
    (hers,), (his,) = home.learnt(home.alice), home.learnt()
    home.says(False, home.bob)
    assert home.learnt() == []
    assert not keys.exists(his.key_id)
    assert [one.pk for one in home.learnt(home.alice)] == [hers.pk]
    assert keys.exists(hers.key_id)
    assert open_template(hers).shape == (512,)


def test_the_database_refuses_a_template_for_bobs_library_under_the_yes_to_alices(
    home: Home,
) -> None:
    home.says(True, home.alice)
    (hers,) = home.learnt(home.alice)
    with pytest.raises(DatabaseError, match="live yes"), transaction.atomic():
        Template.objects.create(
            person=home.carol,
            library=home.bob.library,
            region=home.region,
            decision=hers.decision,
            key_id=hers.key_id,
            pack=hers.pack,
            sealed=hers.sealed,
        )


def test_a_yes_to_the_first_text_covers_photos_of_that_library_alone(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.shares()
    monkeypatch.setitem(wording.CURRENT, Purpose.RECOGNISE, "recognise-1")
    home.says(True, home.bob)
    assert home.learnt() == []
    own = home.bob.photo("red", light=180)
    (region,) = home.bob.look(own)
    with home.commits():
        home.bob.names(region, home.carol)
    home.settle()
    assert [template.region for template in home.learnt()] == [region]
    # Read again, in the words of today.
    monkeypatch.setitem(wording.CURRENT, Purpose.RECOGNISE, "recognise-2")
    home.says(True, home.bob)
    assert {template.region for template in home.learnt()} == {region, home.region}


def test_photos_of_a_library_that_is_off_teach_nobody_what_their_owner_did_not_hand_over(
    home: Home, fake: FakeEngine
) -> None:
    home.alice.switch(RecognitionState.OFF)
    home.shares()
    home.says(True, home.bob)
    home.alice.look(home.named)
    assert home.learnt() == []
    assert fake.embedded == 0


# --- It goes when its ground goes -------------------------------------------------------------------


@pytest.fixture
def known(home: Home) -> Home:
    """Bob's library knows Carol by the photo that Alice shared."""
    home.shares()
    home.says(True, home.bob)
    assert len(home.learnt()) == 1
    return home


def unshare(home: Home) -> None:
    set_shared(photos=[home.named], shared=False, by=home.alice.owner)


def throw_away(home: Home) -> None:
    move_to_trash(photos=[home.named], by=home.alice.owner)


def purge(home: Home) -> None:
    purge_photo(photo=home.named)


def not_carol(home: Home) -> None:
    say_not(region=home.region, person=home.carol, by=home.alice.owner)


def somebody_else(home: Home) -> None:
    home.alice.names(home.region, home.alice.person("Dora"))


def no_face(home: Home) -> None:
    dismiss_region(region=home.region, by=home.alice.owner)


def switch_off(home: Home) -> None:
    home.alice.switch(RecognitionState.OFF)


def remove_carol(home: Home) -> None:
    home.carol.delete()


@pytest.mark.parametrize(
    "end",
    [
        unshare,
        throw_away,
        purge,
        not_carol,
        somebody_else,
        no_face,
        switch_off,
        remove_carol,
    ],
)
def test_what_was_learnt_goes_at_once_with_its_ground_and_the_last_takes_the_key(
    known: Home, end: Callable[[Home], None]
) -> None:
    (template,) = known.learnt()
    end(known)
    assert known.learnt() == []
    assert not keys.exists(template.key_id)
    known.settle()
    assert known.learnt() == []


def test_what_nobody_tells_of_is_found_within_a_minute(known: Home) -> None:
    assert interval_of("faces.grounds") == timedelta(minutes=1)
    drop_groundless(timezone.now())
    assert len(known.learnt()) == 1
    # Alice moves out, with her photos.
    User.objects.filter(pk=known.alice.owner.pk).update(household=None)
    assert [finding.where for finding in standing().findings] == ["database rows: faces_template"]
    assert drop_groundless(timezone.now()) == 1
    assert known.learnt() == []


def test_what_comes_out_of_the_trash_is_learnt_again(known: Home) -> None:
    throw_away(known)
    with known.commits():
        restore(photos=[known.named], by=known.alice.owner)
    known.settle()
    assert len(known.learnt()) == 1


def test_a_photo_shown_twice_is_still_shown_when_one_way_ends(known: Home) -> None:
    album = create_album(owner=known.alice.owner, title="All of us", for_household=True)
    add_to_album(photo=known.named, album=album, by=known.alice.owner)
    unshare(known)
    assert len(known.learnt()) == 1
    remove_from_album(photo=known.named, album=album, by=known.alice.owner)
    assert known.learnt() == []


def test_an_album_teaches_while_it_is_the_households(home: Home) -> None:
    home.says(True, home.bob)
    owner = home.alice.owner
    album = create_album(owner=owner, title="All of us")
    add_to_album(photo=home.named, album=album, by=owner)
    home.settle()
    assert home.learnt() == []
    with home.commits():
        set_album_for_household(album=album, for_household=True, by=owner)
    home.settle()
    assert len(home.learnt()) == 1
    set_album_for_household(album=album, for_household=False, by=owner)
    assert home.learnt() == []
    with home.commits():
        set_album_for_household(album=album, for_household=True, by=owner)
    home.settle()
    delete_album(album=album, by=owner)
    assert home.learnt() == []


def test_bobs_own_photos_of_carol_stay_when_alices_go(known: Home) -> None:
    (region,) = known.bob.look(known.bob.photo("red", light=180))
    with known.commits():
        known.bob.names(region, known.carol)
    known.settle()
    assert len(known.learnt()) == 2
    unshare(known)
    assert [template.region for template in known.learnt()] == [region]


# --- Told of ----------------------------------------------------------------------------------------


def test_the_photos_owner_and_carol_read_that_bobs_library_keeps_a_vector_and_bob_does_not_read_whose(
    known: Home,
) -> None:
    whats = [entry.what for entry in known_of_photo(known.named, known.alice.owner)]
    assert any("to recognise Carol in the library of Bob" in what for what in whats)
    (hers,) = known_of_photo(known.named, known.carol.user)
    assert "in the library of Bob" in hers.what
    assert known_of_photo(known.named, known.bob.owner) == []
