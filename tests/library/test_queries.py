"""Who may see which photo and which album."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from photolib.accounts.models import Household, User
from photolib.core.errors import NotAllowed
from photolib.library import queries
from photolib.library.models import Album, AlbumPhoto, Photo
from photolib.library.services import (
    add_to_album,
    create_album,
    move_to_trash,
    set_favourite,
    set_shared,
)
from tests.factories import photo_row

NOBODY = AnonymousUser()


def test_a_new_photo_is_its_owners_alone(alice: User, bob: User, charlie: User) -> None:
    photo = photo_row(bob)
    assert list(queries.photos_visible_to(bob)) == [photo]
    # Alice is the admin: that shows her nothing.
    for other in (alice, charlie, NOBODY):
        assert not queries.photos_visible_to(other).exists()


def test_a_shared_photo_is_seen_by_the_household_only(
    alice: User, bob: User, charlie: User
) -> None:
    photo = photo_row(alice)
    set_shared(photos=[photo], shared=True, by=alice)
    assert queries.photos_visible_to(bob).get() == photo
    assert not queries.photos_visible_to(charlie).exists()
    set_shared(photos=[photo], shared=False, by=alice)
    assert not queries.photos_visible_to(bob).exists()


def test_a_photo_in_two_household_albums_is_seen_once(alice: User, bob: User) -> None:
    photo = photo_row(alice)
    set_shared(photos=[photo], shared=True, by=alice)
    for title in ("Summer", "Lyon"):
        album = create_album(owner=bob, title=title, for_household=True)
        add_to_album(photo=photo, album=album, by=alice)
    assert list(queries.photos_visible_to(bob)) == [photo]


def test_a_photo_in_a_private_album_is_not_shown_to_others(alice: User, bob: User) -> None:
    photo = photo_row(alice)
    add_to_album(photo=photo, album=create_album(owner=alice, title="Mine"), by=alice)
    assert not queries.photos_visible_to(bob).exists()


def test_who_leaves_the_household_takes_their_albums_reach_along(alice: User, bob: User) -> None:
    photo = photo_row(alice)
    album = create_album(owner=alice, title="Ours", for_household=True)
    add_to_album(photo=photo, album=album, by=alice)
    assert queries.photos_visible_to(bob).exists()
    bob.household = None
    bob.save()
    assert not queries.photos_visible_to(bob).exists()
    assert not queries.albums_visible_to(bob).exists()


def test_an_account_that_was_switched_off_sees_nothing(alice: User) -> None:
    photo_row(alice)
    create_album(owner=alice, title="Mine")
    alice.is_active = False
    assert not queries.photos_visible_to(alice).exists()
    assert not queries.albums_visible_to(alice).exists()
    assert not queries.trash_of(alice).exists()


def test_stranger_gets_404_for_private_photo(alice: User, charlie: User) -> None:
    photo = photo_row(alice)
    with pytest.raises(Http404):
        queries.get_visible_photo(charlie, photo.pk)
    with pytest.raises(Http404):
        queries.get_own_photo(charlie, photo.pk)
    assert queries.get_visible_photo(alice, photo.pk) == photo


def test_housemate_may_see_a_shared_photo_and_not_own_it(alice: User, bob: User) -> None:
    photo = photo_row(alice, shared_with_household=True)
    assert queries.get_visible_photo(bob, photo.pk) == photo
    with pytest.raises(NotAllowed, match="belongs to somebody else"):
        queries.get_own_photo(bob, photo.pk)
    assert queries.get_own_photo(alice, photo.pk) == photo


def test_the_trash_is_its_owners_and_in_no_other_list(alice: User, bob: User) -> None:
    photo = photo_row(alice, shared_with_household=True)
    album = create_album(owner=alice, title="Ours", for_household=True)
    add_to_album(photo=photo, album=album, by=alice)
    move_to_trash(photos=[photo], by=alice)
    for viewer in (alice, bob):
        assert not queries.photos_visible_to(viewer).exists()
        assert not queries.album_photos(viewer, album).exists()
    assert queries.get_trashed_photo(alice, photo.pk) == photo
    assert queries.get_photo_with_files(alice, photo.pk) == photo
    for call in (queries.get_trashed_photo, queries.get_photo_with_files):
        with pytest.raises(Http404):
            call(bob, photo.pk)
    assert not queries.trash_of(NOBODY).exists()


def test_albums_are_seen_by_their_owner_or_the_household(
    alice: User, bob: User, charlie: User
) -> None:
    mine = create_album(owner=alice, title="Mine")
    ours = create_album(owner=alice, title="Ours", for_household=True)
    strangers = create_album(owner=charlie, title="Elsewhere")
    assert set(queries.albums_visible_to(alice)) == {mine, ours}
    assert set(queries.albums_visible_to(bob)) == {ours}
    assert set(queries.albums_visible_to(charlie)) == {strangers}
    assert not queries.albums_visible_to(NOBODY).exists()
    with pytest.raises(Http404):
        queries.get_visible_album(bob, mine.pk)
    with pytest.raises(Http404):
        queries.get_own_album(charlie, ours.pk)
    with pytest.raises(NotAllowed):
        queries.get_own_album(bob, ours.pk)
    assert queries.get_own_album(alice, ours.pk) == ours


def test_an_album_keeps_its_order_and_shows_what_the_viewer_may_see(alice: User, bob: User) -> None:
    album = create_album(owner=bob, title="Bob's choice")
    shared = [photo_row(alice, seed=seed, shared_with_household=True) for seed in (3, 1, 2)]
    for photo in shared:
        add_to_album(photo=photo, album=album, by=bob)
    assert list(queries.album_photos(bob, album)) == shared
    set_shared(photos=shared[:1], shared=False, by=alice)
    assert list(queries.album_photos(bob, album)) == shared[1:]


def test_stars_are_ones_own(alice: User, bob: User) -> None:
    photos = [photo_row(alice, seed=seed, shared_with_household=True) for seed in range(3)]
    set_favourite(photo=photos[1], user=bob, on=True)
    assert queries.favourite_ids(bob, photos) == {photos[1].pk}
    assert queries.favourite_ids(alice, photos) == set()
    assert queries.favourite_ids(NOBODY, photos) == set()
    assert list(queries.favourites_of(bob)) == [photos[1]]
    set_shared(photos=photos, shared=False, by=alice)
    assert not queries.favourites_of(bob).exists()


def test_the_number_of_queries_does_not_grow_with_photos(
    alice: User, bob: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    photos = [photo_row(alice, seed=seed, shared_with_household=True) for seed in range(20)]
    with django_assert_num_queries(2):
        seen = list(queries.photos_visible_to(bob))
        assert [photo.library.owner_id for photo in seen] == [alice.pk] * 20
        assert [photo.original.byte_size for photo in seen] == [1000] * 20
        queries.favourite_ids(bob, photos)


@dataclass(frozen=True)
class Room:
    """Three accounts, and what stands in their libraries; owners are numbers of accounts."""

    at_home: tuple[bool, bool, bool]
    photos: list[tuple[int, bool, bool]]  # owner, shared, trashed
    albums: list[tuple[int, bool]]  # owner, for the household
    entries: set[tuple[int, int]]  # album, photo


OWNERS = st.integers(0, 2)
ROOMS = st.builds(
    Room,
    at_home=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    photos=st.lists(st.tuples(OWNERS, st.booleans(), st.booleans()), min_size=1, max_size=4),
    albums=st.lists(st.tuples(OWNERS, st.booleans()), max_size=3),
    entries=st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=8),
)


def furnish(room: Room) -> tuple[list[User], list[Photo]]:
    home = Household.objects.create(pk=1, name="Home")
    users = [
        User.objects.create(username=f"user{n}", household=home if at_home else None)
        for n, at_home in enumerate(room.at_home)
    ]
    photos = [
        photo_row(
            users[owner],
            seed=n,
            shared_with_household=shared,
            trashed_at=timezone.now() if trashed else None,
        )
        for n, (owner, shared, trashed) in enumerate(room.photos)
    ]
    albums = [
        Album.objects.create(owner=users[owner], title=str(n), for_household=for_household)
        for n, (owner, for_household) in enumerate(room.albums)
    ]
    for album, photo in room.entries:
        if album < len(albums) and photo < len(photos):
            AlbumPhoto.objects.create(album=albums[album], photo=photos[photo])
    return users, photos


class TestVisibilityAgainstAPlainModel(TestCase):
    """The SQL says the same as the rule in words, whoever lives where."""

    @settings(max_examples=40, deadline=None)
    @given(room=ROOMS)
    def test_visible_is_own_or_shown_to_the_household(self, room: Room) -> None:
        users, photos = furnish(room)
        for viewer in users:
            seen = list(queries.photos_visible_to(viewer).values_list("pk", flat=True))
            assert len(seen) == len(set(seen))
            assert set(seen) == {photo.pk for photo in photos if may_see(viewer, photo)}


def may_see(viewer: User, photo: Photo) -> bool:
    """The rule of DESIGN.md in plain Python."""
    if photo.trashed_at is not None:
        return False
    owner = photo.library.owner
    if owner == viewer:
        return True
    if viewer.household is None or owner.household != viewer.household:
        return False
    return photo.shared_with_household or any(
        album.for_household and album.owner.household == viewer.household
        for album in photo.albums.all()
    )
