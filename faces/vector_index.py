"""An exact index of vectors in memory: the only file that knows FAISS. It is never written to disk."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

import numpy as np
from numpy.typing import NDArray


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
    """L2-normalised vectors by id: add, remove, and find the nearest by cosine."""

    def __init__(self, dimensions: int) -> None:
        faiss = _faiss()
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add vectors (n, dimensions); an id must not be in the index yet."""
        if len(ids):
            self._index.add_with_ids(_rows(vectors), np.asarray(ids, dtype=np.int64))

    def remove(self, ids: Sequence[int]) -> None:
        """Remove these ids; those that are not there are passed over."""
        if len(ids):
            self._index.remove_ids(_faiss().IDSelectorBatch(np.asarray(ids, dtype=np.int64)))

    def search(self, vectors: NDArray[np.float32], count: int) -> list[list[Hit]]:
        """For each of the vectors (n, dimensions) its `count` nearest, the nearest first."""
        wanted = min(count, len(self))
        if wanted == 0 or not len(vectors):
            return [[] for _ in vectors]
        similarities, ids = self._index.search(_rows(vectors), wanted)
        return [
            [Hit(int(id_), float(cosine)) for id_, cosine in zip(row_ids, row, strict=True)]
            for row_ids, row in zip(ids, similarities, strict=True)
        ]


def _rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.ascontiguousarray(vectors, dtype=np.float32)
