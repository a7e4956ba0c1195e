"""Extended descriptions as they are read out: several of one kind in one place are one sentence."""

import pytest

from photolib.describe.boxes import Box
from photolib.describe.composer import compose
from photolib.describe.languages import GRAMMARS
from photolib.describe.view import PhotoView
from tests.describe.views import ANNA, WHOLE, body, face, posture, text, thing, view

LEFT = Box(0.05, 0.5, 0.1, 0.1)
RIGHT = Box(0.85, 0.5, 0.1, 0.1)
SMALL = Box(0.1, 0.1, 0.1, 0.1)


def read(seen: PhotoView, language: str = "en") -> list[str]:
    """What is read out, without place and date."""
    return [claim.text for claim in compose(seen, language).extended][:-2]


def test_people_who_stand_in_one_place_are_told_in_one_sentence() -> None:
    far = tuple(thing("person", box=Box(0.7 + 0.05 * at, 0.5, 0.04, 0.1)) for at in range(5))
    assert read(view(things=far)) == ["Five people, on the right, in the background."]
    assert read(view(things=far), "fr") == ["Cinq personnes, à droite, à l'arrière-plan."]
    assert read(view(things=far), "de") == ["Fünf Personen, rechts, im Hintergrund."]


def test_each_stays_a_claim_that_can_be_called_wrong() -> None:
    cups = tuple(thing("cup", box=LEFT) for _ in range(3))
    composed = compose(view(things=cups), "en")
    assert [claim.label for claim in composed.claims][:3] == ["cup", "cup", "cup"]
    assert composed.extended[0].text == "Three cups, on the left."


def test_whoever_has_a_name_or_does_something_is_told_by_themselves() -> None:
    seen = view(
        faces=(face(0.4, ANNA), face(0.45)),
        things=(body(0.4), body(0.45), thing("person", box=LEFT), thing("person", box=LEFT)),
        signs=(posture(0.45, "standing"),),
    )
    said = read(seen)
    assert said[0].startswith("Anna, in the centre")
    assert "Two people, on the left, in the background." in said
    assert said[said.index("This person is standing.") - 1].startswith("A person, in the centre")


def test_other_places_and_what_is_in_doubt_are_not_put_together() -> None:
    seen = view(
        things=(
            *(thing("car", box=LEFT) for _ in range(2)),
            thing("car", box=RIGHT),
            thing("car", 0.3, box=WHOLE),
        )
    )
    assert read(seen) == [
        "Two cars, on the left.",
        "A car, on the right.",
        "Perhaps a car, in the centre.",
    ]


def test_what_has_no_number_is_told_once() -> None:
    assert read(view(things=(thing("broccoli"), thing("broccoli")))) == [
        "Some broccoli, in the centre."
    ]


def test_a_sentence_is_as_sure_as_the_least_sure_of_its_claims() -> None:
    composed = compose(view(things=(thing("cup", 0.95), thing("cup", 0.7))), "en")
    assert composed.extended[0].confidence == 0.7
    assert {one.confidence for one in composed.claims[:2]} == {0.95, 0.7}
    assert composed.extended[0].fact is None


@pytest.mark.parametrize("language", GRAMMARS)
def test_nothing_that_is_claimed_is_lost(language: str) -> None:
    seen = view(
        faces=(face(0.1), face(0.5, ANNA)),
        things=(body(0.1), thing("cup"), thing("cup"), thing("dog"), thing("beach")),
    )
    composed = compose(seen, language)
    assert {claim.label for claim in composed.extended} == {
        claim.label for claim in composed.claims
    }
    assert len(composed.extended) == len(composed.claims) - 1


def test_where_only_a_setting_is_known_small_words_are_told_too() -> None:
    kitchen = view(
        things=(thing("indoors"),), texts=(text("Dry chemical", box=SMALL),), town="", region=""
    )
    assert compose(kitchen, "en").alt.startswith("Indoors. Text: “Dry chemical”.")
    with_a_cup = view(
        things=(thing("indoors"), thing("cup")), texts=(text("Dry chemical", box=SMALL),)
    )
    assert "Dry chemical" not in compose(with_a_cup, "en").alt
