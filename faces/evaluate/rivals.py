"""What other photo libraries do with the same embeddings: their rules and settings, our own code.

Read in their public sources in 2026. Each rule gets the same faces, with the similarities that the same
model gives, and nothing is tuned to the pictures; a rule whose name ends in "_best" is the exception, it
takes the threshold with the best answers HERE, which nobody can know beforehand.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from faces.evaluate.neighbours import Neighbours, find_neighbours
from photolib.core.errors import PhotolibError

Vectors = NDArray[np.float32]
Groups = list[list[int]]

# Immich: faces of a cosine distance of 0.5 are near; with 3 of them, itself counted, a face founds a
# person (server, `facialRecognition.maxDistance` and `minFaces`, person.service.ts).
IMMICH_COSINE, IMMICH_FACES = 0.5, 3
# PhotoPrism: 4 faces form a core (ClusterCore); the distance is its own for this very model,
# `arcface_mbf`, w600k_mbf.onnx with the SHA-256 of our bundled pack (internal/ai/face/models.go).
PHOTOPRISM_DISTANCE, PHOTOPRISM_FACES = 1.03, 4
# LibrePhotos: HDBSCAN with min_samples 1 and cluster_selection_epsilon 0.05; the smallest cluster
# doubles with every tenfold of faces (api/face_classify.py).
LIBREPHOTOS_EPSILON = 0.05
LIBREPHOTOS_SIZES = ((100_000, 16), (10_000, 8), (1_000, 4))
# dlib's example joins faces nearer than 0.5, where its model tells two people apart at 0.6. The same
# share of the distance at which this model does (cosine 0.187, `evaluate faces` on LFW's first fold,
# a distance of 1.275) is 1.063, a cosine of 0.435.
WHISPERS_COSINE = 0.435
_SWEEPS = 100
_SEED = 4
# Where "_best" looks.
GRID = tuple(round(0.25 + 0.025 * step, 3) for step in range(17))


@dataclass(frozen=True, slots=True)
class Rule:
    """groups: vectors (n, d) → places of the faces that are one person, faces alone left out."""

    settings: str
    groups: Callable[[Vectors], Groups]


def immich(vectors: Vectors, cosine: float = IMMICH_COSINE) -> Groups:
    """Each face joins the person of its nearest neighbour who has one; enough neighbours found one.

    Faces that are no core come a second time, when all others have been looked at, as they do there.
    The faces come in a random order, as photos of many people do.
    """
    neighbours = _all_pairs(vectors, cosine)
    person: dict[int, int] = {}
    later: list[int] = []
    for face in np.random.default_rng(_SEED).permutation(len(vectors)).tolist():
        near = _nearest_first(neighbours, face)
        if len(near) + 1 >= IMMICH_FACES:
            person[face] = next((person[at] for at in near if at in person), face)
        elif near:
            later.append(face)
    for face in later:
        found = next((at for at in _nearest_first(neighbours, face) if at in person), None)
        if found is not None:
            person[face] = person[found]
    return _groups_of(sorted(person.items()))


def photoprism(vectors: Vectors, cosine: float | None = None) -> Groups:
    """DBSCAN over Euclidean distances of unit vectors."""
    distance = PHOTOPRISM_DISTANCE if cosine is None else float(np.sqrt(2 - 2 * cosine))
    dbscan = _library("sklearn.cluster", "scikit-learn").DBSCAN(
        eps=distance, min_samples=PHOTOPRISM_FACES, metric="euclidean", algorithm="brute"
    )
    return _groups_of_labels(dbscan.fit(vectors).labels_)


def librephotos(vectors: Vectors) -> Groups:
    """HDBSCAN, the smallest cluster by the number of faces."""
    if len(vectors) < 2:
        return []
    smallest = next((size for more, size in LIBREPHOTOS_SIZES if len(vectors) > more), 2)
    hdbscan = _library("hdbscan", "hdbscan").HDBSCAN(
        min_cluster_size=smallest,
        min_samples=1,
        cluster_selection_epsilon=LIBREPHOTOS_EPSILON,
        metric="euclidean",
        core_dist_n_jobs=1,
    )
    return _groups_of_labels(hdbscan.fit(vectors.astype(np.float64)).labels_)


def chinese_whispers(vectors: Vectors, cosine: float = WHISPERS_COSINE) -> Groups:
    """Each face takes the label that most of its neighbours have, in a random order, until none changes.

    Source: Biemann 2006; edges without weights, as dlib makes them.
    """
    neighbours = _all_pairs(vectors, cosine)
    random = np.random.default_rng(_SEED)
    label = list(range(len(vectors)))
    near = [neighbours.of(face)[0].tolist() for face in label]
    linked = [face for face in label if near[face]]
    for _sweep in range(_SWEEPS):
        changed = False
        for face in random.permutation(linked).tolist():
            counts = Counter(label[at] for at in near[face])
            most = max(counts.values())
            ties = sorted(name for name, count in counts.items() if count == most)
            best = label[face] if label[face] in ties else ties[random.integers(len(ties))]
            changed = changed or best != label[face]
            label[face] = best
        if not changed:
            break
    return _groups_of(enumerate(label))


RULES: dict[str, Rule] = {
    "immich": Rule(f"cosine distance {1 - IMMICH_COSINE}, {IMMICH_FACES} faces", immich),
    "photoprism": Rule(
        f"DBSCAN, distance {PHOTOPRISM_DISTANCE}, core {PHOTOPRISM_FACES}", photoprism
    ),
    "librephotos": Rule(
        f"HDBSCAN, smallest cluster 2 to 16 by size, epsilon {LIBREPHOTOS_EPSILON}", librephotos
    ),
    "chinese_whispers": Rule(f"cosine {WHISPERS_COSINE}, dlib's 0.5 translated", chinese_whispers),
}
# Rules with one threshold, for `--best`.
WITH_THRESHOLD: dict[str, Callable[..., Groups]] = {
    "immich": immich,
    "photoprism": photoprism,
    "chinese_whispers": chinese_whispers,
}


def _all_pairs(vectors: Vectors, cosine: float) -> Neighbours:
    return find_neighbours(vectors, np.ones(len(vectors), dtype=np.bool_), cosine)


def _nearest_first(neighbours: Neighbours, face: int) -> list[int]:
    ids, cosines = neighbours.of(face)
    found: list[int] = ids[np.argsort(-cosines, kind="stable")].tolist()
    return found


def _groups_of_labels(labels: NDArray[np.int64]) -> Groups:
    return _groups_of((at, label) for at, label in enumerate(labels.tolist()) if label >= 0)


def _groups_of(members: Iterable[tuple[int, int]]) -> Groups:
    """(face, label) → groups of two and more, the largest first."""
    groups: dict[int, list[int]] = {}
    for face, label in members:
        groups.setdefault(label, []).append(face)
    found = [group for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda group: (-len(group), group))


def _library(module: str, package: str) -> ModuleType | Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise PhotolibError(
            _(
                "{package} is not installed: it comes with requirements-dev.txt, for developers."
            ).format(package=package)
        ) from error
