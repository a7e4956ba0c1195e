"""From what was seen in a trial to how many questions are right, and which bar to take."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photolib.own.trial.looking import Bar, Looked

_CHOICES = 20
_BARS = tuple(
    Bar(float(like), with_points, points)
    for like, with_points, points in product(
        np.arange(0.5, 0.86, 0.02).round(2), (0.4, 0.45, 0.5, 0.55), (4, 5, 6, 7, 8)
    )
)


@dataclass(frozen=True, slots=True)
class Worth:
    """recall: of the photos that show a mark, the share asked about, at its place. false_per_100: questions
    about photos that do not show it, in 100 photos, for one thing. precision: of all questions, if every
    photo were as often without the mark as in the trial, None without a question.
    """

    recall: float
    false_per_100: float
    precision: float | None

    def as_json(self) -> dict[str, float | None]:
        return {key: None if v is None else round(v, 3) for key, v in asdict(self).items()}


def worth_of(looked: Sequence[Looked], bar: Bar) -> Worth:
    """What the questions are worth with this bar."""
    rows = _Rows(looked)
    return rows.worth(bar, np.ones(len(looked), dtype=bool))


def chosen_bars(looked: Sequence[Looked], *, most: float, seed: int) -> dict[str, Any]:
    """Choose the bar on half of the marks and half of the photos, and try it on the other halves.

    most: the share of false questions that is allowed. Of the bars that keep to it the one that finds most
    is chosen. Returns the means over 20 draws, and the bars' median.
    """
    rows, chance = _Rows(looked), np.random.default_rng(seed)
    tried, bars = [], []
    for _draw in range(_CHOICES):
        marks, photos = rows.half_of(rows.mark, chance), rows.half_of(rows.photo, chance)
        allowed = [
            (worth.recall, bar)
            for bar in _BARS
            if (worth := rows.worth(bar, marks & photos)).false_per_100 <= 100 * most
        ]
        if allowed:
            _recall, bar = max(allowed, key=lambda one: one[0])
            bars.append((bar.like, bar.with_points, bar.points))
            tried.append(rows.worth(bar, ~marks & ~photos))
    return {
        "most": most,
        "recall": round(float(np.mean([one.recall for one in tried])), 3),
        "false_per_100": round(float(np.mean([one.false_per_100 for one in tried])), 3),
        "false_per_100_worst_tenth": round(
            float(np.quantile([one.false_per_100 for one in tried], 0.9)), 3
        ),
        "bar": [round(float(value), 2) for value in np.median(bars, axis=0)],
    }


class _Rows:
    """What was looked at, as columns."""

    def __init__(self, looked: Sequence[Looked]) -> None:
        self.mark = np.array([one.mark for one in looked])
        self.photo = np.array([one.photo for one in looked])
        self.there = np.array([one.there for one in looked], dtype=bool)
        self.found = np.array([one.found for one in looked], dtype=bool)
        self.likeness = np.array([one.likeness for one in looked])
        self.points = np.array([one.points for one in looked])

    def half_of(self, numbers: NDArray[np.int64], chance: np.random.Generator) -> NDArray[np.bool_]:
        all_numbers = chance.permutation(np.unique(numbers))
        half: NDArray[np.bool_] = np.isin(numbers, all_numbers[: len(all_numbers) // 2])
        return half

    def worth(self, bar: Bar, among: NDArray[np.bool_]) -> Worth:
        asked = bar.passes(self.likeness, self.points) & among
        there, elsewhere = self.there & among, ~self.there & among
        right = int((asked & self.found).sum())
        return Worth(
            recall=right / max(int(there.sum()), 1),
            false_per_100=100 * float((asked & elsewhere).sum()) / max(int(elsewhere.sum()), 1),
            precision=right / int(asked.sum()) if asked.any() else None,
        )
