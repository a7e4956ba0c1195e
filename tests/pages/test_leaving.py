"""Copies for oneself, and the end of an account."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from photolib.accounts.models import Role, User
from photolib.accounts.services import change_role
from photolib.library.models import Album, Photo, RecognitionState
from photolib.library.services import add_to_album, create_album, library_of, move_to_trash
from photolib.library.storage import original_path
from photolib.pages.archive import stream_zip
from photolib.pages.removal import CannotRemove, remove_account
from tests.conftest import PASSWORD
from tests.factories import photo_row

REMOVE = "pages:remove_account"


def unpack(pieces: Iterable[bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_zip_holds_each_original_under_a_name_of_its_own(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).write_bytes(name.encode() * 100_000)
    files = [
        ("a.jpg", tmp_path / "one"),
        ("A.JPG", tmp_path / "two"),
        ("../../a.jpg", tmp_path / "three"),
        ("gone.jpg", tmp_path / "nowhere"),
    ]
    held = unpack(stream_zip(files))
    assert list(held) == ["a.jpg", "A (2).JPG", "a (3).jpg"]
    assert held["a (3).jpg"] == b"three" * 100_000


def test_downloading_all_gives_ones_own_originals_only(
    alice: User, bob: User, bob_client: Client, shared_photo: Photo
) -> None:
    own = photo_row(bob, seed=5, original_name="own.jpg")
    path = original_path(own.original)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"bytes of bob")
    response = bob_client.get(reverse("pages:originals"))
    assert unpack([response.getvalue()]) == {"own.jpg": b"bytes of bob"}


def test_the_last_admin_cannot_go(alice: User, bob: User, alice_client: Client) -> None:
    page = alice_client.get(reverse(REMOVE)).content.decode()
    assert "You are the last admin" in page
    alice_client.post(reverse(REMOVE), {"photos": "delete", "password": PASSWORD})
    assert User.objects.filter(pk=alice.pk).exists()
    with pytest.raises(CannotRemove):
        remove_account(user=alice, heir=bob)


def test_an_admin_can_go_when_there_is_another(alice: User, bob: User) -> None:
    change_role(user=bob, role=Role.ADMIN, by=alice)
    remove_account(user=alice, heir=None)
    assert not User.objects.filter(pk=alice.pk).exists()


def test_photos_and_albums_go_to_the_heir(alice: User, bob: User, bob_client: Client) -> None:
    photo = photo_row(bob, seed=1)
    album = create_album(owner=bob, title="Bob's")
    add_to_album(photo=photo, album=album, by=bob)
    trashed = photo_row(bob, seed=2)
    move_to_trash(photos=[trashed], by=bob)
    bob_client.post(
        reverse(REMOVE), {"photos": "hand_over", "heir": alice.pk, "password": PASSWORD}
    )
    assert not User.objects.filter(username="bob").exists()
    photo.refresh_from_db()
    assert photo.library.owner == alice
    assert Album.objects.get().owner == alice
    assert list(album.photos.all()) == [photo]
    assert not Photo.objects.filter(pk=trashed.pk).exists()


def test_a_photo_the_heir_has_already_is_not_doubled(alice: User, bob: User) -> None:
    theirs = photo_row(alice, seed=1)
    same = photo_row(bob, seed=1)
    same.original = theirs.original
    same.save()
    remove_account(user=bob, heir=alice)
    assert list(Photo.objects.all()) == [theirs]


def test_a_photo_in_the_heirs_trash_comes_back_as_the_one_handed_over(
    alice: User, bob: User
) -> None:
    theirs = photo_row(alice, seed=1)
    move_to_trash(photos=[theirs], by=alice)
    same = photo_row(bob, seed=1)
    same.original = theirs.original
    same.save()
    remove_account(user=bob, heir=alice)
    kept = Photo.objects.get()
    assert (kept.pk, kept.library.owner, kept.trashed_at) == (same.pk, alice, None)


def test_deleting_takes_photos_and_files_along(
    bob: User,
    bob_client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    photo = photo_row(bob, seed=1)
    path = original_path(photo.original)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"bytes of bob")
    with django_capture_on_commit_callbacks(execute=True):
        bob_client.post(reverse(REMOVE), {"photos": "delete", "password": PASSWORD})
    assert not Photo.objects.exists()
    assert not path.exists()
    assert bob_client.get(reverse("pages:timeline")).status_code == 302


def test_recognition_is_off_before_photos_change_hands(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = library_of(bob)
    library.recognition = RecognitionState.CONSENTED
    library.save()
    seen = []
    monkeypatch.setattr(
        "photolib.pages.removal._hand_over",
        lambda *, library, to: seen.append(type(library).objects.get(pk=library.pk).recognition),
    )
    remove_account(user=bob, heir=alice)
    assert seen == [RecognitionState.OFF]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"photos": "delete", "password": "wrong"}, "This is not your password"),
        ({"photos": "hand_over", "password": PASSWORD}, "Choose who gets your photos"),
    ],
)
def test_a_mistake_keeps_the_account(
    bob: User, bob_client: Client, data: dict[str, str], sentence: str
) -> None:
    assert sentence in bob_client.post(reverse(REMOVE), data).content.decode()
    assert User.objects.filter(pk=bob.pk).exists()


def test_nothing_is_handed_to_a_stranger(bob: User, charlie: User, bob_client: Client) -> None:
    bob_client.post(
        reverse(REMOVE), {"photos": "hand_over", "heir": charlie.pk, "password": PASSWORD}
    )
    assert User.objects.filter(pk=bob.pk).exists()
    with pytest.raises(CannotRemove):
        remove_account(user=bob, heir=charlie)
