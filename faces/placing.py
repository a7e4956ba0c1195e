"""Where one new face belongs, without grouping the others again. Pure functions over values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faces.grouping import EXTRA_FOR_POOR, Face
from faces.packs import Pack


@dataclass(frozen=True, slots=True)
class Member:
    """A face near a new one, with the vector (d,) it is compared by.

    excess: faces.cohort. crowding: faces.crowding; of a new face and of a face in no group, else 0.
    """

    face: Face
    vector: NDArray[np.float32]
    excess: float = 0.0
    crowding: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new face belongs: an existing group, or together with a face that is in none yet."""

    group: int | None = None
    partner: int | None = None


def place_face(
    new: Member,
    groups: dict[int, list[Member]],
    loners: Sequence[Member],
    *,
    pack: Pack,
    count: int,
) -> Place:
    """Where one new face goes.

    groups: by number, all members of each group near the face. loners: near faces without a group.
    count: faces in the library, which the threshold grows with. The likeness is that of
    faces.linkage.
    """
    threshold = pack.group_threshold(count)
    founder = new.face.quality >= pack.found_quality
    needed = threshold if founder else threshold + EXTRA_FOR_POOR
    fits = [
        (_likeness(new, members), -number)
        for number, members in groups.items()
        if all(member.face.photo != new.face.photo for member in members)
    ]
    best, minus_number = max(fits, default=(-1.0, 0))
    if best >= needed:
        return Place(group=-minus_number)
    if not founder:
        return Place()
    pairs = [
        (_likeness(new, [member]) - 0.5 * (new.crowding + member.crowding), -member.face.id)
        for member in loners
        if member.face.photo != new.face.photo and member.face.quality >= pack.found_quality
    ]
    best, minus_id = max(pairs, default=(-1.0, 0))
    return Place(partner=-minus_id) if best >= threshold else Place()


def _likeness(new: Member, members: Sequence[Member]) -> float:
    """The same as faces.linkage.Clusters.likeness of one face and a group of m."""
    total = np.sum([member.vector for member in members], axis=0)
    closeness = max(float(np.linalg.norm(total)) * len(members), 1e-6)
    excess = float(np.mean([member.excess for member in members]))
    cosine: float = np.dot(total, new.vector) / closeness**0.5
    return float(cosine) - 0.5 * (new.excess + excess)
