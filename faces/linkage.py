"""Joining clusters of faces, the most alike first. Arrays in and out; no database, no faces by name.

The likeness of two clusters is the mean cosine over all pairs between them, divided by the square root
of how closely each holds together: half-way between average linkage, which asks too much of a person
of many ages, and the cosine of the centres, which forgets how far the members stray. The faces'
excess (faces.cohort) is taken off, and of two single faces how crowded it is around them
(faces.crowding). In each round every pair of clusters that are each other's best
is joined (reciprocal nearest neighbours: Murtagh 1983), so the rounds are few and each is arithmetic
on arrays. A large cluster takes in all those at once whose best it is: one face more hardly moves it, and one
face a round would make as many rounds as somebody has photos.
"""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]

# Edges scored at once: 2 MB of sums, which stay in a core's own cache between reading and multiplying.
_BLOCK = 512
# A cluster of so many faces takes in several others in one round, each at most this part of its size.
LARGE, PART = 128, 0.25


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of clusters (by the row of their first face) that may be one person; one < other."""

    one: Rows
    other: Rows


class Clusters:
    """Faces in clusters. A cluster goes by one of its rows, its root."""

    def __init__(
        self,
        vectors: NDArray[np.float32],
        excess: NDArray[np.float32],
        crowding: NDArray[np.float32],
        ids: Rows,
        photos: Rows,
        piles: Rows,
        apart: Set[frozenset[int]],
    ) -> None:
        """vectors (n, d), L2-normalised; the others (n,). ids break ties. piles: -1 for none.

        The memory of the vectors is taken over, and written into.
        """
        count = len(vectors)
        self.root: Rows = np.arange(count)
        self.size = np.ones(count, dtype=np.int64)
        self._sums = vectors
        self._lengths = np.ones(count, dtype=np.float32)
        self._excess = excess.astype(np.float32)
        self._crowding = crowding
        self._ids = ids.copy()
        self._photos: list[set[int]] = [{photo} for photo in photos.tolist()]
        # Frozen, so that the many without a pile share one.
        self._piles = [frozenset(() if pile < 0 else (pile,)) for pile in piles.tolist()]
        self._apart = apart

    def likeness(self, one: Rows, other: Rows) -> NDArray[np.float32]:
        """How alike the clusters at these roots are, pair by pair; a cosine as pairs of faces have it."""
        found = np.empty(len(one), dtype=np.float32)
        sums = np.empty((2, min(_BLOCK, len(one)), self._sums.shape[1]), dtype=np.float32)
        for start in range(0, len(one), _BLOCK):
            a, b = one[start : start + _BLOCK], other[start : start + _BLOCK]
            # Copied into the same memory each time, which "clip" allows.
            np.take(self._sums, a, axis=0, out=sums[0, : len(a)], mode="clip")
            np.take(self._sums, b, axis=0, out=sums[1, : len(b)], mode="clip")
            dots = np.einsum("ij,ij->i", sums[0, : len(a)], sums[1, : len(b)])
            # dots / pairs is the mean cosine; length / size is how closely a cluster holds together.
            pairs = (self.size[a] * self.size[b]).astype(np.float32)
            found[start : start + _BLOCK] = dots / np.sqrt(
                pairs * np.maximum(self._lengths[a] * self._lengths[b], 1e-6)
            ) - 0.5 * (self._excess[a] / self.size[a] + self._excess[b] / self.size[b])
        alone = (self.size[one] == 1) & (self.size[other] == 1)
        found[alone] -= 0.5 * (self._crowding[one[alone]] + self._crowding[other[alone]])
        return found

    def may_join(self, one: int, other: int) -> bool:
        """Two faces of one photo are two people, and so is what a person said is apart."""
        if not self._photos[one].isdisjoint(self._photos[other]):
            return False
        return not self._apart or not any(
            frozenset((a, b)) in self._apart for a in self._piles[one] for b in self._piles[other]
        )

    def join(self, one: int, other: int) -> int:
        """Make two clusters one, which goes by the root of the larger; that root."""
        if (self.size[one], -self._ids[one]) < (self.size[other], -self._ids[other]):
            one, other = other, one
        self.root[other] = one
        self.size[one] += self.size[other]
        self._sums[one] += self._sums[other]
        self._lengths[one] = np.linalg.norm(self._sums[one])
        self._excess[one] += self._excess[other]
        self._ids[one] = min(self._ids[one], self._ids[other])
        self._photos[one] |= self._photos[other]
        self._piles[one] |= self._piles[other]
        self._photos[other], self._piles[other] = set(), frozenset()
        return one

    def find(self, row: int) -> int:
        """The root of this row's cluster, also between joining and settling."""
        while self.root[row] != row:
            row = int(self.root[row])
        return row

    def settle(self) -> None:
        """Let every face name the root of its cluster itself."""
        while True:
            up = self.root[self.root]
            if np.array_equal(up, self.root):
                return
            self.root = up

    def order(self, one: Rows, other: Rows, likeness: NDArray[np.float32]) -> Rows:
        """Places of these pairs, the most alike first, ties by the smallest ids."""
        low = np.minimum(self._ids[one], self._ids[other])
        high = np.maximum(self._ids[one], self._ids[other])
        return np.lexsort((high, low, -likeness))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of clusters by their roots, and how alike they are."""

    one: Rows
    other: Rows
    likeness: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.one)

    def where(self, chosen: NDArray[np.bool_]) -> "_Pairs":
        return _Pairs(self.one[chosen], self.other[chosen], self.likeness[chosen])

    def at(self, places: Rows) -> list[tuple[int, int]]:
        """The roots of the pairs at these places."""
        return list(zip(self.one[places].tolist(), self.other[places].tolist(), strict=True))

    def beside(self, more: "_Pairs") -> "_Pairs":
        return _Pairs(
            np.concatenate([self.one, more.one]),
            np.concatenate([self.other, more.other]),
            np.concatenate([self.likeness, more.likeness]),
        )


def join_all(clusters: Clusters, edges: Edges, threshold: float) -> None:
    """Join along the edges while anything at least as alike as the threshold may be joined."""
    one, other = _contract(clusters, edges.one, edges.other)
    pairs = _Pairs(one, other, clusters.likeness(one, other))
    idle = pairs.where(np.zeros(len(pairs), dtype=bool))
    while True:
        pairs, idle = _set_idle_aside(pairs, idle, threshold, len(clusters.root))
        alike = np.flatnonzero(pairs.likeness >= threshold)
        chosen, refused = _reciprocal(clusters, pairs, alike)
        if not len(chosen) and not len(refused):
            return
        changed = _join_chosen(clusters, pairs.at(chosen))
        stay = np.ones(len(pairs), dtype=bool)
        stay[refused] = False
        pairs = _renew(clusters, pairs.where(stay), changed)


def _set_idle_aside(
    pairs: _Pairs, idle: _Pairs, threshold: float, count: int
) -> tuple[_Pairs, _Pairs]:
    """The pairs to look at, and those that cannot matter until one of their clusters gets a near one.

    A cluster that has nobody above the threshold joins nobody, so a pair of two such stays as it is.
    There are many rounds, and in most of them a few clusters take in one more face each.
    """
    alike = pairs.likeness >= threshold
    busy = np.zeros(count, dtype=bool)
    busy[pairs.one[alike]] = busy[pairs.other[alike]] = True
    rests = ~(busy[pairs.one] | busy[pairs.other])
    if rests.sum() > len(pairs) // 4:
        idle = idle.beside(pairs.where(rests))
        pairs = pairs.where(~rests)
    wakes = busy[idle.one] | busy[idle.other]
    if wakes.any():
        pairs, idle = pairs.beside(idle.where(wakes)), idle.where(~wakes)
    return pairs, idle


def _reciprocal(clusters: Clusters, pairs: _Pairs, alike: Rows) -> tuple[Rows, Rows]:
    """Places of the pairs that are each other's best: those that may be joined, and those that may not.

    Of a pair with a large cluster it is enough that it is the other's best. alike: the places of the pairs
    to look at. The most alike come first.
    """
    one, other, likeness = pairs.one[alike], pairs.other[alike], pairs.likeness[alike]
    highest = np.full(len(clusters.root), -np.inf, dtype=np.float32)
    np.maximum.at(highest, one, likeness)
    np.maximum.at(highest, other, likeness)
    takes_other = clusters.size[one] >= np.maximum(LARGE, clusters.size[other] / PART)
    takes_one = clusters.size[other] >= np.maximum(LARGE, clusters.size[one] / PART)
    # Only these can be best; they are few, and only ties among them need an order.
    first = np.flatnonzero(
        ((likeness == highest[one]) | takes_other) & ((likeness == highest[other]) | takes_one)
    )
    one, other = one[first], other[first]
    order = clusters.order(one, other, likeness[first])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    best = np.full(len(clusters.root), len(order), dtype=np.int64)
    np.minimum.at(best, one, rank)
    np.minimum.at(best, other, rank)
    mutual = order[
        ((best[one] == rank) | takes_other[first])[order]
        & ((best[other] == rank) | takes_one[first])[order]
    ]
    may = np.fromiter(
        (
            clusters.may_join(a, b)
            for a, b in zip(one[mutual].tolist(), other[mutual].tolist(), strict=True)
        ),
        dtype=bool,
        count=len(mutual),
    )
    places = alike[first[mutual]]
    return places[may], places[~may]


def _join_chosen(clusters: Clusters, chosen: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Join these pairs, in their order; which rows' clusters are others now.

    A large cluster may stand in several of them. What has been joined to another in this round, or has
    taken something in and would now be the smaller one, waits for the next, where it is scored anew.
    """
    changed = np.zeros(len(clusters.root), dtype=bool)
    for a, b in chosen:
        smaller = a if clusters.size[a] < clusters.size[b] else b
        if clusters.root[a] != a or clusters.root[b] != b or changed[smaller]:
            continue
        # By now the large one may hold a face of the same photo.
        if clusters.may_join(a, b):
            changed[clusters.join(a, b)] = True
    clusters.settle()
    return changed


def _contract(clusters: Clusters, one: Rows, other: Rows) -> tuple[Rows, Rows]:
    """Each pair of different clusters once."""
    a, b = clusters.root[one], clusters.root[other]
    keys = distinct(np.minimum(a, b)[a != b] * len(clusters.root) + np.maximum(a, b)[a != b])
    return keys // len(clusters.root), keys % len(clusters.root)


def distinct(keys: Rows) -> Rows:
    """Each of the keys once, rising: by sorting, which is quicker than NumPy's unique."""
    keys = np.sort(keys)
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]


def _renew(clusters: Clusters, pairs: _Pairs, changed: NDArray[np.bool_]) -> _Pairs:
    """The pairs of what the clusters are now; only those of joined clusters are scored anew."""
    touched = changed[clusters.root[pairs.one]] | changed[clusters.root[pairs.other]]
    one, other = _contract(clusters, pairs.one[touched], pairs.other[touched])
    return pairs.where(~touched).beside(_Pairs(one, other, clusters.likeness(one, other)))
