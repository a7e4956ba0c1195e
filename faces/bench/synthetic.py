"""A synthetic library of faces: a family's people, their friends, and strangers who were there once.

Nobody's face is needed to see how time and memory grow. How good a grouping is on real pictures is
another question (`manage.py evaluate`).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 512
# Embeddings spread over some directions more than over others: with this decay two strangers' cosines
# deviate by 0.067 around 0, as with the bundled pack on LFW.
_DECAY = 111.0
# Of all faces, those of people who are in several photos; nobody has more than this share.
_KNOWN_SHARE, _LARGEST_SHARE = 0.7, 0.03
# How far a face strays from its person: the middle, and how it differs from photo to photo. Two faces of
# one person have a cosine of about 0.6.
_STRAY, _STRAY_SPREAD = 0.75, 0.25
# How far somebody changes with the years, at most.
_AGEING = 0.5
_POOR_SHARE, _POOR, _GOOD = 0.1, 0.2, 0.9
_FACES_A_PHOTO = 3
_BLOCK = 10_000


@dataclass(frozen=True, slots=True)
class Library:
    """n faces. vectors: (n, 512) float32, L2-normalised. people, photos: (n,) numbers. quality: 0..1."""

    vectors: NDArray[np.float32]
    people: NDArray[np.int64]
    photos: NDArray[np.int64]
    quality: NDArray[np.float32]

    def save(self, folder: Path) -> None:
        for name in self.__slots__:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> "Library":
        return cls(*(np.load(folder / f"{name}.npy") for name in cls.__slots__))


def make_library(count: int, *, seed: int = 4) -> Library:
    """`count` faces, the same ones for the same seed; nobody is in a photo twice."""
    random = np.random.default_rng(seed)
    sizes = _sizes(count, random)
    known = int(sizes.sum())
    people = np.concatenate([np.repeat(np.arange(len(sizes)), sizes), np.arange(known, count)])
    people = random.permutation(people)
    quality = np.where(random.random(count) < _POOR_SHARE, _POOR, _GOOD).astype(np.float32)
    return Library(_vectors(people, len(sizes), random), people, _photos(people), quality)


def _sizes(count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Photos of each person who has several: few have many (a Pareto tail)."""
    wanted = int(count * _KNOWN_SHARE)
    drawn = np.floor(3 * (random.pareto(0.8, size=wanted + 1) + 1)).astype(np.int64)
    drawn = np.minimum(drawn, max(3, int(count * _LARGEST_SHARE)))
    return drawn[: int(np.searchsorted(np.cumsum(drawn), wanted))]


def _vectors(
    people: NDArray[np.int64], known: int, random: np.random.Generator
) -> NDArray[np.float32]:
    scale = np.exp(-np.arange(DIMENSIONS) / (2 * _DECAY)).astype(np.float32)
    # A point of mean length 1, whatever the scale.
    scale /= np.linalg.norm(scale)

    def draw(size: int) -> NDArray[np.float32]:
        return random.standard_normal((size, DIMENSIONS), dtype=np.float32) * scale

    centres, years = draw(known), draw(known)
    vectors = np.empty((len(people), DIMENSIONS), dtype=np.float32)
    for start in range(0, len(people), _BLOCK):
        who = people[start : start + _BLOCK]
        size = len(who)
        strays = _STRAY * np.exp(_STRAY_SPREAD * random.standard_normal((size, 1)))
        part = draw(size)
        inside = who < known
        when = _AGEING * random.uniform(-1, 1, (size, 1)).astype(np.float32)
        part[inside] *= strays[inside].astype(np.float32)
        part[inside] += centres[who[inside]] + when[inside] * years[who[inside]]
        vectors[start : start + size] = part / np.linalg.norm(part, axis=1, keepdims=True)
    return vectors


def _photos(people: NDArray[np.int64]) -> NDArray[np.int64]:
    """Faces that follow one another are in one photo; who would be in it twice is in one of their own."""
    photos = np.arange(len(people)) // _FACES_A_PHOTO
    pairs = photos * (int(people.max(initial=0)) + 1) + people
    again = np.ones(len(people), dtype=bool)
    again[np.unique(pairs, return_index=True)[1]] = False
    photos[again] = len(people) + np.flatnonzero(again)
    return photos
