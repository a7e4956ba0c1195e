"""The words, sentence by sentence, in every language."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from photolib.describe.boxes import Box
from photolib.describe.composer import LIMIT, compose
from photolib.describe.languages import GRAMMARS
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
        # A doubtful face with nobody else in sight is nobody.
        {
            "faces": (face(0.7, confidence=0.55),),
            "things": (thing("bird", 0.3), thing("cat", 0.3)),
        },
        {
            "en": "May show a bird and a cat. Lyon, 6 July 2024.",
            "fr": "Montre peut-être un oiseau et un chat. Lyon, 6 juillet 2024.",
            "de": "Zeigt vielleicht einen Vogel und eine Katze. Lyon, 6. Juli 2024.",
            "es": "Quizá haya un pájaro y un gato. Lyon, 6 de julio de 2024.",
            "it": "Mostra forse un uccello e un gatto. Lyon, 6 luglio 2024.",
            "nl": "Misschien zijn er een vogel en een kat te zien. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"things": (*(thing("chair") for _ in range(12)), thing("skis"), thing("skis"))},
        {
            "en": "Two pairs of skis and 12 chairs. Lyon, 6 July 2024.",
            "fr": "Deux paires de skis et 12 chaises. Lyon, 6 juillet 2024.",
            "de": "Zwei Paar Ski und 12 Stühle. Lyon, 6. Juli 2024.",
            "es": "Dos pares de esquís y 12 sillas. Lyon, 6 de julio de 2024.",
            "it": "Due paia di sci e 12 sedie. Lyon, 6 luglio 2024.",
            "nl": "Twee paar ski's en 12 stoelen. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"things": (thing("elephant"), thing("car"), thing("cake", 0.3)), **NOWHERE},
        {
            "en": "An elephant and a car. May show a cake. 6 July 2024.",
            "fr": "Un éléphant et une voiture. Montre peut-être un gâteau. 6 juillet 2024.",
            "de": "Ein Elefant und ein Auto. Zeigt vielleicht einen Kuchen. 6. Juli 2024.",
            "es": "Un elefante y un coche. Quizá haya una tarta. 6 de julio de 2024.",
            "it": "Un elefante e un'auto. Mostra forse una torta. 6 luglio 2024.",
            "nl": "Een olifant en een auto. Misschien is er een taart te zien. 6 juli 2024.",
        },
    ),
    (
        {
            "faces": (face(0.1, ANNA), face(0.4)),
            "things": (thing("beach"), thing("outdoors", 0.95), thing("ball")),
        },
        {
            "en": "2 people, Anna and one other, on a beach. A ball. Lyon, 6 July 2024.",
            "fr": "2 personnes, Anna et une autre, à la plage. Un ballon. Lyon, 6 juillet 2024.",
            "de": "2 Personen, Anna und eine weitere, am Strand. Ein Ball. Lyon, 6. Juli 2024.",
            "es": "2 personas, Anna y una más, en la playa. Una pelota. Lyon, 6 de julio de 2024.",
            "it": "2 persone, Anna e un'altra, in spiaggia. Una palla. Lyon, 6 luglio 2024.",
            "nl": "2 personen, Anna en nog iemand, op het strand. Een bal. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"things": (thing("kite"), thing("kite"), thing("mountains", 0.3))},
        {
            "en": "Two kites, perhaps in the mountains. Lyon, 6 July 2024.",
            "fr": "Deux cerfs-volants, peut-être à la montagne. Lyon, 6 juillet 2024.",
            "de": "Zwei Drachen, vielleicht in den Bergen. Lyon, 6. Juli 2024.",
            "es": "Dos cometas, quizá en la montaña. Lyon, 6 de julio de 2024.",
            "it": "Due aquiloni, forse in montagna. Lyon, 6 luglio 2024.",
            "nl": "Twee vliegers, misschien in de bergen. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"things": (thing("beach", 0.3),)},
        {
            "en": "Perhaps on a beach. Lyon, 6 July 2024.",
            "fr": "Peut-être à la plage. Lyon, 6 juillet 2024.",
            "de": "Vielleicht am Strand. Lyon, 6. Juli 2024.",
            "es": "Quizá en la playa. Lyon, 6 de julio de 2024.",
            "it": "Forse in spiaggia. Lyon, 6 luglio 2024.",
            "nl": "Misschien op het strand. Lyon, 6 juli 2024.",
        },
    ),
    (
        {"things": (thing("bear", 0.3), thing("axe", 0.3)), **NOWHERE},
        {
            "en": "May show a bear and an axe. 6 July 2024.",
            "fr": "Montre peut-être un ours et une hache. 6 juillet 2024.",
            "de": "Zeigt vielleicht einen Bären und eine Axt. 6. Juli 2024.",
            "es": "Quizá haya un oso y un hacha. 6 de julio de 2024.",
            "it": "Mostra forse un orso e un'ascia. 6 luglio 2024.",
            "nl": "Misschien zijn er een beer en een bijl te zien. 6 juli 2024.",
        },
    ),
    (
        {"things": (thing("dog"), thing("animal"), thing("ladybird", 0.29), thing("insect", 0.3))},
        {
            "en": "A dog. May show a ladybird. Lyon, 6 July 2024.",
            "fr": "Un chien. Montre peut-être une coccinelle. Lyon, 6 juillet 2024.",
            "de": "Ein Hund. Zeigt vielleicht einen Marienkäfer. Lyon, 6. Juli 2024.",
            "es": "Un perro. Quizá haya una mariquita. Lyon, 6 de julio de 2024.",
            "it": "Un cane. Mostra forse una coccinella. Lyon, 6 luglio 2024.",
            "nl": "Een hond. Misschien is er een lieveheersbeestje te zien. Lyon, 6 juli 2024.",
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
    (
        {
            "things": (
                thing("squirrel"),
                thing("elephant"),
                thing("castle"),
                thing("jeans"),
                thing("ice_cream"),
            )
        },
        {
            "en": "An elephant, a squirrel, a castle, an ice cream and a pair of jeans. Lyon, 6 "
            "July 2024.",
            "fr": "Un éléphant, un écureuil, un château, une glace et un jean. Lyon, 6 juillet "
            "2024.",
            "de": "Ein Elefant, ein Eichhörnchen, eine Burg, Eis und eine Jeans. Lyon, 6. Juli "
            "2024.",
            "es": "Un elefante, una ardilla, un castillo, un helado y un pantalón vaquero. Lyon, 6 "
            "de julio de 2024.",
            "it": "Un elefante, uno scoiattolo, un castello, un gelato e un paio di jeans. Lyon, 6 "
            "luglio 2024.",
            "nl": "Een olifant, een eekhoorn, een kasteel, een ijsje en een spijkerbroek. Lyon, 6 "
            "juli 2024.",
        },
    ),
    (
        {"things": (thing("restaurant"), thing("wine"), thing("scissors"), thing("umbrella"))},
        {
            "en": "An umbrella, some wine and a pair of scissors, in a restaurant. Lyon, 6 July "
            "2024.",
            "fr": "Un parapluie ou parasol, du vin et une paire de ciseaux, au restaurant. Lyon, 6 juillet "
            "2024.",
            "de": "Ein Schirm, Wein und eine Schere, in einem Restaurant. Lyon, 6. Juli 2024.",
            "es": "Un paraguas o sombrilla, vino y unas tijeras, en un restaurante. Lyon, 6 de "
            "julio de 2024.",
            "it": "Un ombrello, del vino e un paio di forbici, al ristorante. Lyon, 6 luglio 2024.",
            "nl": "Een paraplu of parasol, wijn en een schaar, in een restaurant. Lyon, 6 juli 2024.",
        },
    ),
]


@pytest.mark.parametrize(("facts", "expected"), GOLDEN)
def test_golden_sentences(facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert {language: compose(view(**facts), language).alt for language in GRAMMARS} == expected


def test_regional_language_code_gets_its_language_and_an_unknown_one_english() -> None:
    assert compose(view(), "fr-CA").alt.startswith("Photo, samedi")
    assert compose(view(), "xx").alt.startswith("Photo, Saturday")


def test_what_is_below_the_hedge_is_not_said() -> None:
    composed = compose(view(things=(thing("cat", 0.27),)), "en")
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


def test_claims_name_what_they_claim_in_no_language() -> None:
    seen = view(
        faces=(face(0.1), face(0.5, confidence=0.45)),
        things=(thing("dog"), thing("dog"), thing("cup", 0.3)),
    )
    for language in ("en", "fr"):
        claims = compose(seen, language).claims
        assert [(claim.label, claim.hedged) for claim in claims] == [
            ("person", False),
            ("person", True),
            ("dog", False),
            ("dog", False),
            ("cup", True),
            ("", False),
            ("", False),
        ]


def test_claims_in_french_follow_french_rules() -> None:
    claims = compose(view(things=(thing("cake", 0.3),)), "fr").claims
    assert claims[0].text == "Peut-être un gâteau, au centre."
    assert claims[0].certainty == "peu sûr"
    assert claims[1].text.startswith("Lieu\N{NO-BREAK SPACE}: Lyon")
    assert claims[2].text == "Date\N{NO-BREAK SPACE}: samedi 6 juillet 2024."


def test_claims_in_german_stand_in_the_nominative_with_their_place() -> None:
    seen = view(things=(thing("bear", 0.3), thing("lake"), thing("valley", 0.3)))
    assert [claim.text for claim in compose(seen, "de").claims] == [
        "Vielleicht ein Bär, in der Mitte.",
        "An einem See.",
        "Vielleicht in einem Tal.",
        "Ort: Lyon, Auvergne-Rhône-Alpes, Frankreich.",
        "Datum: Samstag, 6. Juli 2024.",
    ]


def test_the_surest_and_then_the_most_telling_place_is_the_setting() -> None:
    def alt(*places: SeenThing) -> str:
        return compose(view(things=places, town="", region="", country=""), "en").alt

    assert alt(thing("outdoors", 0.95), thing("beach", 0.7)) == "On a beach. 6 July 2024."
    assert alt(thing("outdoors", 0.95), thing("beach", 0.3)) == "Outdoors. 6 July 2024."


def test_same_view_gives_the_same_words() -> None:
    mixed = FAMILY | {"things": tuple(reversed(FAMILY["things"]))}
    assert compose(view(**FAMILY), "en").alt == compose(view(**mixed), "en").alt
