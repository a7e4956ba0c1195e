"""Faces of one photo → people of the gallery. Pure functions over values, no database."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faces.packs import Pack


@dataclass(frozen=True, slots=True)
class Gallery:
    """The templates a photo is compared with: row i of `vectors` (n, d) belongs to `people[i]`."""

    people: tuple[int, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Probe:
    """One face of the photo: its place in the list of faces, and who it cannot be."""

    face: int
    quality: float
    vector: NDArray[np.float32]
    refused: Set[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """This face looks like this person; `sure` where it need not be asked."""

    face: int
    person: int
    sure: bool


def match_faces(
    probes: Sequence[Probe], gallery: Gallery, *, taken: Set[int], pack: Pack
) -> list[Match]:
    """Give each face at most one person and each person at most one face, the most alike first.

    taken: people who are in this photo already, at another face.
    A person's similarity to a face is that of their nearest template.
    """
    candidates = []
    for probe in probes:
        scores = _scores(probe, gallery, taken)
        for person, score in scores.items():
            if score >= pack.ask:
                rival = max((s for p, s in scores.items() if p != person), default=-1.0)
                candidates.append((score, rival, probe, person))
    candidates.sort(key=lambda entry: (-entry[0], entry[2].face, entry[3]))
    matches: list[Match] = []
    for score, rival, probe, person in candidates:
        if any(match.face == probe.face or match.person == person for match in matches):
            continue
        sure = (
            score >= pack.auto
            and score - rival >= pack.margin
            and probe.quality >= pack.auto_quality
        )
        matches.append(Match(probe.face, person, sure))
    return matches


def _scores(probe: Probe, gallery: Gallery, taken: Set[int]) -> dict[int, float]:
    """For each person this face can be: the cosine with their nearest template."""
    scores: dict[int, float] = {}
    if not gallery.people:
        return scores
    for person, cosine in zip(gallery.people, gallery.vectors @ probe.vector, strict=True):
        if person not in taken and person not in probe.refused:
            scores[person] = max(scores.get(person, -1.0), float(cosine))
    return scores
