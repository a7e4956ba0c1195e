"""`manage.py evaluate thresholds`: what is chosen on some people, and tried on others."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from faces.evaluate import choosing, strangers
from faces.evaluate.choosing import CHOICES, THRESHOLDS, _worth, choose
from tests.faces.evaluate.conftest import evaluate

# One size of a thousand faces, on which `group` alone counts.
COUNTS = np.asarray([1000.0])


def curves(precision: np.ndarray, recall: np.ndarray) -> np.ndarray:
    """(thresholds, 1 size, 3) as Half.score gives them."""
    return np.stack([precision, recall, np.zeros(len(THRESHOLDS))], axis=1)[:, None, :]


def test_a_face_among_others_costs_two_answers_and_one_apart_costs_one() -> None:
    right = np.ones(len(THRESHOLDS))
    at = np.asarray([0.37])
    assert _worth(curves(right, right), at, COUNTS) == pytest.approx(0)
    assert _worth(curves(right, right - 0.001), at, COUNTS) == pytest.approx(-1)
    assert _worth(curves(right - 0.001, right), at, COUNTS) == pytest.approx(-2)


def test_the_middle_of_what_is_as_good_as_the_best_is_chosen() -> None:
    group = CHOICES[:, 0]
    worth = np.where((group > 0.359) & (group < 0.381), 0.0, -1.0)
    assert choose(worth) == pytest.approx((0.37, CHOICES[:, 1].mean()))


def test_the_command_chooses_and_tries(
    family: Path, portrait: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    portrait("Dora", 1, "yellow")
    monkeypatch.setattr(choosing, "ROUNDS", 1)
    monkeypatch.setattr(choosing, "DRAWS_OF_A_TENTH", 1)
    monkeypatch.setattr(choosing, "THRESHOLDS", np.asarray([0.34, 0.40]))
    monkeypatch.setattr(strangers, "_TRIED", 100)
    found = evaluate("thresholds", family)
    assert set(found["chosen"]) == {"group", "group_per_tenfold"}
    together = found["chosen_on_all_halves_together"]
    assert CHOICES[:, 0].min() <= together["group"] <= CHOICES[:, 0].max()
    assert CHOICES[:, 1].min() <= together["group_per_tenfold"] <= CHOICES[:, 1].max()
    for figures in ("chosen_on_unseen_people", "shipped_on_the_same"):
        assert 0 < found[figures]["size_3"]["bcubed_f"]["mean"] <= 1
