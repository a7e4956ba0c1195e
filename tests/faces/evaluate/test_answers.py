"""The scripted person: what each rule costs, on pictures made of vectors."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from faces.enrolment import MOST_TEMPLATES
from faces.evaluate.answers import count_answers
from faces.evaluate.pictures import Pictures
from faces.packs import BUNDLED

GOOD = 0.9


def pictures(*rows: tuple[str, Mapping[int, float]], quality: Sequence[float] = ()) -> Pictures:
    """Rows of (person, {axis: weight}), normalised; no weights at all is a picture without a face."""
    vectors = np.zeros((len(rows), BUNDLED.dimensions), dtype=np.float32)
    for at, (_, weights) in enumerate(rows):
        for axis, weight in weights.items():
            vectors[at, axis] = weight
    lengths = np.linalg.norm(vectors, axis=1)
    found = lengths > 0
    return Pictures(
        files=tuple(f"{person}/{at}" for at, (person, _) in enumerate(rows)),
        people=tuple(person for person, _ in rows),
        found=found,
        quality=np.asarray(quality or [GOOD] * len(rows), dtype=np.float32) * found,
        vectors=vectors / np.maximum(lengths, 1e-9)[:, None],
        pack=BUNDLED,
    )


def cost(groups: list[list[int]], shown: Pictures, *nameless: str) -> dict[str, int]:
    answers = count_answers(groups, shown, nameless=frozenset(nameless))
    names = np.unique(np.asarray(shown.people)).tolist()
    return {name: int(count) for name, count in zip(names, answers, strict=True)}


def near(axis: int, cosine: float, own: int) -> dict[int, float]:
    """A vector of this cosine to an axis, and otherwise on one of its own."""
    return {axis: cosine, own: float(np.sqrt(1 - cosine**2))}


def test_a_right_group_costs_one_answer() -> None:
    assert cost([[0, 1, 2]], pictures(*[("Anna", {0: 1})] * 3)) == {"Anna": 1}


def test_each_wrong_face_of_a_group_is_unticked_and_named() -> None:
    shown = pictures(*[("Anna", {0: 1})] * 3, ("Ben", {1: 1}))
    # One answer for the group, one to take Ben's face out of it, one to name it.
    assert cost([[0, 1, 2, 3]], shown) == {"Anna": 1, "Ben": 2}


def test_a_second_group_of_a_known_person_costs_one_answer() -> None:
    shown = pictures(*[("Anna", {0: 1})] * 2, *[("Anna", {1: 1})] * 2)
    assert cost([[0, 1], [2, 3]], shown) == {"Anna": 2}


def test_sure_matches_are_free() -> None:
    shown = pictures(("Anna", {0: 1}), ("Anna", {0: 1}), ("Anna", near(0, 0.6, 5)))
    assert cost([[0, 1]], shown) == {"Anna": 1}


def test_a_batch_of_questions_is_one_answer_and_one_for_each_no() -> None:
    between = (BUNDLED.ask + BUNDLED.auto) / 2
    shown = pictures(
        ("Anna", {0: 1}),
        ("Anna", {0: 1}),
        ("Anna", near(0, between, 5)),
        ("Anna", near(0, between, 6)),
        ("Ben", near(0, between, 7)),
    )
    # The group, the batch; and for Ben a no, and his name.
    assert cost([[0, 1]], shown) == {"Anna": 2, "Ben": 2}


def test_a_wrong_name_costs_one_correction() -> None:
    shown = pictures(("Anna", {0: 1}), ("Anna", {0: 1}), ("Ben", near(0, 0.6, 5)))
    assert cost([[0, 1]], shown) == {"Anna": 1, "Ben": 1}


def test_a_correction_teaches_as_well() -> None:
    shown = pictures(
        *[("Anna", {0: 1})] * 3, *[("Ben", {1: 1})] * 2, ("Ben", {0: 0.6, 1: 0.6, 5: 0.5})
    )
    # The last face is taken for Anna's; put right, it is Ben's template, which finds the other two.
    assert cost([[0, 1, 2], [3, 4]], shown) == {"Anna": 1, "Ben": 1}


def test_pictures_without_a_face_or_with_a_poor_one_are_named_by_hand() -> None:
    poor = BUNDLED.embed_quality / 2
    shown = pictures(("Anna", {0: 1}), ("Anna", {}), ("Anna", {0: 1}), quality=[GOOD, GOOD, poor])
    assert cost([], shown) == {"Anna": 3}


def test_a_face_that_is_too_poor_to_match_without_asking_teaches_nothing() -> None:
    poor = (BUNDLED.embed_quality + BUNDLED.auto_quality) / 2
    shown = pictures(*[("Anna", {0: 1})] * 3, quality=[poor] * 3)
    assert cost([[0, 1]], shown) == {"Anna": 2}


def test_only_the_best_faces_are_kept_as_templates() -> None:
    many = MOST_TEMPLATES + 1
    rows = [("Anna", {0: 1.0})] + [("Anna", {1: 1.0})] * (many - 1) + [("Anna", {0: 1.0})]
    quality = [0.5] + [GOOD] * (many - 1) + [GOOD]
    # The weakest of 21 is the only one that the last face resembles: it has to be named.
    assert cost([list(range(many))], pictures(*rows, quality=quality)) == {"Anna": 2}


def test_strangers_in_the_way_are_put_away_and_never_named() -> None:
    shown = pictures(
        *[("x", {0: 1})] * 3, ("Anna", {0: 1}), ("Anna", {1: 1}), ("x", near(1, 0.6, 5))
    )
    # The strangers' group is put away; Anna's two faces are named, and a wrong name is taken off.
    assert cost([[0, 1, 2, 3]], shown, "x")["x"] >= 2
    assert cost([[0, 1, 2, 3]], shown, "x")["Anna"] == 2


@pytest.mark.parametrize("groups", [[[0, 1], [2, 3]], [[2, 3], [0, 1]]])
def test_the_order_in_which_groups_come_does_not_matter(groups: list[list[int]]) -> None:
    shown = pictures(*[("Anna", {0: 1})] * 2, *[("Ben", {1: 1})] * 2)
    assert cost(groups, shown) == {"Anna": 1, "Ben": 1}
