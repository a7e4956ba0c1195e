"""The words for things and places, sentence by sentence, in every language."""

from typing import Any

import pytest

from photolib.describe.composer import compose
from photolib.describe.languages import GRAMMARS
from photolib.describe.view import SeenThing
from tests.describe.views import ANNA, NOWHERE, face, thing, view

GOLDEN: list[tuple[dict[str, Any], dict[str, str]]] = [
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


def test_the_surest_and_then_the_most_telling_place_is_the_setting() -> None:
    def alt(*places: SeenThing) -> str:
        return compose(view(things=places, town="", region="", country=""), "en").alt

    assert alt(thing("outdoors", 0.95), thing("beach", 0.7)) == "On a beach. 6 July 2024."
    assert alt(thing("outdoors", 0.95), thing("beach", 0.3)) == "Outdoors. 6 July 2024."
