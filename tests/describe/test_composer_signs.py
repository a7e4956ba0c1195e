"""The words for scenes, light, quality, colours and the family's own, in every language."""

from dataclasses import replace
from typing import Any

import pytest

from photolib.describe.boxes import Box
from photolib.describe.composer import compose
from photolib.describe.languages import GRAMMARS
from photolib.describe.models import FactKind
from tests.describe.telling import alt, claims, golden, in_every_language
from tests.describe.views import SMALL, face, own, scene, sign, thing, view

GOLDEN: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    (
        "perhaps_on_a_beach",
        {"things": (thing("dog"), scene("beach"))},
        {
            "en": "A dog, perhaps on a beach. 6 July 2024.",
            "fr": "Un chien, peut-être à la plage. 6 juillet 2024.",
            "de": "Ein Hund, vielleicht am Strand. 6. Juli 2024.",
            "es": "Un perro, quizá en la playa. 6 de julio de 2024.",
            "it": "Un cane, forse in spiaggia. 6 luglio 2024.",
            "nl": "Een hond, misschien op het strand. 6 juli 2024.",
        },
    ),
    (
        "dog_on_a_beach_at_night",
        {"things": (thing("dog"), thing("beach")), "signs": (sign(FactKind.LIGHT, "at_night"),)},
        {
            "en": "A dog, on a beach, at night. 6 July 2024.",
            "fr": "Un chien, à la plage, de nuit. 6 juillet 2024.",
            "de": "Ein Hund, am Strand, bei Nacht. 6. Juli 2024.",
            "es": "Un perro, en la playa, de noche. 6 de julio de 2024.",
            "it": "Un cane, in spiaggia, di notte. 6 luglio 2024.",
            "nl": "Een hond, op het strand, 's nachts. 6 juli 2024.",
        },
    ),
    (
        "nothing_but_the_night",
        {"signs": (sign(FactKind.LIGHT, "at_night"),)},
        {
            "en": "At night. 6 July 2024.",
            "fr": "De nuit. 6 juillet 2024.",
            "de": "Bei Nacht. 6. Juli 2024.",
            "es": "De noche. 6 de julio de 2024.",
            "it": "Di notte. 6 luglio 2024.",
            "nl": "'s Nachts. 6 juli 2024.",
        },
    ),
    (
        "nothing_but_perhaps_the_day",
        {"signs": (sign(FactKind.LIGHT, "by_day", 0.9),)},
        {
            "en": "Perhaps by day. 6 July 2024.",
            "fr": "Peut-être de jour. 6 juillet 2024.",
            "de": "Vielleicht bei Tag. 6. Juli 2024.",
            "es": "Quizá de día. 6 de julio de 2024.",
            "it": "Forse di giorno. 6 luglio 2024.",
            "nl": "Misschien overdag. 6 juli 2024.",
        },
    ),
    (
        "drawing_of_a_dog",
        {"things": (thing("dog"), thing("beach")), "signs": (sign(FactKind.PICTURE, "drawing"),)},
        {
            "en": "A drawing. A dog. 6 July 2024.",
            "fr": "Un dessin. Un chien. 6 juillet 2024.",
            "de": "Eine Zeichnung. Ein Hund. 6. Juli 2024.",
            "es": "Un dibujo. Un perro. 6 de julio de 2024.",
            "it": "Un disegno. Un cane. 6 luglio 2024.",
            "nl": "Een tekening. Een hond. 6 juli 2024.",
        },
    ),
    (
        "nothing_but_a_blurred_photo",
        {"signs": (sign(FactKind.QUALITY, "blurred"), sign(FactKind.QUALITY, "dark", 0.9))},
        {
            "en": "A blurred photo. 6 July 2024.",
            "fr": "Une photo floue. 6 juillet 2024.",
            "de": "Ein unscharfes Foto. 6. Juli 2024.",
            "es": "Una foto borrosa. 6 de julio de 2024.",
            "it": "Una foto sfocata. 6 luglio 2024.",
            "nl": "Een onscherpe foto. 6 juli 2024.",
        },
    ),
    (
        "nothing_but_a_dark_photo",
        {"signs": (sign(FactKind.QUALITY, "dark"),)},
        {
            "en": "A very dark photo. 6 July 2024.",
            "fr": "Une photo très sombre. 6 juillet 2024.",
            "de": "Ein sehr dunkles Foto. 6. Juli 2024.",
            "es": "Una foto muy oscura. 6 de julio de 2024.",
            "it": "Una foto molto scura. 6 luglio 2024.",
            "nl": "Een erg donkere foto. 6 juli 2024.",
        },
    ),
    (
        "nothing_but_a_photo_too_bright",
        {"signs": (sign(FactKind.QUALITY, "overexposed", 0.6),)},
        {
            "en": "Perhaps a photo that is too bright. 6 July 2024.",
            "fr": "Peut-être une photo trop claire. 6 juillet 2024.",
            "de": "Vielleicht ein zu helles Foto. 6. Juli 2024.",
            "es": "Quizá una foto demasiado clara. 6 de julio de 2024.",
            "it": "Forse una foto troppo chiara. 6 luglio 2024.",
            "nl": "Misschien een te lichte foto. 6 juli 2024.",
        },
    ),
    (
        "something_of_the_familys_own",
        {"things": (thing("boat"), thing("dog", box=SMALL)), "own": (own("Fiete"),)},
        {
            "en": "Fiete and a dog. 6 July 2024.",
            "fr": "Fiete et un chien. 6 juillet 2024.",
            "de": "Fiete und ein Hund. 6. Juli 2024.",
            "es": "Fiete y un perro. 6 de julio de 2024.",
            "it": "Fiete e un cane. 6 luglio 2024.",
            "nl": "Fiete en een hond. 6 juli 2024.",
        },
    ),
    (
        "perhaps_something_of_the_familys_own",
        {"things": (thing("boat"),), "own": (own("Fiete", 0.7),)},
        {
            "en": "A boat. Perhaps Fiete. 6 July 2024.",
            "fr": "Un bateau. Peut-être Fiete. 6 juillet 2024.",
            "de": "Ein Boot. Vielleicht Fiete. 6. Juli 2024.",
            "es": "Una barca. Quizá Fiete. 6 de julio de 2024.",
            "it": "Una barca. Forse Fiete. 6 luglio 2024.",
            "nl": "Een boot. Misschien Fiete. 6 juli 2024.",
        },
    ),
]


