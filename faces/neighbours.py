"""The nearest neighbours of every vector among all others, in bulk and in bounded memory.

Grouping afresh compares all faces with all. Up to EXACT_UP_TO it does so in full, each pair once: a
pair's similarity serves both its faces, which halves the work of an index that answers one by one.
Beyond that, each vector is compared with those that lie in the cells nearest to it (an inverted file as
in Jegou et al. 2011, without its compression). Both are matrix products in blocks. Only rows and
similarities come back; nothing is kept.
"""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from photolib.machine import usable_cores

# In full, 50,000 faces take two cores a quarter of a minute, and twice as many four times as long; by
# cells a hundred thousand take less than that, and 3 in 1000 of their pairs are missed (docs/performance.md).
EXACT_UP_TO = 50_000
# Cells for each root of the number of vectors, and how many of them each vector is compared with.
CELLS_PER_ROOT = 4
PROBES = 32
# The cells' centres: rounds of k-means over so many vectors a cell. One round already finds 99 of 100
# pairs, none only 87.
ROUNDS, DRAWN_A_CELL = 2, 16
# Rows of one block: its similarities (16 MB) stay in a processor's last cache.
BLOCK = 2048
# Queries whose cells are turned round at once: bounds what that takes beside the answer.
CHUNK = 1 << 18

# One candidate is one number, so that sorting numbers sorts candidates: from the highest bit its row
# in the block, its similarity with the largest first, and the other's row, which breaks ties.
_ROW_BITS, _OTHER_BITS = 11, 21
_ROW = np.uint64(64 - _ROW_BITS)
_OTHER = np.uint64(_OTHER_BITS)
_OTHER_MASK = np.uint64((1 << _OTHER_BITS) - 1)
_NOBODY = np.uint64((1 << (64 - _ROW_BITS)) - 1)
_SIGN, _ALL = np.uint32(0x80000000), np.uint32(0xFFFFFFFF)
MOST = (1 << _OTHER_BITS) - 1

_T = TypeVar("_T")

# Below every cosine.
_NO_SIMILARITY = np.float32(-2.0)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each of n vectors its nearest others, the nearest first, ties by row.

    rows: (n, k) int32, -1 where there are fewer than k. similarities: (n, k) float32, cosines,
    -2 where there is no row.
    """

    rows: NDArray[np.int32]
    similarities: NDArray[np.float32]


def neighbours(
    vectors: NDArray[np.floating],
    count: int,
    *,
    floor: float = -1.0,
    exact: bool | None = None,
    threads: int | None = None,
) -> Neighbours:
    """The `count` nearest of each of the vectors among all others, itself left out.

    vectors: (n, d), L2-normalised, float16 or float32. floor: who is less similar is left out.
    exact: compare all pairs; None does so up to EXACT_UP_TO vectors. threads: every usable core
    unless given. Beside the vectors it takes 16 bytes a neighbour, and 40 MB a thread.
    Raises ValueError for more than MOST vectors.
    """
    if len(vectors) > MOST:
        raise ValueError(f"{len(vectors)} vectors are too many at once; {MOST} is the most")
    best = _Best(len(vectors), count, floor)
    pool_size = usable_cores() if threads is None else threads
    if len(vectors) > 1 and count > 0:
        if exact if exact is not None else len(vectors) <= EXACT_UP_TO:
            _compare_all(vectors, best, pool_size)
        else:
            _compare_cells(vectors, best, pool_size)
    return best.as_neighbours()


class _Best:
    """The best candidates so far of every vector: (n, k) sorted numbers, and the last one's cosine."""

    def __init__(self, size: int, count: int, floor: float) -> None:
        self.count = count
        self._keys = np.full((size, count), _NOBODY, dtype=np.uint64)
        # A candidate below this changes nothing.
        self.floors = np.full(size, max(floor, -1.5), dtype=np.float32)
        self._lock = threading.Lock()

    def offer(
        self,
        owners: NDArray[np.int64],
        at: NDArray[np.int64],
        cosines: NDArray[np.float32],
        others: NDArray[np.int64],
    ) -> None:
        """Candidates for the vectors `owners` (distinct, at most BLOCK): each names its owner by place."""
        if not len(at):
            return
        bits = cosines.view(np.uint32)
        falling = ~np.where(bits & _SIGN, bits ^ _ALL, bits ^ _SIGN)
        fresh = falling.astype(np.uint64) << _OTHER
        fresh |= others.astype(np.uint64)
        fresh |= at.astype(np.uint64) << _ROW
        places = np.flatnonzero(np.bincount(at, minlength=len(owners)))
        tagged = places.astype(np.uint64)[:, None] << _ROW
        with self._lock:
            rows = owners[places]
            keys = np.concatenate([(self._keys[rows] | tagged).ravel(), fresh])
            keys.sort()
            starts = np.searchsorted(keys, tagged[:, 0])
            kept = keys[starts[:, None] + np.arange(self._keys.shape[1])] & _NOBODY
            self._keys[rows] = kept
            last = kept[:, -1]
            full = last != _NOBODY
            self.floors[rows[full]] = _cosines(last[full])

    def as_neighbours(self) -> Neighbours:
        nobody = self._keys == _NOBODY
        rows = (self._keys & _OTHER_MASK).astype(np.int32)
        rows[nobody] = -1
        similarities = _cosines(self._keys)
        similarities[nobody] = _NO_SIMILARITY
        return Neighbours(rows, similarities)


