"""What one viewer is told of a photo."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.services import answer
from photolib.describe.models import FactKind
from photolib.describe.queries import texts_for
from photolib.describe.services import edit_text
from photolib.library.models import Photo
from photolib.library.services import library_of
from photolib.people.services import create_person, say_on_picture, say_who
from tests.describe.rows import face_row, fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


def alt(photo: Photo, viewer: User, language: str = "en") -> str:
    return texts_for([photo], viewer, language)[photo.pk].alt


def test_photo_without_facts_is_told_by_date_and_place(alice: User) -> None:
    photo = photo_row(alice, taken_source="exif", place_town="Lyon")
    text = texts_for([photo], alice, "fr")[photo.pk]
    assert text.alt == "Photo, samedi 6 juillet 2024, Lyon"
    assert (text.source, text.language, text.model, text.made_on) == ("fallback", "fr", "", None)


def test_facts_become_words_with_their_model_and_day(alice: User) -> None:
    photo = photo_row(alice, taken_source="exif")
    fact = fact_row(photo, "dog")
    text = texts_for([photo], alice, "en")[photo.pk]
    assert text.alt == "A dog. 6 July 2024."
    assert (text.source, text.model) == ("machine", "ssd-mobilenet-v2")
    assert text.made_on == fact.created_at.date()
    assert text.extended[0].fact == fact.pk


def test_rejected_fact_and_dismissed_face_are_not_said(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "dog", rejected=True)
    face_row(photo, 0.1, dismissed=True)
    assert texts_for([photo], alice, "en")[photo.pk].source == "fallback"


def test_owner_reads_the_names_they_gave(alice: User) -> None:
    photo = photo_row(alice, taken_source="exif")
    region = face_row(photo, 0.1)
    assert alice.household is not None
    anna = create_person(household=alice.household, name="Anna", by=alice)
    say_who(region=region, photo=photo, person=anna, by=alice)
    assert alt(photo, alice) == "Anna. 6 July 2024."


def test_poster_is_told_of_and_not_counted_until_somebody_says_who_it_is(alice: User) -> None:
    photo = photo_row(alice, taken_source="exif")
    region = face_row(photo, 0.1, on_picture=True)
    text = texts_for([photo], alice, "en")[photo.pk]
    assert text.alt == "May show a poster or screen with a person. 6 July 2024."
    assert [claim.text for claim in text.extended][:1] == [
        "Perhaps a poster or screen with a person."
    ]
    assert text.extended[0].source == "scrfd"
    assert alice.household is not None
    anna = create_person(household=alice.household, name="Anna", by=alice)
    say_who(region=region, photo=photo, person=anna, by=alice)
    assert alt(photo, alice) == "Anna. 6 July 2024."


def test_named_face_counts_also_for_those_who_may_not_know_the_name(alice: User, bob: User) -> None:
    photo = photo_row(alice, taken_source="exif", shared_with_household=True)
    region = face_row(photo, 0.1, on_picture=True)
    assert alice.household is not None
    anna = create_person(household=alice.household, name="Anna", by=alice)
    say_who(region=region, photo=photo, person=anna, by=alice)
    assert alt(photo, bob) == "A person. 6 July 2024."


def test_what_a_person_says_of_a_poster_wins_either_way(alice: User) -> None:
    photo = photo_row(alice, taken_source="exif")
    region = face_row(photo, 0.1, on_picture=True)
    say_on_picture(region=region, on_picture=False, by=alice)
    assert alt(photo, alice) == "A person. 6 July 2024."
    say_on_picture(region=region, on_picture=True, by=alice)
    assert alt(photo, alice) == "May show a poster or screen with a person. 6 July 2024."


def test_name_without_a_face_is_read_too(alice: User) -> None:
    photo = photo_row(alice, taken_source="exif")
    assert alice.household is not None
    anna = create_person(household=alice.household, name="Anna", by=alice)
    say_who(region=None, photo=photo, person=anna, by=alice)
    face_row(photo, 0.1)
    face_row(photo, 0.5)
    assert alt(photo, alice) == "2 people, Anna and one other. 6 July 2024."


def test_housemate_reads_a_name_only_while_the_person_says_yes(alice: User, bob: User) -> None:
    photo = photo_row(alice, taken_source="exif", shared_with_household=True)
    assert alice.household is not None
    person = create_person(household=alice.household, name="Robert", by=alice, user=bob)
    say_who(region=face_row(photo, 0.1), photo=photo, person=person, by=alice)
    assert alt(photo, bob) == "A person. 6 July 2024."
    for granted, expected in ((True, "Robert."), (False, "A person.")):
        answer(
            person=person,
            library=library_of(alice),
            purpose=Purpose.NAME,
            granted=granted,
            by=bob,
            language="en",
        )
        assert alt(photo, bob) == f"{expected} 6 July 2024."


def test_a_persons_words_win_and_the_machines_claims_stay_readable(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "dog")
    edit_text(photo=photo, language="en", alt="Rex.", extended="He waits.\n\nLong.", by=alice)
    text = texts_for([photo], alice, "en")[photo.pk]
    assert (text.alt, text.source, text.language) == ("Rex.", "human", "en")
    assert [claim.text for claim in text.extended] == ["He waits.", "Long."]
    assert text.facts[0].text.startswith("A dog")


def test_a_persons_words_in_another_language_beat_the_machines_and_say_their_language(
    alice: User,
) -> None:
    photo = photo_row(alice)
    fact_row(photo, "dog")
    edit_text(photo=photo, language="fr", alt="Rex attend.", extended="", by=alice)
    text = texts_for([photo], alice, "en")[photo.pk]
    assert (text.alt, text.language) == ("Rex attend.", "fr")


def test_sql_queries_do_not_grow_with_the_photos(alice: User) -> None:
    def queries(photos: list[Photo]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(texts_for(photos, alice, "en")) == len(photos)
        return len(captured)

    photos = [photo_row(alice, seed=seed) for seed in range(12)]
    for photo in photos:
        fact_row(photo, "dog")
        face_row(photo, 0.1)
    assert queries(photos) == queries(photos[:1]) <= 8


def test_every_kind_of_fact_becomes_words(alice: User) -> None:
    photo = photo_row(alice, taken_source="exif")
    face_row(photo, 0.1)
    box = {"left": 0.1, "top": 0.2, "width": 0.1, "height": 0.15}
    body = {"left": 0.05, "top": 0.15, "width": 0.2, "height": 0.7}
    nowhere = {"left": None, "top": None, "width": None, "height": None}
    fact_row(photo, "person", **body)
    fact_row(photo, "standing", kind=FactKind.POSTURE, **body)
    fact_row(photo, "smiling", kind=FactKind.SMILE, **box)
    fact_row(photo, "7", kind=FactKind.OWN, confidence=1.0, text="Fiete", **nowhere)
    fact_row(photo, "text", kind=FactKind.TEXT, text="de Lyon", language="fr", place=2)
    fact_row(photo, "text", kind=FactKind.TEXT, text="Gare", language="fr", place=1)
    for kind, label in (
        (FactKind.SCENE, "beach"),
        (FactKind.LIGHT, "at_night"),
        (FactKind.QUALITY, "dark"),
        (FactKind.COLOUR, "blue"),
    ):
        fact_row(photo, label, kind=kind, confidence=0.98, **nowhere)
    text = texts_for([photo], alice, "en")[photo.pk]
    assert text.alt == (
        "A person standing and smiling, perhaps on a beach, at night. Fiete. "
        "Text: “Gare de Lyon”. 6 July 2024."
    )
    assert [claim.text for claim in text.extended] == [
        "A person, on the left, in the foreground.",
        "This person is standing.",
        "This person is smiling.",
        "Fiete.",
        "Perhaps on a beach.",
        "Text: “Gare de Lyon”.",
        "At night.",
        "Date: Saturday 6 July 2024.",
        "A very dark photo.",
    ]
    assert text.colours is not None
    assert text.colours.text == "Colours: blue."


def test_what_one_would_ask_before_sharing_reaches_no_description(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "nudity", kind=FactKind.SENSITIVITY, model="guard", confidence=0.99)
    text = texts_for([photo], alice, "en")[photo.pk]
    assert (text.source, text.model, text.made_on) == ("fallback", "", None)
    fact_row(photo, "dog")
    text = texts_for([photo], alice, "en")[photo.pk]
    assert "guard" not in text.model
    assert not any("nud" in claim.text or claim.label == "nudity" for claim in text.extended)


def test_a_label_of_a_newer_analyser_is_left_out(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "hovering", kind=FactKind.POSTURE)
    fact_row(photo, "hologram", kind=FactKind.PICTURE)
    fact_row(photo, "anything", kind="something_new")
    assert texts_for([photo], alice, "en")[photo.pk].source == "fallback"


def test_colours_alone_describe_nothing_but_can_be_asked_for(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "blue", kind=FactKind.COLOUR, confidence=0.4)
    text = texts_for([photo], alice, "fr")[photo.pk]
    assert text.source == "fallback"
    assert text.colours is not None
    assert text.colours.text == "Couleurs\N{NO-BREAK SPACE}: bleu."