@golden(GOLDEN)
def test_golden_sentences(facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert in_every_language(facts) == expected


def test_what_may_be_a_narrower_name_of_a_thing_is_no_second_thing() -> None:
    facts = {"things": (thing("boat"), scene("sailing_boat"))}
    assert alt(**facts) == "A boat. 6 July 2024."
    assert claims(**facts) == ["A boat, in the centre.", "Perhaps a sailing boat."]


def test_what_is_sure_under_a_narrower_name_is_not_also_a_maybe() -> None:
    told = claims(things=(thing("stop_sign"), scene("street_sign")))
    assert told == ["A stop sign, in the centre."]


def test_several_that_may_be_in_one_place_are_hedged_once_and_places_come_last() -> None:
    left, right = Box(0.1, 0.1, 0.1, 0.1), Box(0.8, 0.1, 0.1, 0.1)
    cups = (thing("cup", 0.29, left), thing("cup", 0.28, left), thing("cup", 0.3, right))
    assert claims(things=(thing("outdoors", 0.99), *cups)) == [
        "Perhaps a cup, on the right.",
        "Perhaps a cup, on the left.",
        "Outdoors.",
    ]


def test_an_animal_that_only_the_whole_picture_shows_is_not_said_beside_people() -> None:
    assert alt(things=(scene("dog"),)) == "May show a dog. 6 July 2024."
    assert alt(faces=(face(0.1),), things=(scene("dog"),)) == "A person. 6 July 2024."
    agreed = {"faces": (face(0.1),), "things": (scene("dog"), thing("dog", 0.3))}
    assert alt(**agreed) == "A person. May show a dog. 6 July 2024."
    narrower = {"faces": (face(0.1),), "things": (scene("duck"), thing("bird"))}
    assert alt(**narrower) == "A person. A bird. 6 July 2024."
    assert "Perhaps a duck." in claims(**narrower)


def test_what_detector_and_classifier_both_see_is_said_once_by_the_surer() -> None:
    assert alt(things=(thing("dog", 0.9), scene("dog", 0.95))) == "A dog. 6 July 2024."
    assert len(claims(things=(thing("dog"), scene("dog"), scene("animal")))) == 1
    assert claims(things=(thing("dog", 0.3), scene("dog"))) == ["Perhaps a dog, in the centre."]
    assert alt(things=(thing("dog"), thing("dog"), scene("dog"))) == "Two dogs. 6 July 2024."


def test_places_that_exclude_each_other_are_not_both_said() -> None:
    facts = {"things": (scene("beach", 0.9), scene("restaurant", 0.7), thing("indoors", 0.3))}
    assert claims(**facts) == ["Perhaps on a beach."]


def test_night_and_day_are_not_both_said() -> None:
    night, day = sign(FactKind.LIGHT, "at_night", 0.98), sign(FactKind.LIGHT, "by_day", 0.9)
    assert claims(signs=(night, day)) == ["At night."]


def test_the_day_is_told_to_who_asks_and_not_in_the_short_text() -> None:
    facts = {"things": (thing("dog"),), "signs": (sign(FactKind.LIGHT, "by_day"),)}
    assert alt(**facts) == "A dog. 6 July 2024."
    assert claims(**facts) == ["A dog, in the centre.", "By day."]


def test_how_a_photo_came_out_ends_the_extended_description() -> None:
    facts = {"things": (thing("dog"),), "signs": (sign(FactKind.QUALITY, "blurred"),)}
    assert alt(**facts) == "A dog. 6 July 2024."
    assert compose(view(**facts), "en").claims[-1].text == "A blurred photo."


def test_something_of_the_familys_own_is_said_by_its_name_and_not_twice() -> None:
    facts = {"things": (thing("boat"), scene("boat")), "own": (own("our boat"),)}
    assert claims(**facts) == ["Our boat, in the centre."]
    assert compose(view(**facts), "en").claims[0].certainty == "confirmed"


COLOURS = {
    "en": "Colours: blue and white.",
    "fr": "Couleurs\xa0: bleu et blanc.",
    "de": "Farben: Blau und Weiß.",
    "es": "Colores: azul y blanco.",
    "it": "Colori: blu e bianco.",
    "nl": "Kleuren: blauw en wit.",
}


@pytest.mark.parametrize("language", GRAMMARS)
def test_colours_stand_apart_from_the_largest(language: str) -> None:
    white, blue = sign(FactKind.COLOUR, "white", 0.2), sign(FactKind.COLOUR, "blue", 0.5)
    composed = compose(view(signs=(white, blue)), language)
    assert composed.colours is not None
    assert composed.colours.text == COLOURS[language]
    assert not composed.seen


def test_measured_probability_is_told_in_the_place_of_the_score() -> None:
    dog = replace(thing("dog", 0.7), probability=0.98)
    claim = compose(view(things=(dog,)), "en").claims[0]
    assert (claim.confidence, claim.certainty) == (0.98, "very sure")
