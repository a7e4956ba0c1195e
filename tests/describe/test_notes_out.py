"""What leaves with a photo: whose words, in which languages, with whose names."""

from typing import Any

import pyexiv2
import pytest
from PIL import Image

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.core.picture_words import ALT, LONG, SOURCE
from photolib.core.xmp import read_packet
from photolib.describe.models import HumanText, TextSource
from photolib.describe.services import edit_text
from photolib.describe.sidecars import sidecars_for
from photolib.library.models import Photo
from photolib.library.services import library_of
from photolib.people.services import say_who
from tests.describe.rows import fact_row
from tests.factories import photo_row, picture
from tests.privacy.rows import face, guest, matched, recognising, says

pytestmark = pytest.mark.django_db


def packet_of(photo: Photo, viewer: User) -> str:
    return sidecars_for([photo], viewer)[photo.pk].decode()


def texts_of(photo: Photo, viewer: User, name: str = ALT) -> dict[str, str]:
    return read_packet(packet_of(photo, viewer)).texts.get(name, {})


def notes_of(photo: Photo, viewer: User) -> dict[str, Any]:
    """As another program reads it."""
    with pyexiv2.ImageData(picture()) as image:
        image.modify_raw_xmp(packet_of(photo, viewer))
        found: dict[str, Any] = image.read_xmp()
    return found


@pytest.fixture
def dog(alice: User) -> Photo:
    photo = photo_row(alice)
    fact_row(photo, "dog", confidence=0.97)
    return photo


def test_the_machine_speaks_in_the_languages_of_whoever_asks(alice: User, dog: Photo) -> None:
    assert set(texts_of(dog, alice)) == {"", "en"}
    alice.description_language = "fr"
    said = texts_of(dog, alice)
    assert set(said) == {"", "fr", "en"}
    assert said[""] == said["fr"]
    assert said["fr"].startswith("Automatique\N{NO-BREAK SPACE}: Un chien")


def test_a_persons_words_stand_first_and_in_their_own_language(alice: User, dog: Photo) -> None:
    edit_text(photo=dog, language="nl", alt="Onze hond", extended="Eén.\nTwee.", by=alice)
    said = texts_of(dog, alice)
    assert (said[""], said["nl"]) == ("Onze hond", "Onze hond")
    assert said["en"].startswith("Automatic: A dog")
    assert texts_of(dog, alice, LONG)["nl"] == "Eén.\nTwee."
    assert texts_of(dog, alice, SOURCE) == {"": "human", "nl": "human", "en": "machine"}


def test_words_in_an_unknown_language_are_for_everybody(alice: User) -> None:
    photo = photo_row(alice)
    HumanText.objects.create(photo=photo, language="und", alt="Koira", source=TextSource.FILE)
    assert texts_of(photo, alice) == {"": "Koira"}


def test_date_and_place_alone_are_no_description(alice: User) -> None:
    assert "AltTextAccessibility" not in packet_of(photo_row(alice), alice)


def test_another_program_reads_words_names_and_boxes(alice: User, dog: Photo) -> None:
    rosa, invitation, _token = guest(alice)
    say_who(region=face(dog, 0.5), photo=dog, person=rosa, by=alice)
    says(rosa, library_of(alice), Purpose.EXPORT, by=invitation)
    notes = notes_of(dog, alice)
    assert "Rosa" in notes["Xmp.iptc.AltTextAccessibility"]['lang="en"']
    assert notes["Xmp.iptcExt.PersonInImage"] == ["Rosa"]
    region = "Xmp.mwg-rs.Regions/mwg-rs:RegionList[1]/mwg-rs:"
    assert (notes[f"{region}Name"], notes[f"{region}Type"]) == ("Rosa", "Face")
    # The middle of the box at 0.5, 0.1 of 0.2 by 0.2.
    assert float(notes[f"{region}Area/stArea:x"]) == pytest.approx(0.6)
    assert float(notes[f"{region}Area/stArea:y"]) == pytest.approx(0.2)


def test_without_a_yes_to_exports_no_name_and_no_box_leaves_even_by_the_owner(
    alice: User, dog: Photo
) -> None:
    rosa, invitation, _token = guest(alice)
    say_who(region=face(dog), photo=dog, person=rosa, by=alice)
    says(rosa, library_of(alice), Purpose.NAME, by=invitation)
    packet = packet_of(dog, alice)
    assert "Rosa" not in packet
    assert "Region" not in packet


def test_who_may_not_know_a_name_does_not_get_it_in_a_file(alice: User, bob: User) -> None:
    photo = photo_row(alice, shared_with_household=True)
    rosa, invitation, _token = guest(alice)
    say_who(region=face(photo), photo=photo, person=rosa, by=alice)
    says(rosa, library_of(alice), Purpose.EXPORT, by=invitation)
    assert "Rosa" in packet_of(photo, alice)
    assert "Rosa" not in packet_of(photo, bob)
    says(rosa, library_of(alice), Purpose.NAME, by=invitation)
    assert "Rosa" in packet_of(photo, bob)


def test_a_name_by_machine_is_said_with_doubt_and_never_as_a_fact(alice: User, dog: Photo) -> None:
    library = recognising(alice)
    rosa, invitation, _token = guest(alice)
    says(rosa, library, Purpose.RECOGNISE, Purpose.EXPORT, by=invitation)
    matched(rosa, dog)
    assert "Probably Rosa" in texts_of(dog, alice)["en"]
    assert "PersonInImage" not in packet_of(dog, alice)


@pytest.mark.parametrize(
    ("words", "leaves"),
    [
        ("Rosa asleep", False),
        ("Sunday with ROSA", False),
        ("Rosa’s garden", False),
        ("A rosa in bloom", True),
        ("Rosalind asleep", True),
    ],
)
def test_a_persons_words_with_a_name_that_may_not_leave_stay_here(
    alice: User, dog: Photo, words: str, leaves: bool
) -> None:
    guest(alice)
    edit_text(photo=dog, language="en", alt="Asleep", extended=words, by=alice)
    said = texts_of(dog, alice)["en"]
    assert (said == "Asleep") is leaves
    if not leaves:
        assert said.startswith("Automatic: A dog")


def test_no_box_is_given_for_a_picture_that_lies_on_its_side(alice: User) -> None:
    photo = photo_row(alice, orientation=6)
    rosa, invitation, _token = guest(alice)
    say_who(region=face(photo), photo=photo, person=rosa, by=alice)
    says(rosa, library_of(alice), Purpose.EXPORT, by=invitation)
    packet = packet_of(photo, alice)
    assert "PersonInImage" in packet
    assert "Region" not in packet


def test_the_number_of_queries_does_not_grow_with_the_photos(
    alice: User, django_assert_max_num_queries: Any
) -> None:
    photos = [photo_row(alice, seed=seed) for seed in range(12)]
    for photo in photos:
        fact_row(photo, "dog")
        edit_text(photo=photo, language="fr", alt="Rex", extended="", by=alice)
    with django_assert_max_num_queries(17):
        assert len(sidecars_for(photos, alice)) == 12


def test_the_words_come_back_through_pillow_as_well(alice: User, dog: Photo, tmp_path: Any) -> None:
    edit_text(photo=dog, language="en", alt="Zoë & 🐕", extended="", by=alice)
    path = tmp_path / "a.jpg"
    path.write_bytes(picture(xmp=sidecars_for([dog], alice)[dog.pk]))
    with Image.open(path) as image:
        assert read_packet(image.info["xmp"]).text(ALT)["en"] == "Zoë & 🐕"
