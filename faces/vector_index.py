"""An index of vectors in memory: the only file that knows FAISS. It is never written to disk.

It holds half-precision numbers: half the memory and the time of single ones, and cosines that differ by
less than 0.001. Up to EXACT_UP_TO vectors it compares with all of them (5 ms among 100,000 on one
core); beyond, with those of the nearest cells only (docs/performance.md).
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

from faces.neighbours import centres_of

EXACT_UP_TO = 200_000
# Of the cells, how many the search for one face looks into.
PROBES = 64


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
        faiss = _faiss()
        ids = np.asarray(self.ids(), dtype=np.int64)
        sample = ids[np.linspace(0, len(ids) - 1, min(len(ids), EXACT_UP_TO)).astype(np.int64)]
        centres = centres_of(self.vectors(sample.tolist()).astype(np.float16))
        quantizer = faiss.IndexFlatIP(self._dimensions)
        quantizer.add(centres)
        cells = faiss.IndexIVFScalarQuantizer(
            quantizer,
            self._dimensions,
            len(centres),
            faiss.ScalarQuantizer.QT_fp16,
            faiss.METRIC_INNER_PRODUCT,
            False,  # what is kept is the vector itself, not its difference from the centre
        )
        cells.train(centres)
        cells.set_direct_map_type(faiss.DirectMap.Hashtable)
        cells.nprobe = PROBES
        for start in range(0, len(ids), EXACT_UP_TO // 10 + 1):
            part = ids[start : start + EXACT_UP_TO // 10 + 1]
            cells.add_with_ids(self.vectors(part.tolist()), part)
        self._index, self._quantizer, self.exact = cells, quantizer, False


def _rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.ascontiguousarray(vectors, dtype=np.float32)
