"""Voice memos: said to a photo, heard by whoever may see it, gone when it goes."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from photolib.accounts.models import User
from photolib.library.memos import LARGEST_MEMO
from photolib.library.models import Original, Photo, VoiceMemo
from photolib.library.services import move_to_trash, purge_expired_trash, purge_photo
from photolib.library.storage import original_path
from photolib.rights.export import files_of
from photolib.rights.export_photos import memo_name
from photolib.safekeeping.backup import make_backup, read_manifest
from tests.api.test_api import with_token

pytestmark = pytest.mark.django_db(transaction=True)

SOUND = b"OggS" + bytes(range(200)) * 5


def say(client: Client, photo: Photo, content: bytes = SOUND, title: str = "At the lake") -> Any:
    file = SimpleUploadedFile("memo.ogg", content, content_type="text/html")
    address = reverse("pages:memo_add", args=[photo.pk])
    return client.post(address, {"sound": file, "title": title}, follow=True)


def address_of(memo: VoiceMemo) -> str:
    return reverse("pages:memo", args=[memo.photo_id, memo.pk])


@pytest.fixture
def memo(alice_client: Client, shared_photo: Photo) -> VoiceMemo:
    say(alice_client, shared_photo)
    return VoiceMemo.objects.get()


def test_a_memo_is_kept_and_played(memo: VoiceMemo, alice_client: Client) -> None:
    page = alice_client.get(reverse("pages:photo", args=[memo.photo_id])).content.decode()
    assert "At the lake" in page
    assert f'src="{address_of(memo)}"' in page
    answer = alice_client.get(address_of(memo))
    assert answer.getvalue() == SOUND
    # By its first bytes, whatever the sender called it.
    assert answer["Content-Type"] == "audio/ogg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-1", 206, 0, 2),
        ("bytes=1000-", 206, 1000, None),
        ("bytes=-4", 206, -4, None),
        ("bytes=900-999999", 206, 900, None),
        ("bytes=0-1,5-6", 200, 0, None),
        ("bytes=-", 200, 0, None),
        ("lines=1-2", 200, 0, None),
    ],
)
def test_players_may_ask_for_a_part(memo, alice_client, asked, status, start, end) -> None:
    answer = alice_client.get(address_of(memo), headers={"range": asked})
    assert answer.status_code == status
    content = answer.getvalue() if answer.streaming else answer.content
    assert content == SOUND[start:end]
    if status == 206:
        assert answer["Content-Range"].endswith(f"/{len(SOUND)}")


@pytest.mark.parametrize("asked", ["bytes=5000-", "bytes=9-3"])
def test_a_part_behind_the_end_is_refused(memo, alice_client, asked: str) -> None:
    answer = alice_client.get(address_of(memo), headers={"range": asked})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(SOUND)}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "choose a file first"),
        (b"<html>", "no recording"),
        (b"\xff\xd8\xff\xe0", "no recording"),
        (b"\0\0\0\x18ftypheic\0\0\0\0heic", "no recording"),
    ],
)
def test_what_is_no_sound_is_refused_with_the_reason(
    alice_client: Client, shared_photo: Photo, content: bytes, words: str
) -> None:
    answer = say(alice_client, shared_photo, content)
    page = answer.content.decode()
    assert words in page or "is empty" in page
    assert not Original.objects.filter(format="ogg").exists()


def test_a_memo_that_is_too_large_is_refused(alice_client, shared_photo, monkeypatch) -> None:
    monkeypatch.setattr("photolib.library.memos.LARGEST_MEMO", 100)
    assert "larger than 20 MB" in say(alice_client, shared_photo).content.decode()
    assert not VoiceMemo.objects.exists()
    assert LARGEST_MEMO == 20 * 1024 * 1024


def test_a_housemate_hears_it_and_a_stranger_gets_404(
    memo, bob_client: Client, charlie_client: Client
) -> None:
    assert bob_client.get(address_of(memo)).getvalue() == SOUND
    for address in (address_of(memo), f"/api/v1/photos/{memo.photo_id}/memos/"):
        assert charlie_client.get(address).status_code in {401, 404}
    assert say(charlie_client, memo.photo).status_code == 404


def test_its_author_and_the_owner_remove_it_and_nobody_else(
    memo, bob: User, alice_client: Client, bob_client: Client
) -> None:
    remove = reverse("pages:memo_remove", args=[memo.photo_id, memo.pk])
    assert bob_client.post(remove).status_code == 403
    say(bob_client, memo.photo, SOUND + b"bob")
    his = VoiceMemo.objects.get(by=bob)
    bob_client.post(reverse("pages:memo_remove", args=[his.photo_id, his.pk]))
    assert not VoiceMemo.objects.filter(pk=his.pk).exists()
    alice_client.post(remove)
    assert not VoiceMemo.objects.exists()


def test_the_bytes_go_with_the_last_memo_that_has_them(memo, bob_client, alice_client) -> None:
    path = original_path(memo.sound)
    say(bob_client, memo.photo)
    for left in (1, 0):
        row = VoiceMemo.objects.first()
        assert row is not None
        assert path.exists()
        alice_client.post(reverse("pages:memo_remove", args=[row.photo_id, row.pk]))
        assert VoiceMemo.objects.count() == left
    assert not path.exists()


def test_the_memo_goes_with_its_photo(memo: VoiceMemo) -> None:
    path = original_path(memo.sound)
    purge_photo(photo=memo.photo)
    assert not VoiceMemo.objects.exists()
    assert not Original.objects.filter(pk=memo.sound_id).exists()
    assert not path.exists()


def test_tidying_up_leaves_memos_alone(memo: VoiceMemo, alice: User, photo: Photo) -> None:
    move_to_trash(photos=[photo], by=alice)
    purge_expired_trash(timezone.now() + timedelta(days=400))
    assert original_path(memo.sound).exists()


def test_it_is_in_the_export(memo, alice: User) -> None:
    files = dict(files_of(alice))
    assert files[memo_name(memo)] == original_path(memo.sound)
    described = json.loads(files["photolib-export.json"])  # type: ignore[arg-type]
    memos = [one for photo in described["photos"] for one in photo["memos"]]
    assert [(one["file"], one["title"], one["by"]) for one in memos] == [
        (memo_name(memo), "At the lake", "Alice")
    ]


def test_it_stands_on_the_page_of_what_is_known(memo, alice_client: Client) -> None:
    page = alice_client.get(reverse("rights:knows", args=[memo.photo_id])).content.decode()
    assert "A voice memo: At the lake" in page


def test_only_the_photo_s_page_may_ask_for_the_microphone(memo, alice_client: Client) -> None:
    page = alice_client.get(reverse("pages:photo", args=[memo.photo_id]))
    assert page["Permissions-Policy"] == "microphone=(self)"
    assert alice_client.get("/albums/")["Permissions-Policy"] == "microphone=()"


def test_programs_keep_list_play_and_remove_memos(alice: User, shared_photo: Photo) -> None:
    program = with_token(alice)
    address = f"/api/v1/photos/{shared_photo.pk}/memos/"
    file = SimpleUploadedFile("memo.ogg", SOUND)
    answer = program.post(address, {"sound": file, "title": "Lake"}, format="multipart")
    assert answer.status_code == 201
    (row,) = program.get(address).json()
    assert (row["title"], row["by"], row["mime"]) == ("Lake", "Alice", "audio/ogg")
    assert program.get(f"{address}{row['id']}/").getvalue() == SOUND
    assert program.delete(f"{address}{row['id']}/").status_code == 204
    assert program.get(address).json() == []


def test_a_backup_holds_it(memo: VoiceMemo, tmp_path: Path) -> None:
    original = original_path(memo.photo.original)
    original.parent.mkdir(parents=True, exist_ok=True)
    original.write_bytes(bytes(memo.photo.original.byte_size))
    make_backup(folder=tmp_path / "backup")
    copied = read_manifest(tmp_path / "backup").originals[memo.sound_id]
    assert (tmp_path / "backup" / copied).read_bytes() == SOUND
