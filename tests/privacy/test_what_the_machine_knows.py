"""On every photo, a page that lists what is known, who said it, who sees it, and what can be done."""

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.describe.boxes import Box
from photolib.describe.models import Fact
from photolib.describe.services import edit_text
from photolib.intake.models import StepRun
from photolib.library.models import Photo
from photolib.library.services import keep_sidecar
from photolib.own.marking import answer_marks, mark
from photolib.own.models import OwnRegion
from photolib.people.models import Appearance
from photolib.people.services import say_not, say_who
from tests.factories import photo_row
from tests.privacy.rows import face, guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(alice: User) -> Photo:
    rosa, _invitation, _token = guest(alice)
    berta, _, _ = guest(alice, "Berta")
    row = photo_row(alice, seed=7, shared_with_household=True, latitude=45.89921, longitude=6.12941)
    region = face(row)
    say_who(region=region, photo=row, person=rosa, by=alice)
    say_not(region=region, person=berta, by=alice)
    for label, rejected in (("dog", False), ("cat", True)):
        Fact.objects.create(
            photo=row,
            kind="object",
            label=label,
            confidence=0.87,
            step="find_objects",
            model="seer",
            version="7",
            rejected=rejected,
        )
    edit_text(photo=row, language="fr", alt="Au bord du lac", extended="", by=alice)
    StepRun.objects.create(photo=row, step="find_objects", version=3)
    return row


def page_of(client: Client, photo: Photo) -> str:
    response = client.get(reverse("rights:knows", args=[photo.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_owner_reads_everything(alice_client: Client, photo: Photo) -> None:
    page = page_of(alice_client, photo)
    for words in (
        "a dog",
        "a cat – said to be wrong",
        "Model: seer 7.",
        "Confidence: 87 %.",
        "Au bord du lac",
        "IMG_0007.jpg",
        "45.89921, 6.12941",
        "A box identifies nobody",
        "Rosa.",
        "is not Berta",
        "find_objects: waiting",
        "Everybody in the household",
    ):
        assert words in page, words


def test_a_housemate_reads_what_they_may_know(bob: User, bob_client: Client, photo: Photo) -> None:
    page = page_of(bob_client, photo)
    assert "a dog" in page
    for hidden in ("Rosa", "Berta", "a cat", "IMG_0007", "45.89921", "find_objects"):
        assert hidden not in page, hidden
    # Nothing here is theirs to change.
    assert 'method="post"' not in page.partition("<main")[2]


def test_each_thing_can_be_corrected_from_here(alice_client: Client, photo: Photo) -> None:
    page = page_of(alice_client, photo)
    dog = Fact.objects.get(label="dog")
    appearance = Appearance.objects.get()
    here = reverse("rights:knows", args=[photo.pk])
    deeds = {
        reverse("pages:reject_fact", args=[photo.pk, dog.pk]): "This is wrong: a dog",
        reverse("pages:photo_person_remove", args=[photo.pk, appearance.pk]): "Take the name Rosa",
        reverse("pages:clear_words", args=[photo.pk])
        + "?language=fr": "Remove the words in French",
    }
    for address, label in deeds.items():
        assert f'action="{address}"' in page
        assert label in page
        response = alice_client.post(address, {"next": here})
        assert response.headers["Location"] == here
    page = page_of(alice_client, photo)
    assert "a dog – said to be wrong" in page
    assert "Au bord du lac" not in page
    assert not Appearance.objects.exists()


def test_the_photos_page_leads_here(alice_client: Client, photo: Photo) -> None:
    page = alice_client.get(reverse("pages:photo", args=[photo.pk])).content.decode()
    assert f'href="{reverse("rights:knows", args=[photo.pk])}"' in page


def test_words_that_came_with_the_file_are_told_with_their_writer(
    alice: User, alice_client: Client, bob_client: Client, photo: Photo
) -> None:
    photo.human_texts.create(language="und", alt="Koira", source="file", written_by="J. Doe")
    photo.human_texts.create(language="tlh", alt="Ha’DIbaH", source="file")
    photo.file_notes.create(kind="title", language="de", text="Regatta")
    keep_sidecar(photo=photo, content=b"<x/>")
    page = page_of(alice_client, photo)
    for words in (
        "In an unknown language: “Koira”",
        "the file, which names J. Doe",
        "In tlh: “Ha’DIbaH”",
        "title in German: “Regatta”",
        "XMP, 4 bytes",
    ):
        assert words in page
    assert "Change the words in an unknown language" not in page
    assert "Remove the words in an unknown language" in page
    assert "XMP, 4 bytes" not in page_of(bob_client, photo)


def test_every_kind_of_fact_is_told_in_words(alice_client: Client, photo: Photo) -> None:
    for kind, label, text in (
        ("posture", "sitting", ""),
        ("smile", "smiling", ""),
        ("picture", "receipt", ""),
        ("light", "at_night", ""),
        ("quality", "blurred", ""),
        ("colour", "blue", ""),
        ("text", "text", "Gare de Lyon"),
        ("text", "unread_text", ""),
        ("own", "7", "our boat"),
        ("name", "name", "LEGO"),
    ):
        Fact.objects.create(
            photo=photo, kind=kind, label=label, text=text, confidence=0.9, probability=0.95,
            step="s", model="seer", version="7",
        )  # fmt: skip
    page = page_of(alice_client, photo)
    for words in (
        "sitting", "smiling", "a receipt", "at night", "a blurred photo", "blue",
        "text: “Gare de Lyon”", "text that could not be read", "our boat", "the name LEGO can be read",
        "Confidence: 95 %.",
    ):  # fmt: skip
        assert words in page, words
    assert "unread_text" not in page
    assert "at_night" not in page


def test_what_one_would_ask_before_sharing_is_told_to_the_owner_alone_and_only_in_words(
    alice_client: Client, bob_client: Client, photo: Photo
) -> None:
    Fact.objects.create(
        photo=photo, kind="sensitivity", label="nudity", confidence=0.9, step="s", model="guard",
        version="1",
    )  # fmt: skip
    page = page_of(alice_client, photo)
    assert "You may want to look at this photo before you share it." in page
    assert "nudity" not in page
    for hidden in ("before you share", "guard", "nudity"):
        assert hidden not in page_of(bob_client, photo)


def test_things_of_ones_own_are_told_with_what_was_learnt_and_what_was_refused(
    alice: User, alice_client: Client, bob_client: Client, photo: Photo
) -> None:
    row = mark(photo=photo, name="our boat", box=Box(0.02, 0.7, 0.2, 0.2), by=alice)
    OwnRegion.objects.filter(pk=row.pk).update(look=b"\x00" * 272)
    wrong = mark(photo=photo, name="the crest", box=Box(0.7, 0.7, 0.2, 0.2), by=alice)
    answer_marks(rows=[wrong], yes=False, by=alice)
    page = page_of(alice_client, photo)
    for words in (
        "Marked: our boat.",
        "A region of it is not the crest: kept, so that it is not asked again.",
        "What the region of our boat looks like, as plain numbers. They know no face.",
    ):
        assert words in page
    others = page_of(bob_client, photo)
    assert "Marked: our boat." in others
    assert "the crest" not in others
    assert "plain numbers" not in others
