"""The words for people, day and town, sentence by sentence, in every language."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from photolib.describe.composer import LIMIT, compose
from photolib.describe.languages import GRAMMARS
from photolib.describe.view import Name
from photolib.library.models import TakenSource
from tests.describe.views import ANNA, BEN, FAMILY, NOWHERE, body, face, thing, view

SIX = tuple(
    face(0.1 * place, Name(name, sure=True))
    for place, name in enumerate(["Anna", "Ben", "Clara", "David", "Eve", "Fritz"])
)

GOLDEN: list[tuple[dict[str, Any], dict[str, str]]] = [
    (
        {},
        {
            "en": "Photo, Saturday 6 July 2024, Lyon",
            "fr": "Photo, samedi 6 juillet 2024, Lyon",
            "de": "Foto, Samstag, 6. Juli 2024, Lyon",
            "es": "Foto, sábado 6 de julio de 2024, Lyon",
            "it": "Foto, sabato 6 luglio 2024, Lyon",
            "nl": "Foto, zaterdag 6 juli 2024, Lyon",
        },
    ),
    (
        {"taken_on": date(2024, 6, 1), **NOWHERE},
        {
            "en": "Photo, Saturday 1 June 2024",
            "fr": "Photo, samedi 1er juin 2024",
            "de": "Foto, Samstag, 1. Juni 2024",
            "es": "Foto, sábado 1 de junio de 2024",
            "it": "Foto, sabato 1º giugno 2024",
            "nl": "Foto, zaterdag 1 juni 2024",
        },
    ),
    (
        {"taken_source": TakenSource.RECEIVED, **NOWHERE},
        {
            "en": "Photo, added on Saturday 6 July 2024",
            "fr": "Photo, ajoutée le samedi 6 juillet 2024",
            "de": "Foto, hinzugefügt am Samstag, dem 6. Juli 2024",
            "es": "Foto, añadida el sábado 6 de julio de 2024",
            "it": "Foto, aggiunta sabato 6 luglio 2024",
            "nl": "Foto, toegevoegd op zaterdag 6 juli 2024",
        },
    ),
    (
        {"taken_source": TakenSource.FILE, "town": "", "region": ""},
        {
            "en": "Photo, file dated Saturday 6 July 2024, France",
            "fr": "Photo, fichier du samedi 6 juillet 2024, France",
            "de": "Foto, Datei vom Samstag, dem 6. Juli 2024, Frankreich",
            "es": "Foto, archivo del sábado 6 de julio de 2024, Francia",
            "it": "Foto, file di sabato 6 luglio 2024, Francia",
            "nl": "Foto, bestand van zaterdag 6 juli 2024, Frankrijk",
        },
    ),
    (
        FAMILY,
        {
            "en": "3 people, Anna, probably Ben and one other. A dog, a table and two cups. Lyon, "
            "6 July 2024.",
            "fr": "3 personnes, Anna, sans doute Ben et une autre. Un chien, une table et deux "
            "tasses. Lyon, 6 juillet 2024.",
            "de": "3 Personen, Anna, vermutlich Ben und eine weitere. Ein Hund, ein Tisch und zwei "
            "Tassen. Lyon, 6. Juli 2024.",
            "es": "3 personas, Anna, probablemente Ben y una más. Un perro, una mesa y dos tazas. "
            "Lyon, 6 de julio de 2024.",
            "it": "3 persone, Anna, probabilmente Ben e un'altra. Un cane, un tavolo e due tazze. "
            "Lyon, 6 luglio 2024.",
            "nl": "3 personen, Anna, waarschijnlijk Ben en nog iemand. Een hond, een tafel en twee "
            "kopjes. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": (face(0.1, ANNA),), "things": (body(0.1),)},
        {
            "en": "Anna. Lyon, 6 July 2024.",
            "fr": "Anna. Lyon, 6 juillet 2024.",
            "de": "Anna. Lyon, 6. Juli 2024.",
            "es": "Anna. Lyon, 6 de julio de 2024.",
            "it": "Anna. Lyon, 6 luglio 2024.",
            "nl": "Anna. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": (replace(face(0.1), on_picture=True), face(0.4, ANNA))},
        {
            "en": "Anna. May show a poster or screen with a person. Lyon, 6 July 2024.",
            "fr": "Anna. Montre peut-être une affiche ou un écran avec une personne. Lyon, 6 juillet 2024.",
            "de": "Anna. Zeigt vielleicht ein Poster oder Foto mit einer Person. Lyon, 6. Juli 2024.",
            "es": "Anna. Quizá haya un cartel o una pantalla con una persona. Lyon, 6 de julio de 2024.",
            "it": "Anna. Mostra forse un manifesto o uno schermo con una persona. Lyon, 6 luglio 2024.",
            "nl": "Anna. Misschien is er een poster of scherm met iemand te zien. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": (replace(face(0.1), on_picture=True), replace(face(0.4), on_picture=True))},
        {
            "en": "May show posters or screens with two people. Lyon, 6 July 2024.",
            "fr": "Montre peut-être des affiches ou des écrans avec deux personnes. Lyon, 6 juillet 2024.",
            "de": "Zeigt vielleicht Poster oder Fotos mit zwei Personen. Lyon, 6. Juli 2024.",
            "es": "Quizá haya carteles o pantallas con dos personas. Lyon, 6 de julio de 2024.",
            "it": "Mostra forse manifesti o schermi con due persone. Lyon, 6 luglio 2024.",
            "nl": "Misschien is er een poster of scherm met twee mensen te zien. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": (face(0.1, BEN),)},
        {
            "en": "Probably Ben. Lyon, 6 July 2024.",
            "fr": "Sans doute Ben. Lyon, 6 juillet 2024.",
            "de": "Vermutlich Ben. Lyon, 6. Juli 2024.",
            "es": "Probablemente Ben. Lyon, 6 de julio de 2024.",
            "it": "Probabilmente Ben. Lyon, 6 luglio 2024.",
            "nl": "Waarschijnlijk Ben. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": (face(0.1, ANNA), face(0.4, BEN))},
        {
            "en": "Anna and probably Ben. Lyon, 6 July 2024.",
            "fr": "Anna et sans doute Ben. Lyon, 6 juillet 2024.",
            "de": "Anna und vermutlich Ben. Lyon, 6. Juli 2024.",
            "es": "Anna y probablemente Ben. Lyon, 6 de julio de 2024.",
            "it": "Anna e probabilmente Ben. Lyon, 6 luglio 2024.",
            "nl": "Anna en waarschijnlijk Ben. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": (face(0.1),)},
        {
            "en": "A person. Lyon, 6 July 2024.",
            "fr": "Une personne. Lyon, 6 juillet 2024.",
            "de": "Eine Person. Lyon, 6. Juli 2024.",
            "es": "Una persona. Lyon, 6 de julio de 2024.",
            "it": "Una persona. Lyon, 6 luglio 2024.",
            "nl": "Een persoon. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": (face(0.1, ANNA), face(0.3), face(0.6))},
        {
            "en": "3 people, Anna and two others. Lyon, 6 July 2024.",
            "fr": "3 personnes, Anna et deux autres. Lyon, 6 juillet 2024.",
            "de": "3 Personen, Anna und zwei weitere. Lyon, 6. Juli 2024.",
            "es": "3 personas, Anna y dos más. Lyon, 6 de julio de 2024.",
            "it": "3 persone, Anna e altre due. Lyon, 6 luglio 2024.",
            "nl": "3 personen, Anna en nog twee. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": SIX},
        {
            "en": "6 people, Anna, Ben, Clara, David and two others. Lyon, 6 July 2024.",
            "fr": "6 personnes, Anna, Ben, Clara, David et deux autres. Lyon, 6 juillet 2024.",
            "de": "6 Personen, Anna, Ben, Clara, David und zwei weitere. Lyon, 6. Juli 2024.",
            "es": "6 personas, Anna, Ben, Clara, David y dos más. Lyon, 6 de julio de 2024.",
            "it": "6 persone, Anna, Ben, Clara, David e altre due. Lyon, 6 luglio 2024.",
            "nl": "6 personen, Anna, Ben, Clara, David en nog twee. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"faces": (face(0.1, ANNA), face(0.7, confidence=0.55))},
        {
            "en": "Anna, and perhaps others. Lyon, 6 July 2024.",
            "fr": "Anna, et peut-être d'autres personnes. Lyon, 6 juillet 2024.",
            "de": "Anna und vielleicht weitere Personen. Lyon, 6. Juli 2024.",
            "es": "Anna y quizá más personas. Lyon, 6 de julio de 2024.",
            "it": "Anna e forse altre persone. Lyon, 6 luglio 2024.",
            "nl": "Anna en misschien nog anderen. Lyon, 6 juli 2024.",
        },
    ),
    (
        {
            "faces": (face(0.1), face(0.3), face(0.7, confidence=0.55)),
            "things": (thing("broccoli"),),
        },
        {
            "en": "At least 2 people. Some broccoli. Lyon, 6 July 2024.",
            "fr": "Au moins 2 personnes. Du brocoli. Lyon, 6 juillet 2024.",
            "de": "Mindestens 2 Personen. Brokkoli. Lyon, 6. Juli 2024.",
            "es": "Al menos 2 personas. Brócoli. Lyon, 6 de julio de 2024.",
            "it": "Almeno 2 persone. Dei broccoli. Lyon, 6 luglio 2024.",
            "nl": "Ten minste 2 personen. Broccoli. Lyon, 6 juli 2024.",
        },
    ),
    (
        {
            "faces": (face(0.1, ANNA), face(0.4, Name("Elena", sure=True))),
            "taken_on": date(2024, 8, 8),
            "taken_source": TakenSource.FILE,
        },
        {
            "en": "Anna and Elena. Lyon, file dated 8 August 2024.",
            "fr": "Anna et Elena. Lyon, fichier du 8 août 2024.",
            "de": "Anna und Elena. Lyon, Datei vom 8. August 2024.",
            "es": "Anna y Elena. Lyon, archivo del 8 de agosto de 2024.",
            "it": "Anna ed Elena. Lyon, file dell'8 agosto 2024.",
            "nl": "Anna en Elena. Lyon, bestand van 8 augustus 2024.",
        },
    ),
    (
        {
            "faces": (face(0.1, ANNA), face(0.4, Name("Inés", sure=True))),
            "taken_on": date(2024, 7, 11),
            "taken_source": TakenSource.RECEIVED,
        },
        {
            "en": "Anna and Inés. Lyon, added on 11 July 2024.",
            "fr": "Anna et Inés. Lyon, ajoutée le 11 juillet 2024.",
            "de": "Anna und Inés. Lyon, hinzugefügt am 11. Juli 2024.",
            "es": "Anna e Inés. Lyon, añadida el 11 de julio de 2024.",
            "it": "Anna e Inés. Lyon, aggiunta l'11 luglio 2024.",
            "nl": "Anna en Inés. Lyon, toegevoegd op 11 juli 2024.",
        },
    ),
    (
        {
            "faces": tuple(face(0.1 * place) for place in range(7)),
            "things": (thing("backpack"), thing("car")),
        },
        {
            "en": "At least 7 people. A backpack and a car. Lyon, 6 July 2024.",
            "fr": "Au moins 7 personnes. Un sac à dos et une voiture. Lyon, 6 juillet 2024.",
            "de": "Mindestens 7 Personen. Ein Rucksack und ein Auto. Lyon, 6. Juli 2024.",
            "es": "Al menos 7 personas. Una mochila y un coche. Lyon, 6 de julio de 2024.",
            "it": "Almeno 7 persone. Uno zaino e un'auto. Lyon, 6 luglio 2024.",
            "nl": "Ten minste 7 personen. Een rugzak en een auto. Lyon, 6 juli 2024.",
        },
    ),
]


@pytest.mark.parametrize(("facts", "expected"), GOLDEN)
def test_golden_sentences(facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert {language: compose(view(**facts), language).alt for language in GRAMMARS} == expected


def test_long_names_give_way_before_their_number() -> None:
    names = tuple(Name(letter * 90, sure=True) for letter in "ABCDE")
    faces = tuple(face(0.1 * place, name) for place, name in enumerate(names))
    alt = compose(view(faces=faces, town="L" * 100), "en").alt
    assert len(alt) <= LIMIT
    assert alt.startswith("5 people")
