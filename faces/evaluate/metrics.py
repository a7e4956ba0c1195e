"""Measures of a grouping against the truth, and their intervals over people. Pure functions of arrays.

Everything is counted through the cells of the contingency table that are not empty, so a hundred
thousand faces cost as little as sorting them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 1000
_SEED = 4

Labels = NDArray[np.int64]
Sums = NDArray[np.float64]

# The columns of a tally: sums over the faces of one person.
FACES, PRECISION, RECALL, RIGHT_PAIRS, SAID_PAIRS, TRUE_PAIRS = range(6)
MEASURES = (
    "bcubed_precision",
    "bcubed_recall",
    "bcubed_f",
    "pairwise_precision",
    "pairwise_recall",
    "pairwise_f",
)


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of what resampling the people gives."""

    low: float
    high: float

    def as_json(self) -> list[float]:
        return [round(self.low, 5), round(self.high, 5)]


def label_groups(groups: Sequence[Sequence[int]], count: int) -> Labels:
    """A label for each of `count` faces: their group's, and one of its own for each face in none.

    groups: places of faces, 0..count - 1, each in at most one group.
    """
    labels = np.arange(count, dtype=np.int64) + len(groups)
    for number, group in enumerate(groups):
        labels[list(group)] = number
    return labels


def tally(labels: ArrayLike, people: ArrayLike) -> Sums:
    """What each person adds to the measures: (people, 6), a row for each of np.unique(people).

    labels, people: (n,), the group that was said and the person that is true, of each face.
    A pair counts half for each of its two faces, so a wrong pair falls to both people.
    """
    _, group_of = np.unique(np.asarray(labels), return_inverse=True)
    names, person_of = np.unique(np.asarray(people), return_inverse=True)
    group_sizes = np.bincount(group_of).astype(np.float64)
    person_sizes = np.bincount(person_of, minlength=len(names)).astype(np.float64)
    cells, together = np.unique(
        group_of.astype(np.int64) * max(len(names), 1) + person_of, return_counts=True
    )
    group, person = np.divmod(cells, max(len(names), 1))
    both = together.astype(np.float64)
    columns = [
        both,
        both * both / group_sizes[group],
        both * both / person_sizes[person],
        both * (both - 1) / 2,
        both * (group_sizes[group] - 1) / 2,
        both * (person_sizes[person] - 1) / 2,
    ]
    return np.stack(
        [np.bincount(person, weights=column, minlength=len(names)) for column in columns], axis=1
    )


def measure(sums: Sums) -> Sums:
    """BCubed and pairwise precision, recall and F of sums (…, 6): (…, 6) in the order of MEASURES.

    1 where nothing could be wrong: a precision without any pair said, a recall without any to find.
    Source: Bagga and Baldwin 1998 (BCubed), averaged over faces; pairs of faces for the others.
    """
    faces = np.maximum(sums[..., FACES], 1e-12)
    bcubed = sums[..., PRECISION] / faces, sums[..., RECALL] / faces
    right = sums[..., RIGHT_PAIRS]
    pairs = _share(right, sums[..., SAID_PAIRS]), _share(right, sums[..., TRUE_PAIRS])
    return np.stack([*bcubed, _f(*bcubed), *pairs, _f(*pairs)], axis=-1)


def measure_grouping(labels: ArrayLike, people: ArrayLike) -> dict[str, float]:
    """All of MEASURES of one grouping, by name."""
    values = measure(tally(labels, people).sum(axis=0))
    return dict(zip(MEASURES, values.tolist(), strict=True))


def resample(columns: Sums, *, times: int = RESAMPLES, seed: int = _SEED) -> Sums:
    """Sums (times, k) of columns (people, k) over as many people, drawn with replacement.

    The same seed draws the same people for every call with as many rows: differences between two
    groupings are paired. Whole people are drawn because one person's faces are not independent.
    """
    return np.stack([drawn @ columns for drawn in draw_people(len(columns), times, seed)])


def draw_people(people: int, times: int = RESAMPLES, seed: int = _SEED) -> Iterator[Sums]:
    """How often each of `people` is drawn, (people,), when as many are drawn with replacement."""
    random = np.random.default_rng(seed)
    for _ in range(times):
        drawn = np.bincount(random.integers(0, people, people), minlength=people)
        yield drawn.astype(np.float64)


def interval(values: Sums) -> Interval:
    """The 2.5th to the 97.5th percentile of values (n,)."""
    low, high = np.percentile(values, [2.5, 97.5])
    return Interval(float(low), float(high))


def _share(part: Sums, whole: Sums) -> Sums:
    return np.where(whole > 0, part / np.maximum(whole, 1e-12), 1.0)


def _f(precision: Sums, recall: Sums) -> Sums:
    return 2 * precision * recall / np.maximum(precision + recall, 1e-12)
