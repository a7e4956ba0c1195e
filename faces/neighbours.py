"""The nearest neighbours of every vector among all others: what grouping afresh begins with.

Up to EXACT_UP_TO vectors all pairs are compared; beyond, each vector with those that lie in the cells
nearest to it (faces/vector_index.py). Only rows and similarities come back; nothing is kept.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faces.vector_index import BulkIndex, one_thread
from photolib.machine import usable_cores

# In full, 20,000 faces take one core seven seconds, and twice as many four times as long; by cells a
# hundred thousand take a quarter of a minute, and 5 in 1000 of their pairs are missed (docs/performance.md).
EXACT_UP_TO = 20_000
# With how many cells each vector is compared.
PROBES = 16
# Queries of one call.
BLOCK = 1024

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
    unless given. Beside the vectors it takes 8 bytes a neighbour, and the index a copy of the vectors:
    in half precision where it has cells.
    """
    found = Neighbours(
        np.full((len(vectors), count), -1, dtype=np.int32),
        np.full((len(vectors), count), _NO_SIMILARITY, dtype=np.float32),
    )
    if len(vectors) < 2 or count < 1:
        return found
    in_full = exact if exact is not None else len(vectors) <= EXACT_UP_TO
    index = BulkIndex(vectors, probes=None if in_full else PROBES)

    def ask(start: int) -> None:
        _ask(index, vectors[start : start + BLOCK], start, floor, found)

    # FAISS lets go of the interpreter, so threads help; each is its own library's only one.
    pool_size = usable_cores() if threads is None else threads
    with ThreadPoolExecutor(max(1, pool_size), initializer=one_thread) as pool:
        for _ in pool.map(ask, range(0, len(vectors), BLOCK)):
            pass
    return found


def _ask(
    index: BulkIndex,
    part: NDArray[np.floating],
    start: int,
    floor: float,
    found: Neighbours,
) -> None:
    """Find the neighbours of the rows from `start` on, and write them into what is found."""
    count = found.rows.shape[1]
    # Each vector finds itself as well: one more than wanted.
    cosines, rows = index.search(part, count + 1)
    itself = rows == np.arange(start, start + len(part))[:, None]
    order = np.lexsort((rows, -cosines, itself), axis=1)[:, :count]
    cosines = np.take_along_axis(cosines, order, axis=1)
    rows = np.take_along_axis(rows, order, axis=1)
    nobody = (rows < 0) | (cosines < floor) | np.take_along_axis(itself, order, axis=1)
    rows[nobody], cosines[nobody] = -1, _NO_SIMILARITY
    width = rows.shape[1]
    found.rows[start : start + len(part), :width] = rows
    found.similarities[start : start + len(part), :width] = cosines
