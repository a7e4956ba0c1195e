"""The words for what is seen beside the things, sentence by sentence, in every language."""

from dataclasses import replace
from typing import Any

import pytest

from photolib.describe import sureness
from photolib.describe.boxes import Box
from photolib.describe.composer import compose
from photolib.describe.languages import GRAMMARS
from photolib.describe.models import FactKind
from photolib.describe.view import Name
from photolib.describe.vocabulary.signs import Posture
from tests.describe.views import (
    ANNA,
    body,
    face,
    named,
    own,
    posture,
    scene,
    sign,
    smile,
    text,
    thing,
    view,
)

ELENA = Name("Elena", sure=True)
SMALL = Box(0.1, 0.1, 0.1, 0.1)
THREE = (0.1, 0.4, 0.7)
FOUR = (0.1, 0.3, 0.5, 0.7)
NOWHERE = {"town": "", "region": "", "country": ""}

GOLDEN: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    (
        "three_who_sit_and_smile_on_a_beach",
        {
            "faces": (face(0.1, ANNA), face(0.4), face(0.7)),
            "things": (*(body(left) for left in THREE), thing("beach")),
            "signs": tuple(
                one for left in THREE for one in (posture(left, "sitting"), smile(left))
            ),
        },
        {
            "en": "3 people, Anna and two others, all sitting and smiling, on a beach. 6 July 2024.",
            "fr": "3 personnes assises qui sourient, Anna et deux autres, à la plage. 6 juillet 2024.",
            "de": "3 Personen, Anna und zwei weitere, alle sitzend und lächelnd, am Strand. 6. Juli "
            "2024.",
            "es": "3 personas sentadas que sonríen, Anna y dos más, en la playa. 6 de julio de 2024.",
            "it": "3 persone sedute che sorridono, Anna e altre due, in spiaggia. 6 luglio 2024.",
            "nl": "3 personen, Anna en nog twee, allemaal zittend en glimlachend, op het strand. 6 "
            "juli 2024.",
        },
    ),
    (
        "two_named_people_who_smile",
        {"faces": (face(0.1, ANNA), face(0.4, ELENA)), "signs": (smile(0.1), smile(0.4))},
        {
            "en": "Anna and Elena, both smiling. 6 July 2024.",
            "fr": "2 personnes qui sourient, Anna et Elena. 6 juillet 2024.",
            "de": "Anna und Elena, beide lächelnd. 6. Juli 2024.",
            "es": "2 personas que sonríen, Anna y Elena. 6 de julio de 2024.",
            "it": "2 persone che sorridono, Anna ed Elena. 6 luglio 2024.",
            "nl": "Anna en Elena, beiden glimlachend. 6 juli 2024.",
        },
    ),
    (
        "one_named_person_stands_and_smiles",
        {
            "faces": (face(0.1, ANNA),),
            "things": (body(0.1),),
            "signs": (posture(0.1, "standing"), smile(0.1)),
        },
        {
            "en": "Anna, standing and smiling. 6 July 2024.",
            "fr": "Anna, qui sourit, debout. 6 juillet 2024.",
            "de": "Anna, stehend und lächelnd. 6. Juli 2024.",
            "es": "Anna, que sonríe, de pie. 6 de julio de 2024.",
            "it": "Anna, che sorride, in piedi. 6 luglio 2024.",
            "nl": "Anna, staand en glimlachend. 6 juli 2024.",
        },
    ),
    (
        "one_named_person_sits",
        {"faces": (face(0.1, ANNA),), "things": (body(0.1),), "signs": (posture(0.1, "sitting"),)},
        {
            "en": "Anna, sitting. 6 July 2024.",
            "fr": "Anna, en position assise. 6 juillet 2024.",
            "de": "Anna, sitzend. 6. Juli 2024.",
            "es": "Anna, en posición sentada. 6 de julio de 2024.",
            "it": "Anna, in posizione seduta. 6 luglio 2024.",
            "nl": "Anna, zittend. 6 juli 2024.",
        },
    ),
    (
        "somebody_lies_and_smiles",
        {
            "faces": (face(0.1),),
            "things": (body(0.1),),
            "signs": (posture(0.1, "lying"), smile(0.1)),
        },
        {
            "en": "A person lying down and smiling. 6 July 2024.",
            "fr": "Une personne allongée qui sourit. 6 juillet 2024.",
            "de": "Eine Person, liegend und lächelnd. 6. Juli 2024.",
            "es": "Una persona tumbada que sonríe. 6 de julio de 2024.",
            "it": "Una persona sdraiata che sorride. 6 luglio 2024.",
            "nl": "Een persoon, liggend en glimlachend. 6 juli 2024.",
        },
    ),
    (
        "four_who_stand",
        {
            "things": tuple(body(left) for left in FOUR),
            "signs": tuple(posture(left, "standing") for left in FOUR),
        },
        {
            "en": "4 people, all standing. 6 July 2024.",
            "fr": "4 personnes debout. 6 juillet 2024.",
            "de": "4 Personen, alle stehend. 6. Juli 2024.",
            "es": "4 personas de pie. 6 de julio de 2024.",
            "it": "4 persone in piedi. 6 luglio 2024.",
            "nl": "4 personen, allemaal staand. 6 juli 2024.",
        },
    ),
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
        "screenshot_with_a_face",
        {
            "faces": (face(0.1),),
            "signs": (sign(FactKind.PICTURE, "screenshot"),),
            "texts": (text("Confirmed"),),
        },
        {
            "en": "A screenshot, text: “Confirmed”. May show a poster or screen with a person. 6 July 2024.",
            "fr": "Une capture d'écran, texte\xa0: «\xa0Confirmed\xa0». Montre peut-être une affiche "
            "ou un écran avec une personne. 6 juillet 2024.",
            "de": "Ein Bildschirmfoto, Text: „Confirmed“. Zeigt vielleicht ein Poster oder Foto mit einer "
            "Person. 6. Juli 2024.",
            "es": "Una captura de pantalla, texto: «Confirmed». Quizá haya un cartel o una pantalla con una "
            "persona. 6 de julio de 2024.",
            "it": "Una schermata, testo: «Confirmed». Mostra forse un manifesto o uno schermo con una "
            "persona. 6 luglio 2024.",
            "nl": "Een schermafbeelding, tekst: ‘Confirmed’. Misschien is er een poster of scherm met iemand "
            "te zien. 6 juli 2024.",
        },
    ),
    (
        "receipt",
        {
            "things": (thing("book"),),
            "signs": (sign(FactKind.PICTURE, "receipt"),),
            "texts": (
                text("PRESTO"),
                text("12 rue de la Paix, 69002 Lyon"),
                text("Lait 1,20 Total"),
            ),
        },
        {
            "en": "A receipt, text: “PRESTO 12 rue de la Paix, 69002 Lyon Lait 1,20 Total”. 6 July "
            "2024.",
            "fr": "Un ticket de caisse, texte\xa0: «\xa0PRESTO 12 rue de la Paix, 69002 Lyon Lait 1,20 "
            "Total\xa0». 6 juillet 2024.",
            "de": "Ein Kassenbon, Text: „PRESTO 12 rue de la Paix, 69002 Lyon Lait 1,20 Total“. 6. "
            "Juli 2024.",
            "es": "Un recibo, texto: «PRESTO 12 rue de la Paix, 69002 Lyon Lait 1,20 Total». 6 de "
            "julio de 2024.",
            "it": "Uno scontrino, testo: «PRESTO 12 rue de la Paix, 69002 Lyon Lait 1,20 Total». 6 "
            "luglio 2024.",
            "nl": "Een kassabon, tekst: ‘PRESTO 12 rue de la Paix, 69002 Lyon Lait 1,20 Total’. 6 juli "
            "2024.",
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
        "perhaps_a_document",
        {"signs": (sign(FactKind.PICTURE, "document", 0.7),)},
        {
            "en": "Perhaps a document. 6 July 2024.",
            "fr": "Peut-être un document. 6 juillet 2024.",
            "de": "Vielleicht ein Schriftstück. 6. Juli 2024.",
            "es": "Quizá un documento. 6 de julio de 2024.",
            "it": "Forse un documento. 6 luglio 2024.",
            "nl": "Misschien een document. 6 juli 2024.",
        },
    ),
    (
        "large_letters_beside_a_train",
        {"things": (thing("train"),), "texts": (text("Gare de Lyon"),)},
        {
            "en": "A train. Text: “Gare de Lyon”. 6 July 2024.",
            "fr": "Un train. Texte\xa0: «\xa0Gare de Lyon\xa0». 6 juillet 2024.",
            "de": "Ein Zug. Text: „Gare de Lyon“. 6. Juli 2024.",
            "es": "Un tren. Texto: «Gare de Lyon». 6 de julio de 2024.",
            "it": "Un treno. Testo: «Gare de Lyon». 6 luglio 2024.",
            "nl": "Een trein. Tekst: ‘Gare de Lyon’. 6 juli 2024.",
        },
    ),
    (
        "nothing_but_doubtful_letters",
        {"texts": (text("Gare de Lyon", confidence=0.6, box=SMALL),)},
        {
            "en": "Perhaps the text: “Gare de Lyon”. 6 July 2024.",
            "fr": "Peut-être le texte\xa0: «\xa0Gare de Lyon\xa0». 6 juillet 2024.",
            "de": "Vielleicht der Text: „Gare de Lyon“. 6. Juli 2024.",
            "es": "Quizá el texto: «Gare de Lyon». 6 de julio de 2024.",
            "it": "Forse il testo: «Gare de Lyon». 6 luglio 2024.",
            "nl": "Misschien de tekst: ‘Gare de Lyon’. 6 juli 2024.",
        },
    ),
    (
        "letters_that_cannot_be_read",
        {"texts": (text("", ""),)},
        {
            "en": "Text that could not be read. 6 July 2024.",
            "fr": "Du texte qui n'a pas pu être lu. 6 juillet 2024.",
            "de": "Text, der nicht gelesen werden konnte. 6. Juli 2024.",
            "es": "Texto que no se pudo leer. 6 de julio de 2024.",
            "it": "Testo che non si è potuto leggere. 6 luglio 2024.",
            "nl": "Tekst die niet gelezen kon worden. 6 juli 2024.",
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
    (
        "a_name_that_can_be_read",
        {"things": (thing("dog"),), "readable": (named("LEGO"),)},
        {
            "en": "A dog. The name LEGO can be read. 6 July 2024.",
            "fr": "Un chien. On peut lire le nom LEGO. 6 juillet 2024.",
            "de": "Ein Hund. Der Name LEGO ist zu lesen. 6. Juli 2024.",
            "es": "Un perro. Se puede leer el nombre LEGO. 6 de julio de 2024.",
            "it": "Un cane. Si può leggere il nome LEGO. 6 luglio 2024.",
            "nl": "Een hond. De naam LEGO is te lezen. 6 juli 2024.",
        },
    ),
    (
        "two_names_that_can_be_read_and_one_in_doubt",
        {"readable": (named("LEGO"), named("IKEA"), named("Nokia", 0.6))},
        {
            "en": "The names LEGO and IKEA can be read. 6 July 2024.",
            "fr": "On peut lire les noms LEGO et IKEA. 6 juillet 2024.",
            "de": "Die Namen LEGO und IKEA sind zu lesen. 6. Juli 2024.",
            "es": "Se pueden leer los nombres LEGO e IKEA. 6 de julio de 2024.",
            "it": "Si possono leggere i nomi LEGO e IKEA. 6 luglio 2024.",
            "nl": "De namen LEGO en IKEA zijn te lezen. 6 juli 2024.",
        },
    ),
]


@pytest.fixture(autouse=True)
def every_posture_may_be_asserted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the grammars say, once a posture is measured well enough (test_sureness: which are)."""
    monkeypatch.setattr(sureness, "_POSTURES", dict.fromkeys(Posture, (0.0, 0.0)))


@pytest.mark.parametrize(
    ("facts", "expected"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN]
)
def test_golden_sentences(facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert {
        language: compose(view(**facts, **NOWHERE), language).alt for language in GRAMMARS
    } == expected


def alt(**facts: Any) -> str:
    return compose(view(**facts, **NOWHERE), "en").alt


def claims(language: str = "en", /, **facts: Any) -> list[str]:
    """The extended description without its date."""
    said = [claim.text for claim in compose(view(**facts, **NOWHERE), language).claims]
    return [text for text in said if "2024" not in text]


def test_half_of_a_family_that_smiles_is_told_person_by_person_only() -> None:
    facts = {"faces": (face(0.1, ANNA), face(0.4)), "signs": (smile(0.1),)}
    assert alt(**facts) == "2 people, Anna and one other. 6 July 2024."
    assert claims(**facts) == [
        "Anna, on the left.",
        "Anna is smiling.",
        "A person, in the centre.",
    ]


def test_somebody_seen_from_behind_keeps_everybody_from_being_called_smiling() -> None:
    facts = {"faces": (face(0.1, ANNA),), "things": (body(0.1), body(0.7)), "signs": (smile(0.1),)}
    assert "smiling" not in alt(**facts)


def test_more_than_three_smiles_are_not_said_at_once() -> None:
    faces, smiles = tuple(face(left) for left in FOUR), tuple(smile(left) for left in FOUR)
    assert alt(faces=faces[:3], signs=smiles) == "3 people, all smiling. 6 July 2024."
    assert alt(faces=faces, signs=smiles) == "4 people. 6 July 2024."


def test_where_there_may_be_more_people_nothing_is_said_of_all() -> None:
    facts = {
        "faces": (face(0.1, ANNA), face(0.7, confidence=0.55)),
        "things": (body(0.1),),
        "signs": (posture(0.1, "standing"), smile(0.1)),
    }
    assert alt(**facts) == "Anna, and perhaps others. 6 July 2024."


def test_a_smile_in_doubt_is_hedged_and_not_in_the_short_text() -> None:
    facts = {"faces": (face(0.1),), "signs": (smile(0.1, 0.6),)}
    assert alt(**facts) == "A person. 6 July 2024."
    assert claims("en", **facts)[1] == "This person may be smiling."
    assert claims("fr", **facts)[1] == "Cette personne sourit peut-être."
    assert claims("de", **facts)[1] == "Diese Person lächelt vielleicht."
    assert claims("es", **facts)[1] == "Esta persona quizá sonría."
    assert claims("it", **facts)[1] == "Questa persona forse sorride."
    assert claims("nl", **facts)[1] == "Deze persoon glimlacht misschien."


def test_a_posture_in_doubt_has_its_words_in_every_language() -> None:
    said = {
        language: grammar.sentence(grammar.act("Anna", "sitting", sure=False))
        for language, grammar in GRAMMARS.items()
    }
    assert said == {
        "en": "Anna may be sitting.",
        "fr": "Anna est peut-être en position assise.",
        "de": "Anna sitzt vielleicht.",
        "es": "Anna quizá esté en posición sentada.",
        "it": "Anna forse è in posizione seduta.",
        "nl": "Anna zit misschien.",
    }


def test_what_somebody_named_does_agrees_with_nobody() -> None:
    facts = {
        "faces": (face(0.1, ANNA),),
        "things": (body(0.1),),
        "signs": (posture(0.1, "lying"), smile(0.1)),
    }
    said = {language: claims(language, **facts)[1:] for language in GRAMMARS}
    assert said == {
        "en": ["Anna is lying down.", "Anna is smiling."],
        "fr": ["Anna est en position allongée.", "Anna sourit."],
        "de": ["Anna liegt.", "Anna lächelt."],
        "es": ["Anna está en posición tumbada.", "Anna sonríe."],
        "it": ["Anna è in posizione sdraiata.", "Anna sorride."],
        "nl": ["Anna ligt.", "Anna glimlacht."],
    }


def test_small_letters_are_read_in_the_extended_description_only() -> None:
    facts = {"things": (thing("train"),), "texts": (text("Gare de Lyon", box=SMALL),)}
    assert alt(**facts) == "A train. 6 July 2024."
    assert claims(**facts) == ["A train, in the centre.", "Text: “Gare de Lyon”."]


def test_what_was_read_carries_its_own_language() -> None:
    read = compose(view(texts=(text("Gare de Lyon", "fr"),)), "en").claims[0]
    assert (read.text, read.read, read.language) == (
        "Text: “Gare de Lyon”.", "Gare de Lyon", "fr",
    )  # fmt: skip


def test_lines_are_one_claim_a_language_in_reading_order() -> None:
    lines = (text("Lait"), text("Pain"), text("Milk", "en"), text("Bread", "en"))
    assert claims(texts=lines) == ["Text: “Lait Pain”.", "Text: “Milk Bread”."]


def test_many_small_lines_are_a_page_and_a_page_is_not_too_bright() -> None:
    lines = tuple(
        text(f"Ligne {number}", box=Box(0.1, number / 20, 0.5, 0.02)) for number in range(15)
    )
    facts = {"texts": lines, "signs": (sign(FactKind.QUALITY, "overexposed"),)}
    assert alt(**facts).startswith("Text: “Ligne 0 Ligne 1 ")
    assert len(claims(**facts)) == 1
    doubtful = facts | {"things": (thing("tv", 0.3), scene("restaurant"))}
    assert len(claims(**doubtful)) == 1
    few = facts | {"texts": lines[:3], "things": (thing("dog"),)}
    assert alt(**few) == "A dog. 6 July 2024."
    assert claims(**few)[-1] == "A photo that is too bright."


def test_what_may_be_a_narrower_name_of_a_thing_is_no_second_thing() -> None:
    facts = {"things": (thing("boat"), scene("sailing_boat"))}
    assert alt(**facts) == "A boat. 6 July 2024."
    assert claims(**facts) == ["A boat, in the centre.", "Perhaps a sailing boat."]


def test_several_that_may_be_in_one_place_are_hedged_once_and_places_come_last() -> None:
    left, right = Box(0.1, 0.1, 0.1, 0.1), Box(0.8, 0.1, 0.1, 0.1)
    cups = (thing("cup", 0.29, left), thing("cup", 0.28, left), thing("cup", 0.3, right))
    assert claims(things=(thing("outdoors", 0.99), *cups)) == [
        "Perhaps a cup, on the right.",
        "Perhaps a cup, on the left.",
        "Outdoors.",
    ]


def test_a_long_text_is_cut_between_words_in_the_short_one_and_whole_in_the_long_one() -> None:
    words = "Liberté Égalité Fraternité " * 10
    facts = {"texts": (text(words.strip()),)}
    assert alt(**facts) == (
        "Text: “Liberté Égalité Fraternité Liberté Égalité Fraternité…”. 6 July 2024."
    )
    assert words.strip() in claims(**facts)[0]


def test_a_receipt_is_no_place_for_things() -> None:
    facts = {
        "things": (thing("book"), thing("keyboard", 0.5), scene("restaurant")),
        "signs": (sign(FactKind.PICTURE, "receipt"),),
    }
    assert alt(**facts) == "A receipt. 6 July 2024."
    assert claims(**facts) == ["A receipt."]


def test_somebody_named_on_a_screenshot_is_told_of_and_the_nameless_are_pictures() -> None:
    facts = {
        "faces": (face(0.1, ANNA), face(0.5)),
        "signs": (sign(FactKind.PICTURE, "screenshot"),),
    }
    assert alt(**facts) == (
        "A screenshot. Anna. May show a poster or screen with a person. 6 July 2024."
    )  # fmt: skip


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


def test_a_name_that_large_letters_tell_is_not_told_twice_in_the_short_text() -> None:
    facts = {"texts": (text("LEGO City", "en"),), "readable": (named("LEGO"),)}
    composed = compose(view(**NOWHERE, **facts), "en")
    assert composed.alt == "Text: “LEGO City”. 6 July 2024."
    assert "The name LEGO can be read." in [claim.text for claim in composed.claims]


def test_names_on_a_page_are_not_told_in_its_short_text() -> None:
    facts = {"signs": (sign(FactKind.PICTURE, "receipt"),), "readable": (named("Lidl"),)}
    assert compose(view(**NOWHERE, **facts), "en").alt == "A receipt. 6 July 2024."