def _cosines(keys: NDArray[np.uint64]) -> NDArray[np.float32]:
    rising = ~(keys >> _OTHER).astype(np.uint32)
    bits = np.where(rising & _SIGN, rising ^ _SIGN, rising ^ _ALL)
    return bits.view(np.float32)


def _compare_all(vectors: NDArray[np.floating], best: _Best, threads: int) -> None:
    """Every pair once, in square blocks."""
    starts = range(0, len(vectors), BLOCK)

    def compare(pair: tuple[int, int]) -> None:
        one, other = (np.arange(start, min(start + BLOCK, len(vectors))) for start in pair)
        cosines = _floats(vectors[pair[0] : pair[0] + BLOCK]) @ (
            _floats(vectors[pair[1] : pair[1] + BLOCK]).T
        )
        if pair[0] == pair[1]:
            np.fill_diagonal(cosines, _NO_SIMILARITY)
        else:
            _offer_block(best, cosines.T, other, one)
        _offer_block(best, cosines, one, other)

    _run(compare, ((a, b) for a in starts for b in starts if a <= b), threads)


def _compare_cells(vectors: NDArray[np.floating], best: _Best, threads: int) -> None:
    """Every vector with the members of the PROBES cells whose centres are nearest to it."""
    centres = centres_of(vectors)
    probes = np.empty((len(vectors), min(PROBES, len(centres))), dtype=np.int32)

    def probe(start: int) -> None:
        cosines = _floats(vectors[start : start + BLOCK]) @ centres.T
        nearest = np.argpartition(cosines, -probes.shape[1], axis=1)[:, -probes.shape[1] :]
        order = np.argsort(-np.take_along_axis(cosines, nearest, axis=1), axis=1)
        probes[start : start + BLOCK] = np.take_along_axis(nearest, order, axis=1)

    _run(probe, range(0, len(vectors), BLOCK), threads)
    members = _by_value(probes[:, 0], len(centres))
    for start in range(0, len(vectors), CHUNK):
        chunk = probes[start : start + CHUNK]
        asking = _by_value(chunk.ravel(), len(centres))

        def compare(cell: int, asking: "_Lists" = asking, start: int = start) -> None:
            inside = members[cell]
            held = _floats(vectors[inside])
            queries = start + asking[cell] // probes.shape[1]
            for at in range(0, len(queries), BLOCK):
                part = queries[at : at + BLOCK]
                cosines = _floats(vectors[part]) @ held.T
                cosines[part[:, None] == inside] = _NO_SIMILARITY
                _offer_block(best, cosines, part, inside)

        _run(compare, range(len(centres)), threads)


def centres_of(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """Centres of cells (c, d), L2-normalised: spherical k-means over a sample, the same one each time."""
    random = np.random.default_rng(0)
    count = min(len(vectors), int(CELLS_PER_ROOT * len(vectors) ** 0.5))
    drawn = random.permutation(len(vectors))[: count * DRAWN_A_CELL]
    sample = _floats(vectors[np.sort(drawn)])
    centres = sample[random.choice(len(sample), count, replace=False)]
    for _ in range(ROUNDS):
        homes = np.concatenate(
            [
                np.argmax(sample[start : start + BLOCK] @ centres.T, axis=1)
                for start in range(0, len(sample), BLOCK)
            ]
        )
        order = np.argsort(homes, kind="stable")
        firsts = np.flatnonzero(np.diff(homes[order], prepend=-1))
        sums = np.add.reduceat(sample[order], firsts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres[homes[order][firsts]] = sums / np.maximum(lengths, 1e-12)
    return centres


class _Lists:
    """Places by the value that stands there: lists[value] are the places, rising."""

    def __init__(self, order: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        self._order, self._ends = order, ends

    def __getitem__(self, value: int) -> NDArray[np.int64]:
        return self._order[self._ends[value] : self._ends[value + 1]]


def _by_value(values: NDArray[np.int32], count: int) -> _Lists:
    ends = np.concatenate([[0], np.cumsum(np.bincount(values, minlength=count))])
    return _Lists(np.argsort(values, kind="stable"), ends)


def _offer_block(
    best: _Best,
    cosines: NDArray[np.float32],
    owners: NDArray[np.int64],
    others: NDArray[np.int64],
) -> None:
    """Offer each owner (a row of cosines) the others (its columns) that may be among its best."""
    may = cosines >= best.floors[owners][:, None]
    if np.count_nonzero(may) > len(owners) * 2 * best.count:
        # Nothing is known yet of these owners: their own best of this block are enough.
        may &= cosines >= np.partition(cosines, -best.count, axis=1)[:, [-best.count]]
    at, column = np.nonzero(may)
    best.offer(owners, at, cosines[at, column], others[column])


def _floats(part: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.ascontiguousarray(part, dtype=np.float32)


def _run(work: Callable[[_T], None], items: Iterable[_T], threads: int) -> None:
    """Do `work` with every item. NumPy lets go of the interpreter in its loops, so threads help."""
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for _ in pool.map(work, items):
            pass
