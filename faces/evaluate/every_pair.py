"""Rates of false alarms over every pair that the pictures make, not only those of a list.

A list of some hundred or thousand pairs of strangers cannot tell one false alarm in ten thousand; all
pairs of the same pictures can. A picture without a face resembles nobody, and its pairs count.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faces.evaluate.metrics import draw_people, interval
from faces.evaluate.neighbours import find_neighbours
from faces.evaluate.pictures import Pictures
from faces.evaluate.verification import NO_FACE, Known

# Of more pictures only the pairs of strangers that are most alike are kept: TAIL of them, as a sample
# of so many pictures estimates it, twenty times what the most frequent false alarm asks for.
_MANY = 1500
_TAIL = 0.02
_SEED = 4


@dataclass(frozen=True, slots=True)
class EveryPair:
    """All pairs. sizes: pictures of each person. The strangers' are sorted, the most alike first.

    same, same_person: cosine and person of each pair of one person. cosines, one, other: of the
    strangers' pairs that are alike at all.
    """

    sizes: NDArray[np.float64]
    same: NDArray[np.float32]
    same_person: NDArray[np.int64]
    cosines: NDArray[np.float32]
    one: NDArray[np.int64]
    other: NDArray[np.int64]

    def strangers(self, drawn: NDArray[np.float64]) -> float:
        """How many pairs of strangers there are, where each person was drawn so often."""
        sizes = self.sizes * drawn
        return float(sizes.sum() ** 2 - (sizes**2).sum()) / 2


def pair_everybody(pictures: Pictures) -> EveryPair:
    """All pairs of the pictures, by the people that their folders name."""
    _, person = np.unique(np.asarray(pictures.people), return_inverse=True)
    found = np.ones(len(pictures), dtype=np.bool_)
    near = find_neighbours(pictures.vectors, found, _floor(pictures, person))
    row = np.repeat(np.arange(len(pictures)), np.diff(near.starts))
    once = (row < near.ids) & (person[row] != person[near.ids])
    order = np.argsort(-near.cosines[once], kind="stable")
    same, same_person = _pairs_of_one(pictures, person)
    return EveryPair(
        sizes=np.bincount(person).astype(np.float64),
        same=same,
        same_person=same_person,
        cosines=near.cosines[once][order],
        one=person[row[once]][order],
        other=person[near.ids[once]][order],
    )


def known_among(pairs: EveryPair, rate: float) -> Known:
    """As verification.known_at, over all pairs."""
    people = len(pairs.sizes)
    share, cosine = _known(pairs, np.ones(people), rate)
    shares = [
        _known(pairs, drawn, rate)[0]
        for drawn in draw_people(people)
        if drawn[pairs.same_person].any()
    ]
    return Known(rate=rate, share=share, cosine=cosine, interval=interval(np.asarray(shares)))


def best_without(pairs: EveryPair, left_out: NDArray[np.int64]) -> float | None:
    """The cosine that is right most often over every pair without these people, where pairs of one
    person and pairs of strangers weigh the same, as in a list with as many of each. None where pairs
    of both kinds are not left."""
    kept = np.ones(len(pairs.sizes))
    kept[left_out] = 0.0
    same = np.sort(pairs.same[kept[pairs.same_person] > 0])[::-1]
    same = same[same > NO_FACE]
    if not len(same) or not pairs.strangers(kept):
        return None
    alarms = np.cumsum(kept[pairs.one] * kept[pairs.other])
    reached = np.searchsorted(-pairs.cosines, -same, side="right")
    false = np.append(alarms, 0.0)[reached - 1] / pairs.strangers(kept)
    accepted = np.arange(1, len(same) + 1) / len(same)
    return float(same[np.argmax(accepted - false)])


def _known(pairs: EveryPair, drawn: NDArray[np.float64], rate: float) -> tuple[float, float]:
    alarms = np.cumsum(drawn[pairs.one] * drawn[pairs.other])
    too_many = int(np.searchsorted(alarms, rate * pairs.strangers(drawn) + 1e-9, side="right"))
    limit = float(pairs.cosines[too_many]) if too_many < len(alarms) else NO_FACE
    accepted = pairs.same > limit
    weights = drawn[pairs.same_person]
    lowest = float(pairs.same[accepted].min()) if accepted.any() else 1.0
    return float(weights[accepted].sum() / weights.sum()), lowest


def _pairs_of_one(
    pictures: Pictures, person: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The cosine and the person of every pair of one person, NO_FACE where a face is missing."""
    cosines: list[NDArray[np.float32]] = [np.zeros(0, dtype=np.float32)]
    owners: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    order = np.argsort(person, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(person))[:-1]):
        a, b = np.triu_indices(len(rows), k=1)
        vectors, found = pictures.vectors[rows], pictures.found[rows]
        found_both = found[a] & found[b]
        cosines.append(np.where(found_both, (vectors @ vectors.T)[a, b], NO_FACE))
        owners.append(np.full(len(a), person[rows[0]], dtype=np.int64))
    return np.concatenate(cosines).astype(np.float32), np.concatenate(owners)


def _floor(pictures: Pictures, person: NDArray[np.int64]) -> float:
    """The cosine above which the pairs of strangers are kept."""
    if len(pictures) <= _MANY:
        return -1.0
    rows = np.random.default_rng(_SEED).choice(len(pictures), _MANY, replace=False)
    strangers = person[rows][:, None] != person[rows][None, :]
    cosines = pictures.vectors[rows] @ pictures.vectors[rows].T
    return float(np.quantile(cosines[strangers], 1 - _TAIL))
