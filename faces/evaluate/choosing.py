"""Choosing the thresholds of grouping, by cross-validation over people.

The people are halved, ROUNDS times. On one half the two numbers of the pack are chosen that say how
alike faces must be to become one group (`group`) and how much more so for every tenfold of faces
(`group_per_tenfold`); on the other half, whose people the choice never saw, they are tried. Both are
done in three sizes at once: with a tenth of the people, with all, and with nine synthetic strangers
for every face, so that the numbers hold in small libraries and large ones.

Precision goes first: a family mends two groups of one person with one answer, and a group of two people
with many.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from faces.evaluate.clusters import group_pictures
from faces.evaluate.metrics import measure, tally
from faces.evaluate.pictures import Pictures, Tell
from faces.evaluate.report import Figures, Source, facts_of, gather
from faces.evaluate.strangers import add_strangers

ROUNDS = 10
DRAWS_OF_A_TENTH = 5
STRANGERS_A_FACE = 9
THRESHOLDS = np.arange(0.30, 0.4401, 0.01)
GROUPS = np.arange(0.34, 0.4001, 0.005)
TENFOLDS = np.arange(0.0, 0.0301, 0.004)
# A library that is less precise than this has its F lowered by what is missing, PENALTY times.
WANTED_PRECISION, PENALTY = 0.998, 5.0
# What comes within this of the best is as good: the middle of it is taken.
AS_GOOD = 0.0005
_SEED = 4
PRECISION, F = 0, 2

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Half:
    """Libraries of one half of the people, by size: each size is one or more libraries."""

    sizes: tuple[tuple[Pictures, ...], ...]

    def counts(self) -> Values:
        """How many faces a library of each size has."""
        return np.asarray([np.mean([len(one) for one in size]) for size in self.sizes])

    def score(self, group: float, per_tenfold: float) -> Values:
        """BCubed precision, recall and F of each size (sizes, 3)."""
        return np.stack(
            [
                np.mean([_measure(one, group, per_tenfold) for one in size], axis=0)
                for size in self.sizes
            ]
        )


def choose_thresholds(source: Source, tell: Tell = lambda _text: None) -> Figures:
    """Choose and try the thresholds of the source's pack. Takes some minutes on a thousand pictures."""
    pictures = gather(source, tell)
    chosen, tried, shipped = [], [], []
    pack = pictures.pack
    for number in range(ROUNDS):
        tell(f"round {number + 1} of {ROUNDS}")
        halves = halve(pictures, number)
        for learn, test in (halves, halves[::-1]):
            choice = choose(learn)
            chosen.append(choice)
            tried.append(test.score(*choice))
            shipped.append(test.score(pack.group, pack.group_per_tenfold))
    return {
        "evaluation": "thresholds",
        **facts_of(pictures),
        "rounds": ROUNDS,
        "sizes": ["a tenth of the people", "all", "ten times the faces"],
        "chosen": _spread(np.asarray(chosen), ("group", "group_per_tenfold")),
        "shipped": {"group": pack.group, "group_per_tenfold": pack.group_per_tenfold},
        "chosen_on_unseen_people": _by_size(tried),
        "shipped_on_the_same": _by_size(shipped),
    }


def halve(pictures: Pictures, number: int) -> tuple[Half, Half]:
    """Two halves of the people, in three sizes each; the same ones for the same number."""
    random = np.random.default_rng((_SEED, number))
    names = random.permutation(np.unique(np.asarray(pictures.people)))
    middle = len(names) // 2
    one, other = (_in_sizes(pictures, part, random) for part in (names[:middle], names[middle:]))
    return one, other


def _in_sizes(pictures: Pictures, names: NDArray[np.str_], random: np.random.Generator) -> Half:
    few = max(len(names) // 5, 2)  # a fifth of a half
    tenths = [random.choice(names, few, replace=False) for _ in range(DRAWS_OF_A_TENTH)]
    whole = pictures.of_people(names.tolist())
    crowded, _spread_of = add_strangers(whole, STRANGERS_A_FACE * len(whole))
    return Half((tuple(pictures.of_people(part.tolist()) for part in tenths), (whole,), (crowded,)))


def choose(half: Half) -> tuple[float, float]:
    """`group` and `group_per_tenfold` that do best on these people."""
    curves = np.stack([half.score(float(at), 0.0) for at in THRESHOLDS])  # (thresholds, sizes, 3)
    grown = np.log10(half.counts() / 1000)
    pairs = np.asarray(list(product(GROUPS, TENFOLDS)))
    worth = np.asarray([_worth(curves, group + slope * grown) for group, slope in pairs])
    group, slope = pairs[worth >= worth.max() - AS_GOOD].mean(axis=0)
    return float(group), float(slope)


def _worth(curves: Values, thresholds: Values) -> float:
    """What thresholds, one for each size, are worth: between two that were tried, in a straight line."""
    worth = 0.0
    for size, threshold in enumerate(thresholds):
        precision, f = (
            float(np.interp(threshold, THRESHOLDS, curves[:, size, column]))
            for column in (PRECISION, F)
        )
        worth += f - PENALTY * max(WANTED_PRECISION - precision, 0.0)
    return worth / len(thresholds)


def _measure(pictures: Pictures, group: float, per_tenfold: float) -> Values:
    pack = replace(pictures.pack, group=group, group_per_tenfold=per_tenfold)
    labels = group_pictures(replace(pictures, pack=pack)).labels
    return measure(tally(labels, pictures.people).sum(axis=0))[:3]


def _by_size(scores: Sequence[Values]) -> Figures:
    """Mean and middle 95 % of the rounds, for each size in the order of `sizes`."""
    names = ("bcubed_precision", "bcubed_recall", "bcubed_f")
    return {
        f"size_{size + 1}": _spread(np.asarray(scores)[:, size], names)
        for size in range(len(scores[0]))
    }


def _spread(values: Values, names: Sequence[str]) -> Figures:
    """values (rounds, names) → the mean of each, with what lies between its 2.5 and 97.5 percentiles."""
    low, high = np.percentile(values, [2.5, 97.5], axis=0)
    return {
        name: {
            "mean": round(float(values[:, at].mean()), 4),
            "rounds_95": [round(float(low[at]), 4), round(float(high[at]), 4)],
        }
        for at, name in enumerate(names)
    }
