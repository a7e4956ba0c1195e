"""Learning one tag from a few photos: logistic regression over image features, in a few lines.

There are far fewer photos than features, so it is solved by photos (the dual form, a linear kernel). The
same inverse gives each photo's score as it would be had it not been learnt from. Nothing here knows of
the database; tests compare it with scikit-learn.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# How hard the weights are held back, 1/C of the field; FOUND_AGAIN likewise: `manage.py evaluate_own`.
STIFFNESS = 0.2
_ROUNDS = 25
# So much of what bears the tag would be asked about, had nobody said so.
FOUND_AGAIN = 0.5


@dataclass(frozen=True, slots=True)
class Learnt:
    """weights: (n + 1,) of the features and the constant. ask_from: the score from which to ask, 0..1.

    others_left_out: (b,) the score of each of the others, had it not been learnt from. What is learnt as
    "not this" scores low for that reason alone, so the plain score would never ask about it.
    """

    weights: Numbers
    ask_from: float
    others_left_out: Numbers


def learn(yes: NDArray[np.float32], others: NDArray[np.float32]) -> Learnt:
    """Learn what sets the photos with a yes apart.

    yes: (a, n) features of photos with the tag; others: (b, n) of photos with a no, or without a word.
    Both sides weigh the same, however many they are. ask_from is taken from the leave-one-out scores of
    the yes-photos: FOUND_AGAIN of them reach it, and it is never under one half.
    Source: Rad and Maleki 2020 (approximate leave-one-out); Keerthi et al. 2005 (the dual).
    """
    features = np.vstack([yes, others]).astype(np.float64)
    truth = np.repeat([1.0, 0.0], [len(yes), len(others)])
    half = len(truth) / 2
    share = np.where(truth == 1, half / len(yes), half / len(others))
    # The one added to each product is the constant.
    kernel = features @ features.T + 1.0
    pulls, left_out = _solve(kernel, truth, share)
    weights = np.append(features.T @ pulls, pulls.sum())
    alone = as_score(left_out)
    again = float(np.quantile(alone[: len(yes)], 1 - FOUND_AGAIN))
    return Learnt(weights, max(again, 0.5), alone[len(yes) :])


def scores(weights: NDArray[np.floating], features: NDArray[np.floating]) -> Numbers:
    """(m,) scores, 0..1, of (m, n) features by (k, n + 1) or (n + 1,) weights: (m,) or (m, k)."""
    constant = weights[..., -1]
    return as_score(np.asarray(features @ weights[..., :-1].T + constant, dtype=np.float64))


def as_score(raw: Numbers) -> Numbers:
    score: Numbers = 1 / (1 + np.exp(-np.clip(raw, -30, 30)))
    return score


def _solve(kernel: Numbers, truth: Numbers, share: Numbers) -> tuple[Numbers, Numbers]:
    """How much each photo pulls, and its raw score when it is left out."""
    pulls = np.zeros(len(truth))
    left_out = pulls
    for _round in range(_ROUNDS):
        raw = kernel @ pulls
        guess = as_score(raw)
        steep = np.maximum(share * guess * (1 - guess), 1e-6)
        aim = raw + share * (truth - guess) / steep
        inverse = np.linalg.inv(kernel + np.diag(STIFFNESS / steep))
        new = inverse @ aim
        left_out = aim - new / np.diag(inverse)
        settled = np.abs(new - pulls).max() < 1e-6 * max(np.abs(new).max(), 1.0)
        pulls = new
        if settled:
            break
    return pulls, left_out
