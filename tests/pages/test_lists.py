"""Albums, people, favourites, trash, search, and deeds for several photos."""

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from photolib.accounts.models import User
from photolib.library.models import Album, Photo
from photolib.library.services import add_to_album, create_album, move_to_trash
from photolib.pages.queries import album_cards, person_cards
from photolib.people.models import Person
from photolib.people.services import create_person, say_who
from photolib.search.services import index_photo
from tests.factories import photo_row

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse


def batch(
    client: Client, deed: str, *photos: Photo, **more: object
) -> "_MonkeyPatchedWSGIResponse":
    data = {"deed": deed, "photo": [photo.pk for photo in photos], **more}
    return client.post(reverse("pages:batch"), data)


def test_ticked_photos_are_shared_and_taken_back(alice: User, alice_client: Client) -> None:
    photos = [photo_row(alice, seed=seed) for seed in range(3)]
    batch(alice_client, "share", *photos[:2])
    assert Photo.objects.filter(shared_with_household=True).count() == 2
    batch(alice_client, "unshare", *photos)
    assert not Photo.objects.filter(shared_with_household=True).exists()


def test_ticked_photos_become_favourites_whoevers_they_are(
    bob: User, bob_client: Client, photo: Photo, shared_photo: Photo
) -> None:
    batch(bob_client, "star", photo, shared_photo)
    assert list(bob.favourites.values_list("photo", flat=True)) == [shared_photo.pk]
    page = bob_client.get(reverse("pages:favourites")).content.decode()
    assert f'id="photo-{shared_photo.pk}"' in page


@pytest.mark.parametrize("deed", ["share", "unshare", "trash"])
def test_other_peoples_photos_are_left_as_they_are(
    bob: User, bob_client: Client, shared_photo: Photo, photo: Photo, deed: str
) -> None:
    own = photo_row(bob, seed=7)
    response = batch(bob_client, deed, shared_photo, photo, own)
    messages = bob_client.get(response["Location"]).content.decode()
    shared_photo.refresh_from_db()
    assert shared_photo.shared_with_household
    assert shared_photo.trashed_at is None
    assert "1 photo belongs to somebody else" in messages


def test_ticked_photos_go_into_an_album(alice: User, alice_client: Client, photo: Photo) -> None:
    album = create_album(owner=alice, title="Summer")
    batch(alice_client, "album", photo, album=album.pk)
    assert list(album.photos.all()) == [photo]


def test_a_strangers_album_is_not_found(alice: User, charlie: User, charlie_client: Client) -> None:
    album = create_album(owner=alice, title="Ours", for_household=True)
    own = photo_row(charlie, seed=3)
    assert batch(charlie_client, "album", own, album=album.pk).status_code == 404
    assert not album.photos.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"deed": "share"}, "No photo is ticked"),
        ({"deed": "burn", "photo": ["1"]}, "Choose what is to be done"),
        ({"deed": "album", "photo": ["1"]}, "Choose an album first"),
    ],
)
def test_a_form_that_is_not_filled_in_says_what_is_missing(
    alice: User, alice_client: Client, data: dict[str, object], sentence: str
) -> None:
    if "photo" in data:
        data = data | {"photo": [photo_row(alice, seed=1).pk]}
    response = alice_client.post(reverse("pages:batch"), data, follow=True)
    assert sentence in response.content.decode()


# --- Albums ---------------------------------------------------------------------------------------
def test_an_album_is_made_changed_and_deleted(alice_client: Client) -> None:
    alice_client.post(reverse("pages:album_new"), {"title": "Summer", "for_household": "on"})
    album = Album.objects.get()
    assert album.for_household
    alice_client.post(reverse("pages:album_edit", args=[album.pk]), {"title": "Winter"})
    album.refresh_from_db()
    assert (album.title, album.for_household) == ("Winter", False)
    alice_client.post(reverse("pages:album_delete", args=[album.pk]))
    assert not Album.objects.exists()


def test_an_album_without_title_is_not_made(alice_client: Client) -> None:
    page = alice_client.post(reverse("pages:album_new"), {"title": ""}).content.decode()
    assert "error-summary" in page
    assert not Album.objects.exists()


def test_a_household_album_shows_its_photos_to_a_housemate(
    alice: User, bob_client: Client, photo: Photo
) -> None:
    album = create_album(owner=alice, title="Ours", for_household=True)
    add_to_album(photo=photo, album=album, by=alice)
    page = bob_client.get(reverse("pages:album", args=[album.pk])).content.decode()
    assert f'id="photo-{photo.pk}"' in page


def test_a_photo_is_taken_out_of_an_album_and_stays(
    alice: User, alice_client: Client, photo: Photo
) -> None:
    album = create_album(owner=alice, title="Ours")
    add_to_album(photo=photo, album=album, by=alice)
    alice_client.post(reverse("pages:album_remove", args=[album.pk]), {"photo": [photo.pk]})
    assert not album.photos.exists()
    assert Photo.objects.filter(pk=photo.pk, trashed_at=None).exists()


def test_counts_and_covers_of_albums_are_what_the_viewer_may_see(
    alice: User, bob: User, photo: Photo, shared_photo: Photo
) -> None:
    album = create_album(owner=bob, title="Bob's")
    add_to_album(photo=shared_photo, album=album, by=bob)
    shared_photo.shared_with_household = False
    shared_photo.save()
    [card] = album_cards(bob)
    assert (card.cover, card.photos) == (None, 0)


