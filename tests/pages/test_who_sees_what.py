"""Every page with its owner, a housemate, a stranger and a signed-out visitor."""

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.library.services import create_album
from photolib.people.models import Person
from photolib.people.services import create_person

FOR_EVERYBODY = [
    "timeline", "favourites", "search", "upload", "albums", "album_new", "people", "trash",
    "jobs", "settings", "reach", "remove_account", "originals",
]  # fmt: skip
OF_A_PHOTO_TO_SEE = ["photo"]
OF_A_PHOTO_TO_CHANGE = ["words"]
POSTS_OF_A_PHOTO = [
    "clear_words", "share", "throw_away", "photo_albums", "photo_people", "photo_date",
]  # fmt: skip
POSTS_FOR_EVERYBODY = ["batch", "trash_restore", "trash_purge", "jobs_retry"]


@pytest.fixture
def maya(alice: User) -> Person:
    assert alice.household
    return create_person(household=alice.household, name="Maya", by=alice)


@pytest.mark.parametrize("name", FOR_EVERYBODY)
@pytest.mark.parametrize("who", ["alice", "bob", "charlie"])
def test_everybody_has_their_own_pages(request: pytest.FixtureRequest, name: str, who: str) -> None:
    client = request.getfixturevalue(f"{who}_client")
    assert client.get(reverse(f"pages:{name}")).status_code == 200


@pytest.mark.parametrize("name", [*FOR_EVERYBODY, *POSTS_FOR_EVERYBODY, "import_folder"])
def test_signed_out_visitor_is_asked_to_sign_in(alice: User, client: Client, name: str) -> None:
    address = reverse(f"pages:{name}")
    method = client.post if name in POSTS_FOR_EVERYBODY else client.get
    response = method(address)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("name", [*OF_A_PHOTO_TO_SEE, *OF_A_PHOTO_TO_CHANGE])
def test_owner_sees_the_pages_of_a_photo(alice_client: Client, photo: Photo, name: str) -> None:
    assert alice_client.get(reverse(f"pages:{name}", args=[photo.pk])).status_code == 200


@pytest.mark.parametrize("name", [*OF_A_PHOTO_TO_SEE, *OF_A_PHOTO_TO_CHANGE])
@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_private_photo_is_not_there_for_others(
    request: pytest.FixtureRequest, photo: Photo, name: str, who: str
) -> None:
    client = request.getfixturevalue(f"{who}_client")
    assert client.get(reverse(f"pages:{name}", args=[photo.pk])).status_code == 404


@pytest.mark.parametrize("name", [*OF_A_PHOTO_TO_SEE, *OF_A_PHOTO_TO_CHANGE, *POSTS_OF_A_PHOTO])
def test_signed_out_visitor_sees_no_photo(client: Client, photo: Photo, name: str) -> None:
    address = reverse(f"pages:{name}", args=[photo.pk])
    assert client.get(address).status_code == 302
    assert client.post(address).status_code == 302


@pytest.mark.parametrize("name", POSTS_OF_A_PHOTO)
@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_private_photo_cannot_be_changed_by_others(
    request: pytest.FixtureRequest, photo: Photo, name: str, who: str
) -> None:
    client = request.getfixturevalue(f"{who}_client")
    assert client.post(reverse(f"pages:{name}", args=[photo.pk])).status_code == 404


@pytest.mark.parametrize("name", POSTS_OF_A_PHOTO)
def test_housemate_reads_why_a_shared_photo_is_not_theirs_to_change(
    bob_client: Client, shared_photo: Photo, name: str
) -> None:
    response = bob_client.post(reverse(f"pages:{name}", args=[shared_photo.pk]))
    assert response.status_code == 403
    assert "only its owner can change it" in response.content.decode()


def test_housemate_sees_a_shared_photo_and_whose_it_is(
    bob_client: Client, shared_photo: Photo
) -> None:
    page = bob_client.get(reverse("pages:photo", args=[shared_photo.pk])).content.decode()
    assert "This photo is Alice&#x27;s" in page or "This photo is Alice's" in page
    assert reverse("pages:throw_away", args=[shared_photo.pk]) not in page


def test_stranger_does_not_find_a_shared_photo(charlie_client: Client, shared_photo: Photo) -> None:
    assert charlie_client.get(reverse("pages:photo", args=[shared_photo.pk])).status_code == 404
    assert b"photo-grid" not in charlie_client.get(reverse("pages:timeline")).content


def test_favourite_needs_a_photo_that_is_seen(charlie_client: Client, shared_photo: Photo) -> None:
    address = reverse("pages:favourite", args=[shared_photo.pk])
    assert charlie_client.post(address, {"on": "1"}).status_code == 404
    assert not shared_photo.favourites.exists()


@pytest.mark.parametrize("name", ["album", "album_edit", "album_delete"])
def test_private_album_is_its_owners(
    alice: User, alice_client: Client, bob_client: Client, charlie_client: Client, name: str
) -> None:
    address = reverse(f"pages:{name}", args=[create_album(owner=alice, title="Mine").pk])
    assert alice_client.get(address).status_code == 200
    assert bob_client.get(address).status_code == 404
    assert charlie_client.get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", ["album_edit", "album_delete"])
def test_housemate_sees_a_household_album_but_does_not_change_it(
    alice: User, bob_client: Client, name: str
) -> None:
    album = create_album(owner=alice, title="Ours", for_household=True)
    assert bob_client.get(reverse("pages:album", args=[album.pk])).status_code == 200
    assert bob_client.get(reverse(f"pages:{name}", args=[album.pk])).status_code == 403


def test_stranger_cannot_empty_an_album(alice: User, charlie_client: Client) -> None:
    album = create_album(owner=alice, title="Ours", for_household=True)
    assert charlie_client.post(reverse("pages:album_remove", args=[album.pk])).status_code == 404
    assert Client().post(reverse("pages:album_remove", args=[album.pk])).status_code == 302


@pytest.mark.parametrize("name", ["person", "person_edit"])
def test_people_are_the_households(
    alice_client: Client, bob_client: Client, charlie_client: Client, maya: Person, name: str
) -> None:
    address = reverse(f"pages:{name}", args=[maya.pk])
    assert alice_client.get(address).status_code == 200
    assert bob_client.get(address).status_code == 200
    assert charlie_client.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_account_without_household_adds_no_people(
    charlie_client: Client, alice_client: Client
) -> None:
    assert charlie_client.get(reverse("pages:person_new")).status_code == 403
    assert alice_client.get(reverse("pages:person_new")).status_code == 200
    assert Client().get(reverse("pages:person_new")).status_code == 302


def test_only_an_admin_reads_the_servers_folders(
    alice_client: Client, bob_client: Client, charlie_client: Client
) -> None:
    address = reverse("pages:import_folder")
    assert alice_client.get(address).status_code == 200
    assert bob_client.get(address).status_code == 403
    assert charlie_client.get(address).status_code == 403


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_names_and_facts_of_a_private_photo_cannot_be_touched(
    request: pytest.FixtureRequest, photo: Photo, who: str
) -> None:
    client = request.getfixturevalue(f"{who}_client")
    for name in ("photo_person_remove", "reject_fact"):
        assert client.post(reverse(f"pages:{name}", args=[photo.pk, 1])).status_code == 404
        assert Client().post(reverse(f"pages:{name}", args=[photo.pk, 1])).status_code == 302
