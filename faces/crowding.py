"""How crowded it is around a face: how near its nearest strangers lie, against what is usual here.

Two faces that look alike are one person only if they stand out from what looks like them besides: where
strangers lie close together (people of one origin, of one age, a family), the likeliest pair of a hundred
thousand is soon two people. So what lies next to either of them is taken off the likeness of two single
faces, half of it from either side. It is the adaptive part of adaptive score normalisation (Matejka et
al. 2017: each side against those of the cohort that are nearest to it, there for voices), with the library
itself as the cohort and an offset in place of a division, so that the result stays a cosine. A cluster
needs none: several faces that agree are evidence of their own.
"""

import numpy as np
from numpy.typing import NDArray

# So many of the nearest strangers say how crowded it is.
NEAREST = 10
# So much less alike than what becomes a group is a stranger; what lies between may be the same person.
BELOW = 0.04
# How many faces a library has when the crowd counts by half: among few, the ten nearest are no crowd.
WORTH = 1000


def strangers_nearby(
    similarities: NDArray[np.float32], threshold: float
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The mean of the NEAREST strangers, and how many of them there are; 0 where none are.

    similarities: (n, k), each row the nearest first, -2 where there is nobody. threshold: what becomes one
    group; a stranger is BELOW less alike.
    """
    strangers = (similarities > -1.5) & (similarities < threshold - BELOW)
    strangers &= np.cumsum(strangers, axis=1, dtype=np.int16) <= NEAREST
    count = strangers.sum(axis=1)
    total = np.where(strangers, similarities, np.float32(0)).sum(axis=1, dtype=np.float32)
    return total / np.maximum(count, 1).astype(np.float32), count


def usual_nearness(similarities: NDArray[np.float32], threshold: float) -> float:
    """What is usual: the middle of all faces around whom as many strangers are seen as anywhere."""
    mean, count = strangers_nearby(similarities, threshold)
    seen = count == count.max(initial=0)
    return float(np.median(mean[seen])) if seen.any() else 0.0


def crowding(
    similarities: NDArray[np.float32], threshold: float, *, usual: float, faces: int
) -> NDArray[np.float32]:
    """How much nearer than usual the strangers around each face lie, (n,) in cosine; 0 as anywhere.

    similarities, threshold: as in `strangers_nearby`. usual: what `usual_nearness` says. faces: how many
    the library has. Somebody with so many photos that no stranger is in sight has 0.
    """
    mean, count = strangers_nearby(similarities, threshold)
    seen = (count / NEAREST).astype(np.float32)
    return (mean - np.float32(usual)) * seen * np.float32(faces / (faces + WORTH))
