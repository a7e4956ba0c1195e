"""`manage.py evaluate rivals`: the rules of others, the strangers in the way, the differences."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError
from numpy.typing import NDArray

from faces.evaluate import comparison, rivals, strangers
from faces.evaluate.neighbours import find_neighbours
from faces.evaluate.strangers import PREFIX, TAIL, cosine_quantiles, fit
from tests.faces.evaluate.conftest import evaluate
from tests.faces.fake_engine import vector_of

Vectors = NDArray[np.float32]
RULES = [rule.groups for rule in rivals.RULES.values()]


def album(*people: str) -> Vectors:
    return np.stack([vector_of(person, 100 + at) for at, person in enumerate(people)])


def fan(*degrees: float) -> Vectors:
    """Vectors in a plane, by their angle."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


@pytest.mark.parametrize("rule", RULES, ids=list(rivals.RULES))
def test_every_rule_groups_two_people_with_many_photos(
    rule: Callable[[Vectors], list[list[int]]],
) -> None:
    assert rule(album(*["red", "blue"] * 6)) == [[0, 2, 4, 6, 8, 10], [1, 3, 5, 7, 9, 11]]


@pytest.mark.parametrize("rule", RULES, ids=list(rivals.RULES))
def test_every_rule_takes_one_face(rule: Callable[[Vectors], list[list[int]]]) -> None:
    assert rule(album("red")) == []


def test_immich_needs_three_faces_to_found_a_person() -> None:
    assert rivals.immich(album("red", "red", "blue")) == []
    assert rivals.immich(album("red", "red", "red", "blue")) == [[0, 1, 2]]


def test_immich_puts_a_face_with_one_neighbour_to_the_neighbour_s_person() -> None:
    # 0, 20 and 40 are near each other, 95 is near to 40 alone (55 degrees, within 60).
    assert rivals.immich(fan(0, 20, 40, 95)) == [[0, 1, 2, 3]]


def test_photoprism_s_core_has_four_faces() -> None:
    assert rivals.photoprism(album("red", "red", "red", "blue")) == []
    assert rivals.photoprism(album(*["red"] * 4, "blue")) == [[0, 1, 2, 3]]


