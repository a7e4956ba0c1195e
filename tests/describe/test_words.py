"""The words that descriptions give to the search."""

import pytest

from photolib.accounts.models import User
from photolib.core.words import words_of
from photolib.describe.models import FactKind
from photolib.describe.services import edit_text
from tests.describe.rows import face_row, fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


def test_fact_is_found_in_every_language_in_singular_and_plural(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "horse")
    assert {
        "horse", "horses", "cheval", "chevaux", "pony", "poney", "pferd", "pferde", "caballo",
        "caballos", "cavallo", "cavalli", "paard", "paarden",
    } <= {word for word, source in words_of(photo) if source == "object"}  # fmt: skip


def test_fact_is_found_by_the_broader_name_too(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "dog")
    words = {word for word, source in words_of(photo) if source == "object"}
    assert {"animal", "animaux", "tiere", "animali", "dieren"} <= words
    assert not words & {"cat", "vehicle"}


def test_articles_are_not_indexed(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "elephant")
    fact_row(photo, "broccoli")
    articles = {"a", "an", "un", "some", "du", "ein", "een", "uno"}
    assert not {word for word, _source in words_of(photo)} & articles


def test_rejected_and_unsure_facts_are_not_found(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "dog", rejected=True)
    fact_row(photo, "cat", confidence=0.2)
    assert words_of(photo) == []


def test_a_face_makes_a_photo_of_people(alice: User) -> None:
    photo = photo_row(alice)
    face_row(photo, 0.1)
    assert ("people", "object") in words_of(photo)
    assert ("personnes", "object") in words_of(photo)


def test_peoples_own_words_are_found_in_all_languages_they_wrote(alice: User) -> None:
    photo = photo_row(alice)
    edit_text(photo=photo, language="en", alt="Rex waits", extended="By the door.", by=alice)
    edit_text(photo=photo, language="fr", alt="L'été", extended="", by=alice)
    assert {"rex", "door", "ete"} <= {word for word, source in words_of(photo) if source == "text"}


def test_signs_are_found_in_every_language(alice: User) -> None:
    photo = photo_row(alice)
    for kind, label in (
        (FactKind.PICTURE, "receipt"),
        (FactKind.SMILE, "smiling"),
        (FactKind.POSTURE, "standing"),
        (FactKind.LIGHT, "at_night"),
        (FactKind.COLOUR, "blue"),
    ):
        fact_row(photo, label, kind=kind, confidence=0.98)
    words = {word for word, source in words_of(photo) if source == "object"}
    assert {
        "receipt", "smiling", "standing", "night", "blue",
        "caisse", "sourire", "debout", "nuit", "bleu",
        "kassenbon", "lachelnd", "stehend", "nacht", "blau",
        "recibo", "sonrisa", "noche", "azul",
        "scontrino", "sorriso", "notte",
        "kassabon", "glimlachend", "staand", "blauw",
    } <= words  # fmt: skip
    assert not words & {"a", "une", "ein", "at", "bei", "qui", "che"}


def test_words_read_in_the_picture_are_found_as_read_and_by_the_word_text(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "text", kind=FactKind.TEXT, text="Gare de Lyon", language="fr")
    words = set(words_of(photo))
    assert {("gare", "read"), ("lyon", "read"), ("text", "object"), ("texte", "object")} <= words


def test_what_is_the_familys_own_is_found_by_its_name(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "7", kind=FactKind.OWN, text="our boat Fiete", confidence=1.0)
    assert ("fiete", "object") in words_of(photo)


def test_nobody_finds_a_photo_by_what_one_would_ask_before_sharing(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "nudity", kind=FactKind.SENSITIVITY, confidence=0.99)
    assert words_of(photo) == []
