"""Downloads that carry their description."""

import io
import zipfile

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from PIL import Image

from photolib.accounts.models import User
from photolib.core.picture_words import ALT
from photolib.core.xmp import read_packet
from photolib.describe.services import edit_text
from photolib.library.models import Original, Photo
from photolib.library.storage import original_path
from tests.factories import photo_row, picture

pytestmark = pytest.mark.django_db


def body_of(response: HttpResponseBase) -> bytes:
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]  # either kind has its own


def with_file(owner: User, *, format: str = "jpeg", name: str = "Beach day.JPG") -> Photo:
    original = Original.objects.create(sha256="ab" * 32, format=format, byte_size=1)
    photo = photo_row(owner, original_name=name)
    photo.original = original
    photo.save()
    path = original_path(original)
    path.parent.mkdir(parents=True)
    path.write_bytes(picture(format=format.upper()))
    edit_text(photo=photo, language="en", alt="Our dog", extended="", by=owner)
    return photo


def test_the_photos_page_offers_both_downloads(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    page = alice_client.get(f"/photos/{photo.pk}/").content.decode()
    assert f'href="/photos/{photo.pk}/described/"' in page
    assert f'href="/photos/{photo.pk}/description.xmp"' in page


def test_a_jpeg_carries_its_description_inside_and_the_original_stays(
    alice: User, alice_client: Client
) -> None:
    photo = with_file(alice)
    before = original_path(photo.original).read_bytes()
    response = alice_client.get(f"/photos/{photo.pk}/described/")
    assert response["Content-Disposition"] == 'attachment; filename="Beach day.jpg"'
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store" in response["Cache-Control"]
    with Image.open(io.BytesIO(body_of(response))) as image:
        assert read_packet(image.info["xmp"]).text(ALT)["en"] == "Our dog"
    assert original_path(photo.original).read_bytes() == before


def test_what_takes_no_notes_comes_with_a_sidecar_that_programs_find(
    alice: User, alice_client: Client
) -> None:
    photo = with_file(alice, format="gif", name="Wave.gif")
    response = alice_client.get(f"/photos/{photo.pk}/described/")
    assert response["Content-Disposition"] == 'attachment; filename="Wave.gif.zip"'
    with zipfile.ZipFile(io.BytesIO(body_of(response))) as archive:
        assert archive.namelist() == ["Wave.gif", "Wave.gif.xmp"]
        assert archive.read("Wave.gif") == original_path(photo.original).read_bytes()
        assert read_packet(archive.read("Wave.gif.xmp")).text(ALT)["en"] == "Our dog"


def test_the_sidecar_alone_is_named_after_the_original(alice: User, alice_client: Client) -> None:
    photo = with_file(alice)
    response = alice_client.get(f"/photos/{photo.pk}/description.xmp")
    assert response["Content-Disposition"] == 'attachment; filename="Beach day.jpg.xmp"'
    assert read_packet(body_of(response)).text(ALT)["en"] == "Our dog"


def test_a_photo_without_its_original_has_no_copy(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    assert alice_client.get(f"/photos/{photo.pk}/described/").status_code == 404


@pytest.mark.parametrize("what", ["described/", "description.xmp"])
def test_a_stranger_gets_404_and_a_housemate_what_is_shared(
    alice: User, bob_client: Client, charlie_client: Client, what: str
) -> None:
    photo = with_file(alice)
    address = f"/photos/{photo.pk}/{what}"
    assert bob_client.get(address).status_code == 404
    Photo.objects.update(shared_with_household=True)
    assert b"Our dog" in body_of(bob_client.get(address))
    assert charlie_client.get(address).status_code == 404


def test_words_that_came_with_the_file_are_said_to_have(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    photo.human_texts.create(
        language="und", alt="Koira", source="file", written_by="J. Doe", extended="Laituri"
    )
    photo.file_notes.create(kind="title", language="fi", text="Kesä")
    page = " ".join(alice_client.get(f"/photos/{photo.pk}/").content.decode().split())
    assert "These words came with the file. It names J. Doe as their writer." in page
    assert "Automatic description" not in page
    assert '<dd lang="fi"> Kesä </dd>' in page
    assert "<p>Laituri</p>" in page


def test_words_in_a_language_nobody_writes_here_can_be_taken_away(
    alice: User, alice_client: Client
) -> None:
    photo = photo_row(alice)
    edit_text(photo=photo, language="en", alt="Mine", extended="", by=alice)
    photo.human_texts.create(language="und", alt="Koira", source="file")
    alice_client.post(f"/photos/{photo.pk}/words/clear/", {"language": "und"})
    assert list(photo.human_texts.values_list("language", flat=True)) == ["en"]
