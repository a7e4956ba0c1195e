"""Synthetic strangers: as many more people in the way as a large library has.

Their embeddings are drawn from a normal distribution with the mean and the spread of the real
strangers in the same test set, one picture a person, and normalised. Few people say little about a
spread in 512 dimensions: the sample's covariance alone makes the drawn ones too much alike. It is
therefore drawn towards a ball, just as far as makes the drawn pairs spread like the real pairs.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from faces.evaluate.pictures import Pictures

PREFIX = "synthetic stranger "
QUANTILES = (0.5, 0.99, 0.999, 0.9999)
_SEED = 4
_CHECKED = 5000


@dataclass(frozen=True, slots=True)
class Spread:
    """Cosines of pairs of strangers at QUANTILES."""

    real: tuple[float, ...]
    synthetic: tuple[float, ...]


def add_strangers(pictures: Pictures, count: int) -> tuple[Pictures, Spread]:
    """The pictures and `count` synthetic people with one each, and how alike both kinds are.

    Their names begin with PREFIX; their quality is drawn from that of the real pictures.
    """
    random = np.random.default_rng(_SEED)
    known = _one_a_person(pictures)
    vectors = draw_strangers(pictures.vectors[known], count, random)
    names = tuple(f"{PREFIX}{number}" for number in range(count))
    spread = Spread(
        real=cosine_quantiles(pictures.vectors[known]),
        synthetic=cosine_quantiles(vectors[:_CHECKED]),
    )
    return (
        replace(
            pictures,
            files=pictures.files + names,
            people=pictures.people + names,
            found=np.concatenate([pictures.found, np.ones(count, dtype=np.bool_)]),
            quality=np.concatenate(
                [pictures.quality, random.choice(pictures.quality[known], count)]
            ),
            vectors=np.concatenate([pictures.vectors, vectors]),
        ),
        spread,
    )


def draw_strangers(
    real: NDArray[np.float32], count: int, random: np.random.Generator
) -> NDArray[np.float32]:
    """Vectors (count, d), L2-normalised, that spread like the rows of real (people, d)."""
    people, dimensions = real.shape
    mean = real.mean(axis=0)
    away = real - mean
    values, axes = np.linalg.eigh(away.T @ away / max(people - 1, 1))
    ball = float(values.sum()) / dimensions
    # The mean squared product of two different people, which the sum of the squared eigenvalues is
    # in the whole population; in a sample it is larger, because people are few.
    products = (away @ away.T)[~np.eye(people, dtype=np.bool_)]
    wanted = float(np.mean(products**2)) - dimensions * ball**2
    there = float(np.sum(values**2)) - dimensions * ball**2
    kept = float(np.sqrt(np.clip(wanted / max(there, 1e-12), 0.0, 1.0)))
    spread = np.sqrt(np.maximum(kept * values + (1 - kept) * ball, 0.0))
    drawn = random.standard_normal((count, dimensions)) * spread @ axes.T + mean
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def cosine_quantiles(vectors: NDArray[np.float32]) -> tuple[float, ...]:
    """The cosines of all pairs of rows (n, d), at QUANTILES."""
    cosines = (vectors @ vectors.T)[np.triu_indices(len(vectors), k=1)]
    return tuple(float(value) for value in np.quantile(cosines, QUANTILES))


def _one_a_person(pictures: Pictures) -> list[int]:
    """The best picture of each person with a face."""
    best: dict[str, int] = {}
    for at in np.flatnonzero(pictures.found).tolist():
        known = best.setdefault(pictures.people[at], at)
        if pictures.quality[at] > pictures.quality[known]:
            best[pictures.people[at]] = at
    return sorted(best.values())
