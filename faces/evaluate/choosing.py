"""Choosing the thresholds of grouping, by cross-validation over people.

The people are halved, ROUNDS times. On one half the two numbers of the pack are chosen that say how
alike faces must be to become one group (`group`) and how much more so for every tenfold of faces
(`group_per_tenfold`); on the other half, whose people the choice never saw, they are tried. Both are
done in three sizes at once: with a tenth of the people, with all, and with nine synthetic strangers
for every face, so that the numbers hold in small libraries and large ones.

What is wrong is counted in answers, as a family gives them (faces.evaluate.answers): a face apart from its
person costs one, and a face among others' two, for it is unticked first and named then. So precision goes
first, and an error weighs the same in a library of any size.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from faces.evaluate.clusters import group_pictures, look_around_pictures
from faces.evaluate.metrics import measure, tally
from faces.evaluate.pictures import Pictures, Tell
from faces.evaluate.report import Figures, Source, facts_of, gather
from faces.evaluate.strangers import add_strangers
from faces.grouping import Surroundings

ROUNDS = 10
DRAWS_OF_A_TENTH = 5
STRANGERS_A_FACE = 9
THRESHOLDS = np.arange(0.30, 0.4401, 0.01)
GROUPS = np.arange(0.34, 0.4001, 0.005)
TENFOLDS = np.arange(0.0, 0.0401, 0.004)
CHOICES = np.asarray(list(product(GROUPS, TENFOLDS)))
NUMBERS = ("group", "group_per_tenfold")
# Answers for a face that is apart from its person, and for one among others.
APART, AMONG_OTHERS = 1.0, 2.0
# What comes within so many answers of the best is as good: the middle of it is taken.
AS_GOOD = 0.25
_SEED = 4
PRECISION, RECALL = 0, 1

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trial:
    """A library to try thresholds on. around: what does not depend on them, found once."""

    pictures: Pictures
    around: Surroundings

    def __len__(self) -> int:
        return len(self.pictures)


@dataclass(frozen=True, slots=True)
class Half:
    """Libraries of one half of the people, by size: each size is one or more libraries."""

    sizes: tuple[tuple[Trial, ...], ...]

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
    together = np.zeros(len(CHOICES))
    pack = pictures.pack
    for number in range(ROUNDS):
        tell(f"round {number + 1} of {ROUNDS}")
        halves = halve(pictures, number)
        for learn, test in (halves, halves[::-1]):
            worth = worths(learn)
            together += worth
            choice = choose(worth)
            chosen.append(choice)
            tried.append(test.score(*choice))
            shipped.append(test.score(pack.group, pack.group_per_tenfold))
    return {
        "evaluation": "thresholds",
        **facts_of(pictures),
        "rounds": ROUNDS,
        "sizes": ["a tenth of the people", "all", "ten times the faces"],
        "chosen": _spread(np.asarray(chosen), NUMBERS),
        "chosen_on_all_halves_together": dict(
            zip(NUMBERS, np.round(choose(together / len(chosen)), 4).tolist(), strict=True)
        ),
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
    few_people = [pictures.of_people(part.tolist()) for part in tenths]
    return Half(tuple(tuple(map(_trial, size)) for size in (few_people, [whole], [crowded])))


def _trial(pictures: Pictures) -> Trial:
    return Trial(pictures, look_around_pictures(pictures))


def worths(half: Half) -> Values:
    """What each of CHOICES is worth on these people."""
    curves = np.stack([half.score(float(at), 0.0) for at in THRESHOLDS])  # (thresholds, sizes, 3)
    counts = half.counts()
    grown = np.log10(counts / 1000)
    return np.asarray([_worth(curves, group + slope * grown, counts) for group, slope in CHOICES])


def choose(worth: Values) -> tuple[float, float]:
    """`group` and `group_per_tenfold` that do best, by what each of CHOICES is worth."""
    group, slope = CHOICES[worth >= worth.max() - AS_GOOD].mean(axis=0)
    return float(group), float(slope)


def _worth(curves: Values, thresholds: Values, counts: Values) -> float:
    """What thresholds, one for each size, are worth: the answers that they cost, less than nothing.

    Between two thresholds that were tried, what they gave is joined in a straight line.
    """
    worth = 0.0
    for size, threshold in enumerate(thresholds):
        precision, recall = (
            float(np.interp(threshold, THRESHOLDS, curves[:, size, column]))
            for column in (PRECISION, RECALL)
        )
        worth -= counts[size] * (APART * (1 - recall) + AMONG_OTHERS * (1 - precision))
    return worth


def _measure(trial: Trial, group: float, per_tenfold: float) -> Values:
    pictures = trial.pictures
    pack = replace(pictures.pack, group=group, group_per_tenfold=per_tenfold)
    labels = group_pictures(replace(pictures, pack=pack), trial.around).labels
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
