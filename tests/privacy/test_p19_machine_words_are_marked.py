"""P19 (AI Act 50): words by machine are marked with model and date on the page, in the API and in the XMP
that leaves with the photo; the photo itself is never marked as made by AI."""

from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.services import answer, set_recognition
from photolib.core import picture_words as notes
from photolib.core.xmp import read_packet
from photolib.describe.queries import texts_for
from photolib.describe.services import edit_text
from photolib.library.models import Photo, RecognitionState
from photolib.people.models import Appearance, AppearanceSource, AppearanceState
from photolib.people.services import create_person
from tests.describe.rows import face_row, fact_row
from tests.factories import photo_row

MODEL = "ssd-mobilenet-v2"


@pytest.fixture
def seen(alice: User) -> Photo:
    photo = photo_row(alice)
    fact_row(photo, "dog", confidence=0.97)
    return photo


def page_of(client: Client, photo: Photo) -> str:
    response = client.get(f"/photos/{photo.pk}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def api_of(client: Client, photo: Photo) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/photos/{photo.pk}/?language=en").json()
    return found


def test_p19_the_page_marks_machine_words_with_model_and_date(
    alice: User, alice_client: Client, seen: Photo
) -> None:
    made_on = texts_for([seen], alice, "en")[seen.pk].made_on
    assert made_on is not None
    page = page_of(alice_client, seen)
    assert "Automatic description" in page
    assert f"Made by a machine ({MODEL}, {date_format(made_on, 'DATE_FORMAT')})" in page


def test_p19_the_api_marks_machine_words_with_model_and_date(
    alice: User, alice_client: Client, seen: Photo
) -> None:
    made_on = texts_for([seen], alice, "en")[seen.pk].made_on
    assert made_on is not None
    body = api_of(alice_client, seen)
    assert body["alt_source"] == "machine"
    assert MODEL in body["alt_model"]
    assert body["alt_made_on"] == made_on.isoformat()
    assert any(MODEL in claim["origin"] for claim in body["claims"])
    listed = alice_client.get("/api/v1/photos/").json()["results"][0]
    assert (listed["alt_source"], listed["alt_model"]) == ("machine", body["alt_model"])


def test_p19_the_xmp_marks_machine_words_with_model_and_date(
    alice: User, alice_client: Client, seen: Photo
) -> None:
    made_on = texts_for([seen], alice, "en")[seen.pk].made_on
    assert made_on is not None
    for address in (f"/photos/{seen.pk}/description.xmp", f"/api/v1/photos/{seen.pk}/xmp/"):
        texts = read_packet(alice_client.get(address).content).texts
        for text in (texts[notes.ALT]["en"], texts[notes.LONG]["en"], texts[notes.ALT][""]):
            assert text.startswith("Automatic: ")
        assert texts[notes.SOURCE] == {"": "machine", "en": "machine"}
        assert texts[notes.MODEL]["en"] == MODEL
        assert texts[notes.MADE_ON]["en"] == made_on.isoformat()


def test_p19_the_xmp_does_not_call_a_persons_words_the_machines(
    alice: User, alice_client: Client, seen: Photo
) -> None:
    edit_text(photo=seen, language="fr", alt="Notre chien", extended="", by=alice)
    texts = read_packet(alice_client.get(f"/photos/{seen.pk}/description.xmp").content).texts
    assert (texts[notes.ALT]["fr"], texts[notes.SOURCE]["fr"]) == ("Notre chien", "human")
    assert texts[notes.ALT][""] == "Notre chien"
    assert (texts[notes.SOURCE]["en"], "fr" in texts[notes.MODEL]) == ("machine", False)


def test_p19_a_persons_words_and_a_date_alone_are_not_called_the_machines(
    alice: User, alice_client: Client, seen: Photo
) -> None:
    edit_text(photo=seen, language="en", alt="Our dog", extended="", by=alice)
    page = page_of(alice_client, seen)
    assert "Automatic description" not in page
    body = api_of(alice_client, seen)
    assert (body["alt_source"], body["alt_model"], body["alt_made_on"]) == ("human", "", None)
    bare = api_of(alice_client, photo_row(alice, seed=5))
    assert (bare["alt_source"], bare["alt_model"], bare["alt_made_on"]) == ("fallback", "", None)


def test_p19_a_name_by_machine_is_said_to_be_one(
    alice: User, alice_client: Client, seen: Photo
) -> None:
    assert alice.household is not None
    library = seen.library
    person = create_person(household=alice.household, name="Alice", by=alice, user=alice)
    set_recognition(library=library, state=RecognitionState.CONSENTED, by=alice)
    answer(
        person=person, library=library, purpose=Purpose.RECOGNISE, granted=True, by=alice,
        language="en",
    )  # fmt: skip
    Appearance.objects.create(
        person=person,
        photo=seen,
        region=face_row(seen, 0.1),
        source=AppearanceSource.MACHINE,
        state=AppearanceState.AUTO,
    )
    assert "probably, says the machine" in page_of(alice_client, seen)
    (named,) = api_of(alice_client, seen)["people"]
    assert (named["name"], named["state"]) == ("Alice", "auto")


def test_p19_the_photo_itself_is_never_marked_as_made_by_ai(
    alice_client: Client, seen: Photo
) -> None:
    page = page_of(alice_client, seen).lower()
    body = str(api_of(alice_client, seen)).lower()
    body += alice_client.get(f"/photos/{seen.pk}/description.xmp").content.decode().lower()
    for mark in ("digitalsourcetype", "trainedalgorithmicmedia", "ai-generated", "c2pa"):
        assert mark not in page
        assert mark not in body
