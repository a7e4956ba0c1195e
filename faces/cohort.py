"""How near a face lies to strangers in general, so that faces which resemble everybody count for less.

Blurred faces, and faces of people the model was shown few of, lie nearer to all strangers than others
do. Each face is compared with a sample of the library, and what it has more than the usual is taken
off its similarities: half of it from either side. Source: adaptive symmetric score normalisation
(Matejka et al. 2017, there for voices), with an additive offset in place of a division, so that the
result stays a cosine.
"""

import numpy as np
from numpy.typing import NDArray

from faces.packs import Pack

# Faces of the library that each one is compared with; more of them tell nothing new.
SAMPLE = 1500
# From here on a pair may well be one person, who says nothing about strangers.
NO_STRANGER = 0.30
# How many strangers of one's own outweigh what the pack says of strangers.
WORTH = 200
# The offset is taken in the upper tail, where strangers are mistaken for one another.
TAIL = 2.4


def draw_cohort(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """At most SAMPLE of the vectors (n, d), evenly spaced, in their order."""
    places = np.linspace(0, len(vectors) - 1, min(SAMPLE, len(vectors))).astype(np.int64)
    return vectors[places]


def excess(
    vectors: NDArray[np.float32], cohort: NDArray[np.float32], pack: Pack, *, block: int = 4096
) -> NDArray[np.float32]:
    """How much nearer than usual each vector (n, d) lies to the strangers of the cohort (m, d).

    Returns (n,) in cosine; 0 for a face like any other. All vectors L2-normalised.
    """
    found = np.zeros(len(vectors), dtype=np.float32)
    if not len(cohort):
        return found
    mean_of_all, deviation = pack.strangers_mean, pack.strangers_deviation
    usual = mean_of_all + TAIL * deviation
    for start in range(0, len(vectors), block):
        cosines = vectors[start : start + block] @ cohort.T
        stranger = cosines < NO_STRANGER
        count = stranger.sum(axis=1)
        total = np.where(stranger, cosines, 0.0).sum(axis=1)
        mean = total / np.maximum(count, 1)
        square = np.where(stranger, cosines * cosines, 0.0).sum(axis=1)
        variance = np.maximum(square / np.maximum(count, 1) - mean * mean, 0.0)
        share = count / (count + WORTH)
        mean = share * mean + (1 - share) * mean_of_all
        variance = share * variance + (1 - share) * deviation**2
        found[start : start + block] = mean + TAIL * np.sqrt(variance) - usual
    return found
