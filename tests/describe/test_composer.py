"""The words, sentence by sentence, in every language."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from photolib.describe.boxes import Box
from photolib.describe.composer import LIMIT, compose
from photolib.describe.view import Name, SeenThing
from photolib.library.models import TakenSource
from tests.describe.views import ANNA, BEN, body, face, thing, view

FAMILY: dict[str, Any] = {
    "faces": (face(0.1, ANNA), face(0.4, BEN), face(0.7)),
    "things": (body(0.1), body(0.4), thing("dog"), thing("table", 0.8), thing("cup"), thing("cup")),
}
SIX = tuple(
    face(0.1 * place, Name(name, sure=True))
    for place, name in enumerate(["Anna", "Ben", "Clara", "David", "Eve", "Fritz"])
)
NOWHERE: dict[str, Any] = {"town": "", "region": "", "country": ""}

GOLDEN: list[tuple[dict[str, Any], str, str]] = [
    ({}, "Photo, Saturday 6 July 2024, Lyon", "Photo, samedi 6 juillet 2024, Lyon"),
    (
        {"taken_on": date(2024, 6, 1), **NOWHERE},
        "Photo, Saturday 1 June 2024",
        "Photo, samedi 1er juin 2024",
    ),
    (
        {"taken_source": TakenSource.RECEIVED, **NOWHERE},
        "Photo, added on Saturday 6 July 2024",
        "Photo, ajoutée le samedi 6 juillet 2024",
    ),
    (
        {"taken_source": TakenSource.FILE, "town": "", "region": ""},
        "Photo, file dated Saturday 6 July 2024, France",
        "Photo, fichier du samedi 6 juillet 2024, France",
    ),
    (
        FAMILY,
        "3 people, Anna, probably Ben and one other. A dog, a table and two cups. "
        "Lyon, 6 July 2024.",
        "3 personnes, Anna, sans doute Ben et une autre. Un chien, une table et deux tasses. "
        "Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (face(0.1, ANNA),), "things": (body(0.1),)},
        "Anna. Lyon, 6 July 2024.",
        "Anna. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (replace(face(0.1), on_picture=True), face(0.4, ANNA))},
        "Anna. May show a picture of a person. Lyon, 6 July 2024.",
        "Anna. Montre peut-être l'image d'une personne. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (replace(face(0.1), on_picture=True), replace(face(0.4), on_picture=True))},
        "May show pictures of two people. Lyon, 6 July 2024.",
        "Montre peut-être les images de deux personnes. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (face(0.1, BEN),)},
        "Probably Ben. Lyon, 6 July 2024.",
        "Sans doute Ben. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (face(0.1, ANNA), face(0.4, BEN))},
        "Anna and probably Ben. Lyon, 6 July 2024.",
        "Anna et sans doute Ben. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (face(0.1),)},
        "A person. Lyon, 6 July 2024.",
        "Une personne. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (face(0.1, ANNA), face(0.3), face(0.6))},
        "3 people, Anna and two others. Lyon, 6 July 2024.",
        "3 personnes, Anna et deux autres. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": SIX},
        "6 people, Anna, Ben, Clara, David and two others. Lyon, 6 July 2024.",
        "6 personnes, Anna, Ben, Clara, David et deux autres. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (face(0.1, ANNA),), "things": (body(0.7, 0.42),)},
        "Anna, and perhaps others. Lyon, 6 July 2024.",
        "Anna, et peut-être d'autres personnes. Lyon, 6 juillet 2024.",
    ),
    (
        {"faces": (face(0.1), face(0.3)), "things": (body(0.7, 0.42), thing("broccoli"))},
        "At least 2 people. Some broccoli. Lyon, 6 July 2024.",
        "Au moins 2 personnes. Du brocoli. Lyon, 6 juillet 2024.",
    ),
    (
        {"things": (thing("cat", 0.5), body(0.7, 0.42))},
        "May show a person and a cat. Lyon, 6 July 2024.",
        "Montre peut-être une personne et un chat. Lyon, 6 juillet 2024.",
    ),
    (
        {"things": (*(thing("chair") for _ in range(12)), thing("skis"), thing("skis"))},
        "Two pairs of skis and 12 chairs. Lyon, 6 July 2024.",
        "Deux paires de skis et 12 chaises. Lyon, 6 juillet 2024.",
    ),
    (
        {"things": (thing("elephant"), thing("car"), thing("cake", 0.5)), **NOWHERE},
        "An elephant and a car. May show a cake. 6 July 2024.",
        "Un éléphant et une voiture. Montre peut-être un gâteau. 6 juillet 2024.",
    ),
]


@pytest.mark.parametrize(("facts", "english", "french"), GOLDEN)
def test_golden_sentences(facts: dict[str, Any], english: str, french: str) -> None:
    assert compose(view(**facts), "en").alt == english
    assert compose(view(**facts), "fr").alt == french


def test_regional_language_code_gets_its_language_and_an_unknown_one_english() -> None:
    assert compose(view(), "fr-CA").alt.startswith("Photo, samedi")
    assert compose(view(), "xx").alt.startswith("Photo, Saturday")


def test_what_is_below_the_hedge_is_not_said() -> None:
    composed = compose(view(things=(thing("cat", 0.39),)), "en")
    assert not composed.seen
    assert "cat" not in composed.alt + "".join(claim.text for claim in composed.claims)


def test_label_the_vocabulary_does_not_know_is_not_said() -> None:
    assert not compose(view(things=(thing("spaceship"),)), "en").seen


def test_most_important_things_stay_when_there_is_no_room_for_all() -> None:
    labels = ["fork", "knife", "spoon", "bowl", "chair", "potted_plant", "traffic_light", "cake"]
    alt = compose(view(things=tuple(thing(label) for label in [*labels, "dog"])), "en").alt
    assert alt.startswith("A dog, a cake, ")
    assert len(alt) <= 125


def test_long_names_give_way_before_their_number() -> None:
    names = tuple(Name(letter * 90, sure=True) for letter in "ABCDE")
    faces = tuple(face(0.1 * place, name) for place, name in enumerate(names))
    alt = compose(view(faces=faces, town="L" * 100), "en").alt
    assert len(alt) <= LIMIT
    assert alt.startswith("5 people")


def test_claims_say_where_how_sure_and_who_says_so() -> None:
    dog = SeenThing("dog", 0.93, "ssd", Box(0.7, 0.2, 0.25, 0.7), fact=7)
    claims = compose(view(**(FAMILY | {"things": (body(0.1), dog)})), "en").claims
    said = [(claim.text, claim.certainty, claim.source) for claim in claims]
    assert said == [
        ("Anna, on the left, in the foreground.", "confirmed", "a person"),
        ("Probably Ben, in the centre.", "not confirmed", "face recognition"),
        ("A person, on the right.", "very sure", "scrfd"),
        ("A dog, on the right, in the foreground.", "very sure", "ssd"),
        ("Place: Lyon, Auvergne-Rhône-Alpes, France.", "", "the position noted in the file"),
        ("Date: Saturday 6 July 2024.", "", "the camera's clock"),
    ]
    assert claims[3].confidence == 0.93
    assert claims[3].fact == 7


def test_claims_in_french_follow_french_rules() -> None:
    claims = compose(view(things=(thing("cake", 0.5),)), "fr").claims
    assert claims[0].text == "Peut-être un gâteau, au centre."
    assert claims[0].certainty == "peu sûr"
    assert claims[1].text.startswith("Lieu\N{NO-BREAK SPACE}: Lyon")
    assert claims[2].text == "Date\N{NO-BREAK SPACE}: samedi 6 juillet 2024."


def test_same_view_gives_the_same_words() -> None:
    mixed = FAMILY | {"things": tuple(reversed(FAMILY["things"]))}
    assert compose(view(**FAMILY), "en").alt == compose(view(**mixed), "en").alt
