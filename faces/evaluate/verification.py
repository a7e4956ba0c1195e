"""Same person or not? Accuracy by folds, and how many are known at a rate of false alarms.

Every pair counts. Where no face was found in one of its pictures, its similarity is NO_FACE: it is
never accepted, and for the accuracy it is wrong, whichever kind it is.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faces.evaluate.metrics import Interval, draw_people, interval

NO_FACE = -1.0
FALSE_ALARMS = (0.001, 0.0001)

Chooser = Callable[[NDArray[np.bool_]], float | None]


@dataclass(frozen=True, slots=True)
class Scores:
    """One row a pair. cosine: -1..1, NO_FACE where `found` is false. one, other: numbers of people."""

    cosine: NDArray[np.float64]
    same: NDArray[np.bool_]
    found: NDArray[np.bool_]
    fold: NDArray[np.int64]
    one: NDArray[np.int64]
    other: NDArray[np.int64]

    def people(self) -> int:
        return int(max(self.one.max(), self.other.max())) + 1


@dataclass(frozen=True, slots=True)
class Verified:
    """accuracy: mean over the folds. deviation: over the folds. right: (n,), of each pair."""

    accuracy: float
    deviation: float
    thresholds: tuple[float, ...]
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Known:
    """Share of one person's pairs that are accepted where `rate` of the strangers' are, at most."""

    rate: float
    share: float
    cosine: float
    interval: Interval


def verify(scores: Scores, choose: Chooser | None = None) -> Verified:
    """The k-fold protocol: each fold is judged by the threshold that is best on the other folds.

    choose: gives the threshold for the pairs of a fold (a mask) some other way, without their people,
    or None where it cannot.
    Source: Huang et al. 2007 (Labeled Faces in the Wild), view 2.
    """
    right = np.zeros(len(scores.cosine), dtype=np.bool_)
    accuracies, thresholds = [], []
    for fold in np.unique(scores.fold):
        inside = scores.fold == fold
        others = ~inside & scores.found
        threshold = None if choose is None else choose(inside)
        if threshold is None:
            threshold = best_threshold(scores.cosine[others], scores.same[others])
        right[inside] = (scores.cosine[inside] >= threshold) == scores.same[inside]
        right &= scores.found
        accuracies.append(float(right[inside].mean()))
        thresholds.append(threshold)
    return Verified(
        accuracy=float(np.mean(accuracies)),
        deviation=float(np.std(accuracies)),
        thresholds=tuple(thresholds),
        right=right,
    )


def best_threshold(cosine: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """The cosine from which on accepting is right most often, or once less: one pair proves nothing.

    Of these cosines the middle of the widest gap without any pair, which is where one may hope most to
    be right about others. 1 where there is no pair to choose by.
    """
    if not len(cosine):
        return 1.0
    order = np.argsort(-cosine, kind="stable")
    ranked, right = cosine[order], np.cumsum(np.where(same[order], 1, -1))
    # Between two equal cosines there is no threshold.
    ends = np.append(np.flatnonzero(ranked[:-1] > ranked[1:]), len(ranked) - 1)
    below = np.append(ranked, ranked[-1])[ends + 1]
    good = right[ends] >= right[ends].max() - 1
    widest = int(np.argmax(np.where(good, ranked[ends] - below, -1.0)))
    return float((ranked[ends[widest]] + below[widest]) / 2)


def interval_of_accuracy(verified: Verified, scores: Scores) -> Interval:
    """The interval over people: a pair weighs what its people were drawn, one times the other."""
    right = verified.right.astype(np.float64)
    shares = []
    for drawn in draw_people(scores.people()):
        weights = _weigh(scores, drawn)
        if weights.any():  # people who were never paired leave nothing to judge
            shares.append(float(weights @ right) / float(weights.sum()))
    return interval(np.asarray(shares))


def known_at(scores: Scores, rate: float) -> Known:
    """How many are known at a rate of false alarms, 0..1, with the cosine that it takes.

    With fewer strangers' pairs than 1 / rate it is the cosine that none of them reaches.
    """
    order = np.argsort(-scores.cosine, kind="stable")
    shares = []
    for drawn in draw_people(scores.people()):
        weights = _weigh(scores, drawn)
        if weights[scores.same].any():
            share, _cosine = _known(scores, order, weights, rate)
            shares.append(share)
    share, cosine = _known(scores, order, np.ones(len(order)), rate)
    return Known(rate=rate, share=share, cosine=cosine, interval=interval(np.asarray(shares)))


def _known(
    scores: Scores, order: NDArray[np.int64], weights: NDArray[np.float64], rate: float
) -> tuple[float, float]:
    cosine, same, ranked = scores.cosine[order], scores.same[order], weights[order]
    strangers = np.cumsum(np.where(same, 0.0, ranked))
    too_many = strangers > rate * strangers[-1] + 1e-9
    first = int(np.argmax(too_many)) if too_many.any() else len(cosine)
    # What is no more alike than the first stranger who is too many is not accepted either.
    limit = float(cosine[first]) if first < len(cosine) else NO_FACE
    accepted = (cosine > limit) & (cosine > NO_FACE)
    genuine = np.where(same, ranked, 0.0)
    lowest = float(cosine[accepted].min()) if accepted.any() else 1.0
    return float(genuine[accepted].sum()) / float(genuine.sum()), lowest


def _weigh(scores: Scores, drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """A person's own pair comes as often as the person, a pair of two as often as both meet."""
    return np.where(scores.same, drawn[scores.one], drawn[scores.one] * drawn[scores.other])
