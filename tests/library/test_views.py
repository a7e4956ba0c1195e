"""The files of photos: who may see the photo may see its pixels."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.library.services import move_to_trash, set_shared
from photolib.library.storage import original_path
from tests.factories import photo_row, picture
from tests.library.conftest import Arrive, draw

CONTENT = picture(size=(900, 600), seed=5)


@pytest.fixture
def photo(alice: User, arrive: Arrive) -> Photo:
    """Alice's, drawn, not shared."""
    photo = arrive(alice, CONTENT, name="../Été 1.JPEG").photo
    draw(photo)
    return photo


def addresses(photo: Photo) -> list[str]:
    return [
        reverse("library:rendition", args=[photo.pk, "640"]),
        reverse("library:rendition", args=[photo.pk, "full"]),
        reverse("library:original", args=[photo.pk]),
    ]


def read(answer: Any) -> bytes:
    """The answer's content, read to its end, so that its file is closed."""
    return b"".join(answer.streaming_content)


def body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return read(answer)


def test_the_owner_gets_every_file(alice_client: Client, photo: Photo) -> None:
    for address in addresses(photo)[:2]:
        assert body(alice_client, address)[8:12] == b"WEBP"
    assert body(alice_client, addresses(photo)[2]) == CONTENT


def test_stranger_gets_404_for_every_file(charlie_client: Client, photo: Photo) -> None:
    Photo.objects.update(shared_with_household=True)
    for address in addresses(photo):
        assert charlie_client.get(address).status_code == 404


def test_signed_out_visitor_is_sent_to_sign_in(client: Client, photo: Photo) -> None:
    for address in addresses(photo):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("accounts:sign_in"))


def test_housemate_gets_files_of_shared_photos_only(
    alice: User, bob_client: Client, photo: Photo
) -> None:
    for address in addresses(photo):
        assert bob_client.get(address).status_code == 404
    set_shared(photos=[photo], shared=True, by=alice)
    for address in addresses(photo):
        assert body(bob_client, address)


def test_files_of_the_trash_are_for_the_owner(
    alice: User, alice_client: Client, bob_client: Client, photo: Photo
) -> None:
    set_shared(photos=[photo], shared=True, by=alice)
    move_to_trash(photos=[photo], by=alice)
    for address in addresses(photo):
        assert body(alice_client, address)
        assert bob_client.get(address).status_code == 404


def test_renditions_may_be_kept_by_this_browser_alone(alice_client: Client, photo: Photo) -> None:
    answer = alice_client.get(addresses(photo)[0])
    assert answer["Cache-Control"] == "private, max-age=86400"
    assert "Cookie" in answer["Vary"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/webp"
    read(answer)
    again = alice_client.get(addresses(photo)[0], headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_who_may_no_longer_see_it_is_not_told_it_is_unchanged(
    alice: User, bob_client: Client, photo: Photo
) -> None:
    set_shared(photos=[photo], shared=True, by=alice)
    answer = bob_client.get(addresses(photo)[0])
    read(answer)
    set_shared(photos=[photo], shared=False, by=alice)
    again = bob_client.get(addresses(photo)[0], headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 404


def test_the_original_is_a_download_under_a_safe_name(alice_client: Client, photo: Photo) -> None:
    answer = alice_client.get(addresses(photo)[2])
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%89t%C3%A9%201.jpg"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Length"] == str(len(CONTENT))
    read(answer)


def test_behind_a_proxy_the_proxy_sends_after_the_check(
    alice_client: Client, charlie_client: Client, photo: Photo, settings: Settings
) -> None:
    settings.ACCEL_PREFIX = "/protected/"
    answer = alice_client.get(addresses(photo)[2])
    assert answer["X-Accel-Redirect"] == "/protected/" + str(
        original_path(photo.original).relative_to(settings.PHOTOLIB_DATA)
    )
    assert answer.content == b""
    refused = charlie_client.get(addresses(photo)[2])
    assert (refused.status_code, "X-Accel-Redirect" in refused) == (404, False)


@pytest.mark.parametrize("size", ["0", "641", "huge"])
def test_other_sizes_do_not_exist(alice_client: Client, photo: Photo, size: str) -> None:
    address = reverse("library:rendition", args=[photo.pk, size])
    assert alice_client.get(address).status_code == 404


def test_what_is_not_drawn_yet_is_stood_in_for_and_not_remembered(
    alice: User, alice_client: Client, charlie_client: Client
) -> None:
    photo = photo_row(alice)
    address = reverse("library:rendition", args=[photo.pk, "320"])
    answer = alice_client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer["Cache-Control"] == "no-store"
    assert charlie_client.get(address).status_code == 404


def test_a_full_size_that_cannot_be_drawn_answers_with_a_sentence(
    alice: User, alice_client: Client
) -> None:
    photo = photo_row(alice, width=4000, height=3000)
    answer = alice_client.get(reverse("library:rendition", args=[photo.pk, "full"]))
    assert answer.status_code == 503
    assert "could not be drawn" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_files_are_only_read(alice_client: Client, photo: Photo) -> None:
    for address in addresses(photo):
        assert alice_client.post(address).status_code == 405
        answer = alice_client.head(address)
        assert (answer.status_code, read(answer)) == (200, b"")
