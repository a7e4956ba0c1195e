"""What looking into the nearest cells alone loses, told from a sample of faces.

Comparing all pairs of a million faces takes hours; of a thousand faces with the million, a minute. So each
face of a sample is compared with everybody, and what grouping was shown and what it made of it are held
against that.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from faces.bench.synthetic import Library
from faces.neighbours import Neighbours

_ASKED = 1000
# Faces compared with the sample at once.
_BLOCK = 50_000
_SEED = 4


def measure_sample(
    library: Library, near: Neighbours, labels: NDArray[np.int64], threshold: float
) -> dict[str, Any]:
    """The neighbours that grouping was shown, and its BCubed F, over a sample of the faces.

    labels: (n,), the group of each face. pair_recall: of the pairs above the threshold among the nearest
    there are, those that were shown from either face. bcubed_f_joined: BCubed F if every face of the sample
    had also what it has above the threshold of its own person in other groups, with those groups whole:
    what the neighbours that were missed would bring at once. bcubed_loss_estimated: the difference; what
    joins in turn because of it is not in it.
    """
    asked = np.sort(np.random.default_rng(_SEED).permutation(len(labels))[:_ASKED])
    true = nearest_of(library.vectors, asked, near.rows.shape[1])
    pairs = [
        (row, int(other))
        for row, others, cosines in zip(asked.tolist(), true.rows, true.similarities, strict=True)
        for other in others[cosines >= threshold]
    ]
    one_way = sum(other in near.rows[row] for row, other in pairs)
    either_way = sum(other in near.rows[row] or row in near.rows[other] for row, other in pairs)
    apart: dict[int, set[int]] = {}
    for row, other in pairs:
        if library.people[row] == library.people[other] and labels[row] != labels[other]:
            apart.setdefault(row, set()).add(int(labels[other]))
    now = _bcubed_f(library.people, labels, asked, {})
    joined = _bcubed_f(library.people, labels, asked, apart)
    return {
        "asked": len(asked),
        "pairs": len(pairs),
        "recall": round(one_way / max(len(pairs), 1), 4),
        "pair_recall": round(either_way / max(len(pairs), 1), 4),
        "bcubed_f": round(now, 5),
        "bcubed_f_joined": round(joined, 5),
        "bcubed_loss_estimated": round(joined - now, 5),
    }


def nearest_of(vectors: NDArray[np.float32], asked: NDArray[np.int64], count: int) -> Neighbours:
    """The `count` nearest of the rows `asked` of vectors (n, d) among all others: every pair is compared."""
    best = np.full((len(asked), count), -2.0, dtype=np.float32)
    rows = np.full((len(asked), count), -1, dtype=np.int32)
    for start in range(0, len(vectors), _BLOCK):
        cosines = vectors[asked] @ vectors[start : start + _BLOCK].T
        inside = (asked >= start) & (asked < start + cosines.shape[1])
        cosines[np.flatnonzero(inside), asked[inside] - start] = -2.0
        numbers = np.arange(start, start + cosines.shape[1], dtype=np.int32)
        both = np.hstack([best, cosines])
        places = np.argpartition(-both, count - 1, axis=1)[:, :count]
        known = np.hstack([rows, np.broadcast_to(numbers, cosines.shape)])
        best = np.take_along_axis(both, places, axis=1)
        rows = np.take_along_axis(known, places, axis=1)
    rows[best <= -2.0] = -1
    return Neighbours(rows, best)


def _bcubed_f(
    people: NDArray[np.int64],
    labels: NDArray[np.int64],
    asked: NDArray[np.int64],
    joined: dict[int, set[int]],
) -> float:
    """BCubed F over these faces, each as if the groups `joined` gives it were one with its own."""
    precision = recall = 0.0
    sizes, photos = np.bincount(labels), np.bincount(people)
    cells, together = np.unique(labels * len(photos) + people, return_counts=True)
    for row in asked.tolist():
        person = int(people[row])
        groups = np.asarray([int(labels[row]), *joined.get(row, ())])
        right = int(together[np.searchsorted(cells, groups * len(photos) + person)].sum())
        precision += right / int(sizes[groups].sum())
        recall += right / int(photos[person])
    precision, recall = precision / len(asked), recall / len(asked)
    return 2 * precision * recall / (precision + recall)
