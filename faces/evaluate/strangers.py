"""Synthetic strangers: as many more people in the way as a large library has.

Their embeddings are drawn from a normal distribution with the mean and the spread of the real
strangers in the same test set, one picture a person, and normalised. Two things are put right:

- Few people say little about a spread in 512 dimensions: the sample's covariance alone makes the drawn
  ones too much alike. It is drawn towards a ball, just as far as makes the drawn pairs spread like the
  real pairs.
- Real strangers come in kinds who resemble each other more, so that the most alike pairs are more alike
  than a normal distribution has them. Each drawn stranger shares a part of its spread with a kind; how
  many kinds, and how large a part, is what fits the real pairs best at TAIL.

All names begin with PREFIX. What was reached is told: the cosines of both at QUANTILES.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from faces.evaluate.pictures import Pictures

PREFIX = "synthetic stranger "
QUANTILES = (0.5, 0.99, 0.999, 0.9999)
TAIL = (0.99, 0.999, 0.9999)
_SEED = 4
_CHECKED = 5000
# What is tried, on so many strangers.
_KINDS = (25, 50, 100, 200, 400)
_SHARES = (0.0, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2)
_TRIED = 2000


@dataclass(frozen=True, slots=True)
class Spread:
    """Cosines of pairs of strangers at QUANTILES, and what fits them: kinds, and their share."""

    real: tuple[float, ...]
    synthetic: tuple[float, ...]
    kinds: int
    share: float


@dataclass(frozen=True, slots=True)
class Model:
    """What strangers are drawn from: mean (d,), the spread along each of the axes (d, d)."""

    mean: NDArray[np.float32]
    deviations: NDArray[np.float32]
    axes: NDArray[np.float32]
    kinds: int = 1
    share: float = 0.0

    def draw(self, count: int, random: np.random.Generator) -> NDArray[np.float32]:
        """Vectors (count, d), L2-normalised."""
        kinds = random.standard_normal((self.kinds, len(self.mean)), dtype=np.float32)
        drawn = random.standard_normal((count, len(self.mean)), dtype=np.float32)
        drawn *= np.float32(np.sqrt(1 - self.share))
        drawn += np.float32(np.sqrt(self.share)) * kinds[random.integers(0, self.kinds, count)]
        placed = (drawn * self.deviations) @ self.axes.T + self.mean
        lengths = np.linalg.norm(placed, axis=1, keepdims=True)
        return np.asarray(placed / lengths, dtype=np.float32)


def add_strangers(pictures: Pictures, count: int) -> tuple[Pictures, Spread]:
    """The pictures and `count` synthetic people with one each, and how alike both kinds are.

    Their names begin with PREFIX; their quality is drawn from that of the real pictures.
    """
    random = np.random.default_rng(_SEED)
    known = _one_a_person(pictures)
    model = fit(pictures.vectors[known])
    vectors = model.draw(count, random)
    names = tuple(f"{PREFIX}{number}" for number in range(count))
    spread = Spread(
        real=cosine_quantiles(pictures.vectors[known]),
        synthetic=cosine_quantiles(vectors[:_CHECKED]),
        kinds=model.kinds,
        share=model.share,
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


def fit(real: NDArray[np.float32]) -> Model:
    """The model whose strangers spread most like the rows of real (people, d), L2-normalised."""
    plain = _fit_covariance(real)
    wanted = np.asarray(cosine_quantiles(real, TAIL))

    def miss(model: Model) -> float:
        drawn = model.draw(_TRIED, np.random.default_rng(_SEED))
        return float(np.sum((np.asarray(cosine_quantiles(drawn, TAIL)) - wanted) ** 2))

    tried = [replace(plain, kinds=kinds, share=share) for kinds in _KINDS for share in _SHARES]
    return min(tried, key=miss)


def _fit_covariance(real: NDArray[np.float32]) -> Model:
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
    deviations = np.sqrt(np.maximum(kept * values + (1 - kept) * ball, 0.0))
    return Model(mean, deviations.astype(np.float32), axes.astype(np.float32))


def cosine_quantiles(
    vectors: NDArray[np.float32], quantiles: tuple[float, ...] = QUANTILES
) -> tuple[float, ...]:
    """The cosines of all pairs of rows (n, d), at these shares of the pairs, 0..1."""
    cosines = (vectors @ vectors.T)[np.triu_indices(len(vectors), k=1)]
    return tuple(float(value) for value in np.quantile(cosines, quantiles))


def _one_a_person(pictures: Pictures) -> list[int]:
    """The best picture of each person with a face."""
    best: dict[str, int] = {}
    for at in np.flatnonzero(pictures.found).tolist():
        known = best.setdefault(pictures.people[at], at)
        if pictures.quality[at] > pictures.quality[known]:
            best[pictures.people[at]] = at
    return sorted(best.values())
