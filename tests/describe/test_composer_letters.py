"""The words for what can be read: texts, names, and pictures that are pages or screens."""

from typing import Any

from photolib.describe.boxes import Box
from photolib.describe.composer import compose
from photolib.describe.models import FactKind
from tests.describe.telling import alt, claims, golden, in_every_language
from tests.describe.views import ANNA, NOWHERE, SMALL, face, named, scene, sign, text, thing, view

GOLDEN: list[tuple[str, dict[str, Any], dict[str, str]]] = [
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


@golden(GOLDEN)
def test_golden_sentences(facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert in_every_language(facts) == expected


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


def test_a_name_that_large_letters_tell_is_not_told_twice_in_the_short_text() -> None:
    facts = {"texts": (text("LEGO City", "en"),), "readable": (named("LEGO"),)}
    composed = compose(view(**NOWHERE, **facts), "en")
    assert composed.alt == "Text: “LEGO City”. 6 July 2024."
    assert "The name LEGO can be read." in [claim.text for claim in composed.claims]


def test_names_on_a_page_are_not_told_in_its_short_text() -> None:
    facts = {"signs": (sign(FactKind.PICTURE, "receipt"),), "readable": (named("Lidl"),)}
    assert compose(view(**NOWHERE, **facts), "en").alt == "A receipt. 6 July 2024."
