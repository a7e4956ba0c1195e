"""All pairs of faces that resemble each other at all, found once and used by every script."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Face i resembles ids[starts[i]:starts[i + 1]], in the order of the ids, and not itself."""

    starts: NDArray[np.int64]
    ids: NDArray[np.int64]
    cosines: NDArray[np.float32]

    def of(self, face: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The faces that this one resembles, and the cosines to them."""
        part = slice(self.starts[face], self.starts[face + 1])
        return self.ids[part], self.cosines[part]


def find_neighbours(
    vectors: NDArray[np.float32], taking_part: NDArray[np.bool_], floor: float
) -> Neighbours:
    """All pairs with a cosine of at least `floor` among the rows of vectors (n, d) that take part."""
    rows = np.flatnonzero(taking_part)
    used = vectors if len(rows) == len(vectors) else vectors[rows]
    counts = np.zeros(len(vectors) + 1, dtype=np.int64)
    ids: list[NDArray[np.int64]] = []
    cosines: list[NDArray[np.float32]] = []
    for start in range(0, len(rows), _BLOCK):
        block = used[start : start + _BLOCK] @ used.T
        at, other = np.nonzero(block >= floor)
        away = at + start != other
        at, other = at[away], other[away]
        np.add.at(counts, rows[start + at] + 1, 1)
        ids.append(rows[other])
        cosines.append(block[at, other])
    return Neighbours(
        starts=np.cumsum(counts),
        ids=np.concatenate([*ids, np.zeros(0, dtype=np.int64)]),
        cosines=np.concatenate([*cosines, np.zeros(0, dtype=np.float32)]),
    )
