"""Indexes of vectors in memory: the only file that knows FAISS. They are never written to disk.

Where it can they hold half-precision numbers: half the memory and the time of single ones, and cosines
that differ by less than 0.001. Few vectors are all compared with; of many, only those of the nearest
cells (an inverted file as in Jegou et al. 2011, without its compression; docs/performance.md).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Among so many, a search through all of them takes 2.5 ms on one core.
EXACT_UP_TO = 50_000
# Of the cells, how many the search for one face looks into.
PROBES = 64
# Cells for each root of the number of vectors.
CELLS_PER_ROOT = 4
# The cells' centres: rounds of k-means over so many vectors a cell.
ROUNDS, DRAWN_A_CELL = 4, 32
# Vectors handed over at once.
_AT_ONCE = 20_000


@cache
def _faiss() -> ModuleType:
    """The library, opened when a first index is made: pages and libraries without grouping need none."""
    logging.getLogger("faiss").setLevel(logging.WARNING)  # it tells which processor it looks for
    faiss = import_module("faiss")
    faiss.omp_set_num_threads(1)  # one thread a worker, as everywhere
    return faiss


@dataclass(frozen=True, slots=True)
class Hit:
    """One neighbour: its id, and its cosine similarity, -1..1."""

    id: int
    similarity: float


class VectorIndex:
    """L2-normalised vectors by id: add, remove, look up, and find the nearest by cosine."""

    def __init__(self, dimensions: int) -> None:
        faiss = _faiss()
        self._dimensions = dimensions
        self._ids: set[int] = set()
        self._index: Any = faiss.IndexIDMap2(
            faiss.IndexScalarQuantizer(
                dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
            )
        )
        self.exact = True

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id_: int) -> bool:
        return id_ in self._ids

    def ids(self) -> list[int]:
        """Every id, rising."""
        return sorted(self._ids)

    def add(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add vectors (n, dimensions); an id must not be in the index yet."""
        if not len(ids):
            return
        self._index.add_with_ids(_rows(vectors), np.asarray(ids, dtype=np.int64))
        self._ids.update(ids)
        if self.exact and len(self) > EXACT_UP_TO:
            self._divide()

    def remove(self, ids: Sequence[int]) -> None:
        """Remove these ids, at once; those that are not there are passed over."""
        there = [id_ for id_ in ids if id_ in self._ids]
        if there:
            # This kind of selector is the one that an index in cells removes by.
            self._index.remove_ids(_faiss().IDSelectorArray(np.asarray(there, dtype=np.int64)))
            self._ids.difference_update(there)

    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The vectors (n, dimensions) of these ids, all of which must be there."""
        found = np.empty((len(ids), self._dimensions), dtype=np.float32)
        if len(ids):
            self._index.reconstruct_batch(np.asarray(ids, dtype=np.int64), found)
        return found

    def search(self, vectors: NDArray[np.float32], count: int) -> list[list[Hit]]:
        """For each of the vectors (n, dimensions) its `count` nearest, the nearest first."""
        wanted = min(count, len(self))
        if wanted == 0 or not len(vectors):
            return [[] for _ in vectors]
        similarities, ids = self._index.search(_rows(vectors), wanted)
        return [
            [
                Hit(int(id_), float(cosine))
                for id_, cosine in zip(row_ids, row, strict=True)
                if id_ >= 0
            ]
            for row_ids, row in zip(ids, similarities, strict=True)
        ]

    def _divide(self) -> None:
        """From one list of all vectors to cells."""
        ids = np.asarray(self.ids(), dtype=np.int64)
        drawn = ids[_drawn(len(ids))]
        cells = _cells(self.vectors(drawn.tolist()), len(ids), probes=PROBES)
        cells.set_direct_map_type(_faiss().DirectMap.Hashtable)
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            cells.add_with_ids(self.vectors(part.tolist()), part)
        self._index, self.exact = cells, False


class BulkIndex:
    """L2-normalised vectors by row, which all search at once; float16 or float32."""

    def __init__(self, vectors: NDArray[np.floating], *, probes: int | None) -> None:
        """vectors: (n, d). probes: cells that each search looks into; None compares with all vectors."""
        if probes is None:
            self._index: Any = _faiss().IndexFlatIP(vectors.shape[1])
        else:
            self._index = _cells(_rows(vectors[_drawn(len(vectors))]), len(vectors), probes=probes)
        for start in range(0, len(vectors), _AT_ONCE):
            self._index.add(_rows(vectors[start : start + _AT_ONCE]))

    def search(
        self, vectors: NDArray[np.floating], count: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Cosines and rows (n, m) of the `count` nearest of each, m <= count of them; row -1 for none."""
        cosines, rows = self._index.search(_rows(vectors), min(count, self._index.ntotal))
        return cosines, rows


def one_thread() -> None:
    """Let FAISS use one thread of its own in the thread that calls this."""
    _faiss().omp_set_num_threads(1)


def _cells(sample: NDArray[np.float32], size: int, *, probes: int) -> Any:
    """An empty index for `size` vectors like these: their cells, of which a search looks into `probes`."""
    faiss = _faiss()
    cells = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(sample.shape[1]),
        sample.shape[1],
        _cell_count(size),
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,  # what is kept is the vector itself, not its difference from the centre
    )
    cells.cp.niter = ROUNDS
    cells.cp.spherical = True
    cells.cp.min_points_per_centroid = 1  # else it tells that few were drawn
    cells.train(sample)
    cells.nprobe = probes
    return cells


def _cell_count(size: int) -> int:
    return max(1, min(size, int(CELLS_PER_ROOT * size**0.5)))


def _drawn(size: int) -> NDArray[np.int64]:
    """Places of the vectors that the centres are made from, evenly spaced: the same ones each time."""
    wanted = min(size, DRAWN_A_CELL * _cell_count(size))
    return np.linspace(0, size - 1, wanted).astype(np.int64)


def _rows(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.ascontiguousarray(vectors, dtype=np.float32)