def test_queries_of_albums_and_people_do_not_grow(alice: User, photo: Photo) -> None:
    assert alice.household

    def fill(start: int, count: int) -> None:
        assert alice.household
        for number in range(start, start + count):
            row = photo_row(alice, seed=100 + number)
            person = create_person(household=alice.household, name=f"P{number}", by=alice)
            say_who(region=None, photo=row, person=person, by=alice)
            add_to_album(photo=row, album=create_album(owner=alice, title=f"A{number}"), by=alice)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert [card.photos for card in album_cards(alice)]
            assert [card.photos for card in person_cards(alice)]
        return len(captured)

    fill(0, 1)
    few = count()
    fill(1, 8)
    assert count() == few
    assert {card.photos for card in person_cards(alice)} == {1}


# --- People ---------------------------------------------------------------------------------------
def test_a_person_is_added_renamed_and_hidden(alice_client: Client) -> None:
    alice_client.post(reverse("pages:person_new"), {"name": "Maya"})
    maya = Person.objects.get()
    alice_client.post(
        reverse("pages:person_edit", args=[maya.pk]),
        {"name": "Maya Rose", "birthday": "2015-04-03", "hidden": "on"},
    )
    maya.refresh_from_db()
    assert (maya.name, str(maya.birthday), maya.hidden) == ("Maya Rose", "2015-04-03", True)
    page = alice_client.get(reverse("pages:people")).content.decode()
    assert "Hidden people" in page


def test_a_birthday_in_the_future_is_refused_in_words(alice_client: Client) -> None:
    page = alice_client.post(
        reverse("pages:person_new"), {"name": "Maya", "birthday": "2999-01-01"}
    ).content.decode()
    assert "A birthday cannot be in the future." in page


def test_a_persons_page_lists_their_photos(alice: User, alice_client: Client, photo: Photo) -> None:
    assert alice.household
    maya = create_person(household=alice.household, name="Maya", by=alice)
    say_who(region=None, photo=photo, person=maya, by=alice)
    page = alice_client.get(reverse("pages:person", args=[maya.pk])).content.decode()
    assert f'id="photo-{photo.pk}"' in page


# --- Trash ----------------------------------------------------------------------------------------
def test_trash_restores_and_asks_before_deleting_for_good(
    alice: User, alice_client: Client
) -> None:
    one, two = photo_row(alice, seed=1), photo_row(alice, seed=2)
    move_to_trash(photos=[one, two], by=alice)
    alice_client.post(reverse("pages:trash_restore"), {"photo": [one.pk]})
    one.refresh_from_db()
    assert one.trashed_at is None
    page = alice_client.post(reverse("pages:trash_purge"), {"photo": [two.pk]}).content.decode()
    assert "Delete 1 photo for good?" in page
    assert Photo.objects.filter(pk=two.pk).exists()
    alice_client.post(reverse("pages:trash_purge"), {"photo": [two.pk], "sure": "1"})
    assert not Photo.objects.filter(pk=two.pk).exists()


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_nobody_reaches_into_anothers_trash(
    request: pytest.FixtureRequest, alice: User, shared_photo: Photo, who: str
) -> None:
    client = request.getfixturevalue(f"{who}_client")
    move_to_trash(photos=[shared_photo], by=alice)
    for name in ("trash_restore", "trash_purge"):
        client.post(reverse(f"pages:{name}"), {"photo": [shared_photo.pk], "sure": "1"})
    shared_photo.refresh_from_db()
    assert shared_photo.trashed_at is not None


def test_only_what_is_in_the_trash_is_deleted_for_good(alice_client: Client, photo: Photo) -> None:
    alice_client.post(reverse("pages:trash_purge"), {"photo": [photo.pk], "sure": "1"})
    assert Photo.objects.filter(pk=photo.pk).exists()


# --- Search ---------------------------------------------------------------------------------------
def test_search_finds_by_place_and_says_how_it_understood(
    alice: User, alice_client: Client
) -> None:
    found = photo_row(alice, seed=1, place_town="Annecy", place_country="FR")
    photo_row(alice, seed=2)
    index_photo(found)
    page = alice_client.get(reverse("pages:search"), {"q": "annecy"}).content.decode()
    assert f'id="photo-{found.pk}"' in page
    assert "1 photo" in page
    assert "How your question was understood" in page
    assert "the word “annecy”" in page
    assert 'value="annecy"' in page


def test_search_names_words_that_lead_nowhere(alice: User, alice_client: Client) -> None:
    photo_row(alice, seed=1)
    page = alice_client.get(reverse("pages:search"), {"q": "xyzzy"}).content.decode()
    assert "Nothing is known by “xyzzy”" in page
    assert "No photo matches all of this" in page


def test_search_text_is_shown_as_text(alice_client: Client) -> None:
    page = alice_client.get(reverse("pages:search"), {"q": "<b>dog</b>"}).content.decode()
    assert "<b>dog</b>" not in page


def test_search_does_not_find_a_strangers_photo(
    alice: User, charlie_client: Client, shared_photo: Photo
) -> None:
    shared_photo.place_town = "Annecy"
    shared_photo.save()
    index_photo(shared_photo)
    page = charlie_client.get(reverse("pages:search"), {"q": "annecy"}).content.decode()
    assert "photo-grid" not in page
