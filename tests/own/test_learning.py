"""The few lines of logistic regression do what the field's library does."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from photolib.own.learning import STIFFNESS, learn, scores
from photolib.own.numbers import weights_from_bytes, weights_to_bytes


@pytest.fixture
def sample() -> tuple[np.ndarray, np.ndarray]:
    """Two clouds that overlap: 12 with the tag, 40 without."""
    scatter = np.random.default_rng(5)
    yes = scatter.normal(size=(12, 60)) + 0.4
    others = scatter.normal(size=(40, 60))
    return tuple(
        (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        for rows in (yes, others)
    )


def test_it_learns_what_scikit_learn_learns(sample) -> None:
    yes, others = sample
    rows = np.vstack([yes, others])
    ones = np.ones((len(rows), 1))  # the constant is held back like every weight
    truth = np.repeat([1, 0], [len(yes), len(others)])
    theirs = LogisticRegression(
        C=1 / STIFFNESS, class_weight="balanced", fit_intercept=False, tol=1e-8, max_iter=5000
    ).fit(np.hstack([rows, ones]), truth)
    ours = learn(yes, others)
    expected = theirs.predict_proba(np.hstack([rows, ones]))[:, 1]
    assert np.abs(scores(ours.weights, rows) - expected).max() < 1e-3


def test_the_bar_is_near_what_leaving_each_one_out_would_give(sample) -> None:
    yes, others = sample
    left_out = [
        float(
            scores(learn(np.delete(yes, number, axis=0), others).weights, yes[number : number + 1])[
                0
            ]
        )
        for number in range(len(yes))
    ]
    assert learn(yes, others).ask_from == pytest.approx(max(np.median(left_out), 0.5), abs=0.1)


def test_stored_numbers_score_the_same(sample) -> None:
    yes, others = sample
    learnt = learn(yes, others)
    stored = weights_from_bytes(weights_to_bytes(learnt.weights))
    assert np.abs(scores(stored, yes) - scores(learnt.weights, yes)).max() < 1e-4
