"""The claims a description is made of, and its language."""

from photolib.describe.boxes import Box
from photolib.describe.composer import compose
from photolib.describe.view import SeenThing
from tests.describe.views import FAMILY, body, face, thing, view


def test_regional_language_code_gets_its_language_and_an_unknown_one_english() -> None:
    assert compose(view(), "fr-CA").alt.startswith("Photo, samedi")
    assert compose(view(), "xx").alt.startswith("Photo, Saturday")


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


def test_same_view_gives_the_same_words() -> None:
    mixed = FAMILY | {"things": tuple(reversed(FAMILY["things"]))}
    assert compose(view(**FAMILY), "en").alt == compose(view(**mixed), "en").alt
