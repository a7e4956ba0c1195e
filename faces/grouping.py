"""Unknown faces → groups that look like one person each. Pure functions over values, no database.

The nearest neighbours of every face (faces.neighbours) are joined, the most alike first, while they stay
above the pack's threshold for this many faces (faces.linkage), under what must hold whatever they look
like: a photo does not hold the same person twice, and what people said is kept. Only good faces make
groups; the others join the group they fit. The same faces give the same groups, in whatever order.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faces.cohort import draw_cohort, excess
from faces.crowding import crowding, usual_nearness
from faces.linkage import Clusters, Edges, distinct, join_all
from faces.neighbours import Neighbours, neighbours
from faces.packs import Pack

# Neighbours looked at for each face: more than the photos of one person that matter to a first edge.
NEIGHBOURS = 40
# Neighbours are looked at from so far below the threshold on: clusters are more alike than their faces.
BELOW = 0.08
# A face that is not good enough to found a group must fit it this much better to join.
EXTRA_FOR_POOR = 0.03


@dataclass(frozen=True, slots=True)
class Face:
    """What grouping knows of one face. id orders faces; group is the one it is in now, if any.

    pile: faces of one pile are one person, because a person said so.
    """

    id: int
    photo: int
    quality: float
    group: int | None = None
    pile: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around each of n faces, by row: its NEIGHBOURS nearest, and its excess (faces.cohort)."""

    near: Neighbours
    excess: NDArray[np.float32]


def look_around(vectors: NDArray[np.float32], pack: Pack) -> Surroundings:
    """What grouping needs to know of vectors (n, d), L2-normalised; most of its time goes into this."""
    return Surroundings(
        neighbours(vectors, NEIGHBOURS), excess(vectors, draw_cohort(vectors), pack)
    )


def group_faces(
    faces: Sequence[Face],
    vectors: NDArray[np.float32],
    pack: Pack,
    apart: Set[frozenset[int]] = frozenset(),
    around: Surroundings | None = None,
) -> list[list[Face]]:
    """Group all faces afresh. vectors: (n, pack.dimensions), L2-normalised, in the faces' order.

    apart: pairs of piles that a person said are different people. around: what `look_around` found for
    these vectors, where it is at hand; the faces' ids must rise then.
    Returns groups of two faces and more, the largest first; who is in none is left out.
    """
    if not faces:
        return []
    # By id, so that the order in which they came changes nothing.
    ids = np.fromiter((face.id for face in faces), dtype=np.int64, count=len(faces))
    order = np.argsort(ids, kind="stable")
    rows = [faces[at] for at in order.tolist()]
    # A copy, which the clusters then sum up in.
    ordered = np.ascontiguousarray(vectors[order], dtype=np.float32)
    around = around or look_around(ordered, pack)
    threshold = pack.group_threshold(len(rows))
    edges = _edges(around.near, threshold - BELOW)
    clusters = _as_clusters(rows, ordered, around, threshold, apart)
    piled = _join_piles(rows, clusters)
    founders = np.fromiter(
        (face.quality >= pack.found_quality for face in rows), dtype=bool, count=len(rows)
    )
    founders |= piled
    good = founders[edges.one] & founders[edges.other]
    join_all(clusters, Edges(edges.one[good], edges.other[good]), threshold)
    _join_poor(clusters, edges, founders, threshold + EXTRA_FOR_POOR)
    return _as_groups(rows, clusters)


def _as_clusters(
    faces: Sequence[Face],
    vectors: NDArray[np.float32],
    around: Surroundings,
    threshold: float,
    apart: Set[frozenset[int]],
) -> Clusters:
    piles = (-1 if face.pile is None else face.pile for face in faces)
    nearest = around.near.similarities
    return Clusters(
        vectors,
        around.excess,
        crowding(nearest, threshold, usual=usual_nearness(nearest, threshold), faces=len(faces)),
        ids=np.fromiter((face.id for face in faces), dtype=np.int64, count=len(faces)),
        photos=np.fromiter((face.photo for face in faces), dtype=np.int64, count=len(faces)),
        piles=np.fromiter(piles, dtype=np.int64, count=len(faces)),
        apart=apart,
    )


def _edges(near: Neighbours, floor: float) -> Edges:
    """Pairs of rows of which one is among the other's nearest and at least as alike as `floor`."""
    alike = near.similarities >= floor
    one = np.repeat(np.arange(len(alike)), alike.sum(axis=1))
    other = near.rows[alike]
    keys = distinct(np.minimum(one, other) * len(alike) + np.maximum(one, other))
    return Edges(keys // len(alike), keys % len(alike))


def _join_piles(faces: Sequence[Face], clusters: Clusters) -> NDArray[np.bool_]:
    """Join what people put together, whatever it looks like. Returns which faces are in a pile."""
    first: dict[int, int] = {}
    piled = np.zeros(len(faces), dtype=bool)
    for row, face in enumerate(faces):
        if face.pile is None:
            continue
        piled[row] = True
        root = first.get(face.pile)
        first[face.pile] = row if root is None else clusters.join(root, row)
    clusters.settle()
    return piled


def _join_poor(
    clusters: Clusters, edges: Edges, founders: NDArray[np.bool_], threshold: float
) -> None:
    """Each poor face, the best fit first, to a cluster of good ones: it bridges nothing."""
    mixed = founders[edges.one] != founders[edges.other]
    one, other = edges.one[mixed], edges.other[mixed]
    poor = np.where(founders[one], other, one)
    home = clusters.root[np.where(founders[one], one, other)]
    likeness = clusters.likeness(poor, home)
    for place in clusters.order(poor, home, likeness).tolist():
        if likeness[place] < threshold:
            break
        row, root = clusters.find(int(poor[place])), clusters.find(int(home[place]))
        if clusters.size[row] > 1:
            continue
        fits = clusters.likeness(np.array([row]), np.array([root]))[0] >= threshold
        if fits and clusters.may_join(row, root):
            clusters.join(root, row)
    clusters.settle()


def _as_groups(faces: Sequence[Face], clusters: Clusters) -> list[list[Face]]:
    order = np.argsort(clusters.root, kind="stable")
    starts = np.flatnonzero(np.diff(clusters.root[order])) + 1
    groups = [
        [faces[row] for row in part.tolist()] for part in np.split(order, starts) if len(part) > 1
    ]
    return sorted(groups, key=lambda group: (-len(group), group[0].id))


def keep_names(groups: Sequence[Sequence[Face]]) -> list[int | None]:
    """Which existing group each new one carries on: the one most of its faces come from.

    A group that a person was looking at keeps its number; each number is used once, the largest
    overlap first. None where a new number is due.
    """
    overlaps: list[tuple[int, int, int]] = []
    for at, group in enumerate(groups):
        counts: dict[int, int] = {}
        for face in group:
            if face.group is not None:
                counts[face.group] = counts.get(face.group, 0) + 1
        overlaps += [(-count, number, at) for number, count in counts.items()]
    names: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for _, number, at in sorted(overlaps):
        if names[at] is None and number not in taken:
            names[at] = number
            taken.add(number)
    return names
