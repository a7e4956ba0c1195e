"""What people do in a picture, their postures and smiles, in every language."""

from typing import Any

import pytest

from photolib.describe import sureness
from photolib.describe.languages import GRAMMARS
from photolib.describe.view import Name
from photolib.describe.vocabulary.signs import Posture
from tests.describe.telling import alt, claims, golden, in_every_language
from tests.describe.views import ANNA, body, face, posture, smile, thing

ELENA = Name("Elena", sure=True)
THREE = (0.1, 0.4, 0.7)
FOUR = (0.1, 0.3, 0.5, 0.7)

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
]


@pytest.fixture(autouse=True)
def every_posture_may_be_asserted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the grammars say, once a posture is measured well enough (test_sureness: which are)."""
    monkeypatch.setattr(sureness, "_POSTURES", dict.fromkeys(Posture, (0.0, 0.0)))


@golden(GOLDEN)
def test_golden_sentences(facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert in_every_language(facts) == expected


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