def test_chinese_whispers_follows_the_majority() -> None:
    # Two knots with a bridge of one edge stay two.
    knots = np.zeros((8, 8), dtype=np.float32)
    knots[:4, 0], knots[4:, 1] = 0.8, 0.8
    knots[range(8), [2, 3, 4, 5, 2, 6, 7, 5]] = 0.6
    assert find_neighbours(knots, np.ones(8, dtype=np.bool_), 0.3).of(0)[0].tolist() == [1, 2, 3, 4]
    assert rivals.chinese_whispers(knots, 0.3) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_neighbours_are_all_pairs_above_the_floor() -> None:
    random = np.random.default_rng(1)
    vectors = random.standard_normal((600, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    taking_part = random.random(600) < 0.8
    found = find_neighbours(vectors, taking_part, 0.5)
    cosines = vectors @ vectors.T
    for face in range(600):
        expected = [
            other
            for other in range(600)
            if other != face
            and taking_part[face]
            and taking_part[other]
            and cosines[face, other] >= 0.5
        ]
        ids, near = found.of(face)
        assert ids.tolist() == expected
        assert near == pytest.approx(cosines[face, expected], abs=1e-5)


@pytest.mark.slow
def test_synthetic_strangers_spread_like_real_ones() -> None:
    """Real ones here: of fifty kinds, in fewer dimensions than they have room for."""
    random = np.random.default_rng(2)
    spread = np.linspace(1.5, 0.1, 128)
    kinds = random.standard_normal((50, 128)) * spread
    real = (
        0.35 * kinds[random.integers(0, 50, 500)]
        + 0.94 * random.standard_normal((500, 128)) * spread
    )
    real = (real / np.linalg.norm(real, axis=1, keepdims=True)).astype(np.float32)
    drawn = fit(real).draw(3000, random)
    assert np.linalg.norm(drawn, axis=1) == pytest.approx(np.ones(3000), abs=1e-5)
    assert cosine_quantiles(drawn, TAIL) == pytest.approx(cosine_quantiles(real, TAIL), abs=0.02)


def test_the_command_compares_all_rules_on_the_same_faces(family: Path) -> None:
    found = evaluate("rivals", family, "--best")
    assert set(found["rules"]) == {
        "ours",
        *rivals.RULES,
        *(f"{name}_best" for name in rivals.WITH_THRESHOLD),
    }
    assert set(found["ours_less"]) == set(found["rules"]) - {"ours"}
    for name, rule in found["rules"].items():
        if name != "ours":
            difference = found["ours_less"][name]["bcubed_f"]["difference"]
            ours = found["rules"]["ours"]["bcubed_f"]
            assert difference == pytest.approx(ours - rule["bcubed_f"], abs=2e-5)
    assert found["rules"]["ours"]["answers"] == 4


def test_strangers_are_added_and_the_real_faces_are_told_apart(
    family: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "_TRIED", 100)  # three people tell nothing that fits better
    found = evaluate("rivals", family, "--distractors", "50", "--rules", "immich")
    assert (found["faces"], found["distractors"]) == (60, 50)
    assert set(found["strangers_cosines"]) >= {"real", "synthetic", "quantiles"}
    real = found["real_faces_only"]["rules"]
    assert set(real) == {"ours", "immich"}
    assert real["ours"]["bcubed_recall"] == pytest.approx(0.84)
    assert found["rules"]["ours"]["answers"] >= real["ours"]["answers"] >= 4
    assert PREFIX not in " ".join(found["without_face"])


def test_a_sample_is_of_whole_people_and_the_same_each_time(family: Path) -> None:
    once = evaluate("rivals", family, "--sample", "0.34", "--rules", "immich")
    again = evaluate("rivals", family, "--sample", "0.34", "--rules", "immich")
    assert once["people"] == 1
    assert once["faces"] == again["faces"]


def test_a_share_may_be_drawn_several_times_and_each_draw_is_a_library_of_its_own(
    family: Path,
) -> None:
    once = evaluate("rivals", family, "--sample", "0.34", "--rules", "immich")
    found = evaluate("rivals", family, "--sample", "0.34", "--samples", "9", "--rules", "immich")
    assert (found["samples"], found["people"]) == (9, 3)
    ours = found["rules"]["ours"]
    # Every draw costs an answer for its one person, at least.
    assert ours["answers"] >= 9 > once["rules"]["ours"]["answers"]
    low, high = ours["intervals_95"]["bcubed_f"]
    assert low <= ours["bcubed_f"] <= high


def test_of_several_draws_a_person_is_resampled_once_with_all_their_draws() -> None:
    """Their photos are the same in each: they are no more independent than those of one draw."""
    sums = [np.asarray([[1.0, 2.0], [10.0, 20.0]]), np.asarray([[100.0, 200.0]])]
    names = [np.asarray(["Anna", "Ben"]), np.asarray(["Anna"])]
    result = comparison._Result("", [], sums, names)
    assert result.over_people().tolist() == [[101.0, 202.0], [10.0, 20.0]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rules", "nobody"], "no rule “nobody”"),
        (["--sample", "0"], "share of the people"),
        (["--distractors", "-1"], "0 or more"),
        (["--samples", "0"], "1 or more"),
        (["--samples", "2", "--distractors", "5"], "1 where strangers"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: list[str], said: str, family: Path) -> None:
    with pytest.raises(CommandError, match=said):
        evaluate("rivals", family, *arguments)


def test_a_missing_library_is_named(family: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(rivals, "import_module", absent)
    with pytest.raises(CommandError, match="hdbscan is not installed"):
        evaluate("rivals", family, "--rules", "librephotos")
