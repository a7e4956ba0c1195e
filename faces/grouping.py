"""Unknown faces → groups that look like one person each. Pure functions over values, no database.

The rule is average linkage under constraints: two groups are joined, the most alike first, while the
mean similarity of all pairs between them stays above the pack's threshold for this many faces, and
never when a photo would then hold the same person twice. Only good faces make groups; the others
join the group they fit. The same faces give the same groups, in whatever order they come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from faces.packs import Pack
from faces.vector_index import VectorIndex

# Neighbours looked at for each face: more than the photos of one person that matter to a first edge.
NEIGHBOURS = 40
# A face that is not good enough to found a group must fit it this much better to join.
EXTRA_FOR_POOR = 0.03


@dataclass(frozen=True, slots=True)
class Face:
    """What grouping knows of one face. id orders faces; group is the one it is in now, if any."""

    id: int
    photo: int
    quality: float
    group: int | None = None


@dataclass(slots=True)
class _Cluster:
    """Faces that are one person so far: rows of the vectors, their sum, the photos they are in."""

    rows: list[int]
    total: NDArray[np.float32]
    photos: set[int] = field(default_factory=set)

    def similarity(self, other: "_Cluster") -> float:
        """The mean cosine over all pairs between the two: a dot product of sums of unit vectors."""
        pairs = len(self.rows) * len(other.rows)
        return float(np.dot(self.total, other.total)) / pairs

    def absorb(self, other: "_Cluster") -> None:
        self.rows += other.rows
        self.total = self.total + other.total
        self.photos |= other.photos


def group_faces(
    faces: Sequence[Face], vectors: NDArray[np.float32], pack: Pack
) -> list[list[Face]]:
    """Group all faces afresh. vectors: (n, pack.dimensions), L2-normalised, in the faces' order.

    Returns groups of two faces and more, the largest first; who is in none is left out.
    """
    if not faces:
        return []
    threshold = pack.group_threshold(len(faces))
    clusters = [
        _Cluster([row], vectors[row].copy(), {face.photo}) for row, face in enumerate(faces)
    ]
    home = list(range(len(faces)))
    edges = _edges(faces, vectors, threshold)
    founders = [face.quality >= pack.found_quality for face in faces]
    good = [(a, b) for a, b in edges if founders[a] and founders[b]]
    while _join(good, clusters, home, threshold):
        pass
    # Then each poor face, the best fit first, to a group of good ones: it bridges nothing.
    for a, b in edges:
        poor, friend = (a, b) if founders[b] else (b, a)
        if founders[friend] and not founders[poor] and len(clusters[home[poor]].rows) == 1:
            _join([(poor, friend)], clusters, home, threshold + EXTRA_FOR_POOR)
    groups = [
        [faces[row] for row in sorted(clusters[at].rows, key=lambda row: faces[row].id)]
        for at in sorted(set(home))
        if len(clusters[at].rows) > 1
    ]
    return sorted(groups, key=lambda group: (-len(group), group[0].id))


def _edges(
    faces: Sequence[Face], vectors: NDArray[np.float32], threshold: float
) -> list[tuple[int, int]]:
    """Pairs of rows that are near, of different photos, the most alike first."""
    index = VectorIndex(vectors.shape[1])
    index.add(range(len(faces)), vectors)
    found: dict[tuple[int, int], float] = {}
    for row, hits in enumerate(index.search(vectors, NEIGHBOURS + 1)):
        for hit in hits:
            if hit.similarity >= threshold and faces[hit.id].photo != faces[row].photo:
                found[min(row, hit.id), max(row, hit.id)] = hit.similarity
    # Ties are broken by the faces' own ids, not by the order in which they came.
    return sorted(
        found, key=lambda pair: (-found[pair], *sorted((faces[pair[0]].id, faces[pair[1]].id)))
    )


def _join(
    edges: Sequence[tuple[int, int]], clusters: list[_Cluster], home: list[int], threshold: float
) -> int:
    """Join clusters along the edges where the rule allows it; how many were joined."""
    joined = 0
    for a, b in edges:
        one, other = clusters[home[a]], clusters[home[b]]
        if one is other or not one.photos.isdisjoint(other.photos):
            continue
        if one.similarity(other) < threshold:
            continue
        target = home[a]
        one.absorb(other)
        for row in other.rows:
            home[row] = target
        joined += 1
    return joined


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


@dataclass(frozen=True, slots=True)
class Member:
    """A face near a new one, with the vector it is compared by."""

    face: Face
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new face belongs: an existing group, or together with a face that is in none yet."""

    group: int | None = None
    partner: int | None = None


def place_face(
    face: Face,
    vector: NDArray[np.float32],
    groups: dict[int, list[Member]],
    loners: Sequence[Member],
    *,
    pack: Pack,
    count: int,
) -> Place:
    """Where one new face goes, without grouping the others again.

    groups: by number, all members of each group near the face. loners: near faces without a group.
    count: faces in the library, which the threshold grows with.
    """
    threshold = pack.group_threshold(count)
    founder = face.quality >= pack.found_quality
    needed = threshold if founder else threshold + EXTRA_FOR_POOR
    fits = [
        (float(np.mean([np.dot(member.vector, vector) for member in members])), -number)
        for number, members in groups.items()
        if all(member.face.photo != face.photo for member in members)
    ]
    best, minus_number = max(fits, default=(-1.0, 0))
    if best >= needed:
        return Place(group=-minus_number)
    if not founder:
        return Place()
    pairs = [
        (float(np.dot(member.vector, vector)), -member.face.id)
        for member in loners
        if member.face.photo != face.photo and member.face.quality >= pack.found_quality
    ]
    best, minus_id = max(pairs, default=(-1.0, 0))
    return Place(partner=-minus_id) if best >= threshold else Place()
