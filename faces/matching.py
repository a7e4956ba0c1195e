"""Faces of one photo → people of the gallery. Pure functions over values, no database.

Who a face may be is asked from a low likeness on; what is written without asking has to be sure, and
surer where mistakes are likely: children, people of one age, people who look alike, old pictures, and
templates that none of the same person bears out. The values stand in the pack, their reasons in
docs/models.md.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from faces.packs import Pack
from photolib.consent.ages import age_on

# Faces below this age were measured as the hardest to tell apart (docs/models.md).
CHILD_YEARS = 13
# Born so close together, brothers, sisters and cousins are children at the same time.
PEER_YEARS = 5
# A grown-up's face of so long ago only asks.
ADULT_YEARS = 20
_GROWN = 18
_YEAR = 366  # days: a whole year, leap or not


@dataclass(frozen=True, slots=True)
class Gallery:
    """The templates a photo is compared with: row i of `vectors` (n, d) belongs to `people[i]`.

    days: when the photo of each template was taken, None where that is not known; empty: of none.
    among: how many templates there are, where these are only those near the face.
    birthdays: by person, of those whose birthday is known.
    """

    people: tuple[int, ...]
    vectors: NDArray[np.float32]
    days: tuple[date | None, ...] = ()
    birthdays: Mapping[int, date] = field(default_factory=dict)
    among: int = 0

    def rows_of(self, person: int) -> list[int]:
        return [row for row, somebody in enumerate(self.people) if somebody == person]


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
    probes: Sequence[Probe],
    gallery: Gallery,
    *,
    taken: Set[int],
    pack: Pack,
    day: date | None = None,
) -> list[Match]:
    """Give each face at most one person and each person at most one face, the most alike first.

    taken: people who are in this photo already, at another face. day: when the photo was taken, None
    where that is not known.
    A person's similarity to a face is that of their nearest template.
    """
    scores = {probe.face: _scores(probe, gallery, taken) for probe in probes}
    least = pack.ask_among(max(len(gallery.people), gallery.among))
    candidates = [
        (score, probe, person)
        for probe in probes
        for person, score in scores[probe.face].items()
        if score >= least
    ]
    candidates.sort(key=lambda entry: (-entry[0], entry[1].face, entry[2]))
    matches: list[Match] = []
    for _score, probe, person in candidates:
        if any(match.face == probe.face or match.person == person for match in matches):
            continue
        rivals = {other: s for other, s in scores[probe.face].items() if other != person}
        sure = probe.quality >= pack.auto_quality and _is_sure(
            probe, person, rivals, gallery, day, pack
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


def _is_sure(
    probe: Probe,
    person: int,
    rivals: Mapping[int, float],
    gallery: Gallery,
    day: date | None,
    pack: Pack,
) -> bool:
    """Whether the face is like enough to this person, and unlike enough to everybody else."""
    score = _backed_score(probe, person, gallery, day, pack)
    if score < _least(person, rivals, gallery, day, pack):
        return False
    strict = _may_be_a_child(person, gallery, day)
    return all(
        score - rival >= _margin(person, other, strict, gallery, pack)
        for other, rival in rivals.items()
        if score - rival < max(pack.strict_margin, pack.margin_between(1.0))
    )


def _backed_score(
    probe: Probe, person: int, gallery: Gallery, day: date | None, pack: Pack
) -> float:
    """The cosine with the nearest template that may speak without asking; -1 where there is none.

    One that resembles no other template of its person may be of somebody else, whom a slip of the hand
    gave this name: it only asks. So does one from another time of a face that has changed since.
    """
    rows = gallery.rows_of(person)
    vectors = gallery.vectors[rows]
    backed = np.ones(len(rows), dtype=bool)
    if len(rows) > 1:
        alike = vectors @ vectors.T
        np.fill_diagonal(alike, -1.0)
        backed = alike.max(axis=1) >= pack.ask
    if gallery.days:
        birthday = gallery.birthdays.get(person)
        backed &= [_same_time(birthday, day, gallery.days[row]) for row in rows]
    cosines = vectors @ probe.vector
    return float(cosines[backed].max()) if backed.any() else -1.0


def _same_time(birthday: date | None, day: date | None, other: date | None) -> bool:
    """Whether a face has hardly changed between two days: within a third of the age that a child had on
    the earlier one, a year at least; within 20 years for grown-ups and where no birthday is known."""
    if day is None or other is None:
        return True
    age = _GROWN if birthday is None else age_on(birthday, min(day, other))
    years = ADULT_YEARS if age >= _GROWN else max(1.0, age / 3)
    return abs((day - other).days) <= years * _YEAR


def _least(
    person: int, rivals: Mapping[int, float], gallery: Gallery, day: date | None, pack: Pack
) -> float:
    """The similarity that is needed: more for children, and against somebody of the same age."""
    if _may_be_a_child(person, gallery, day):
        return max(pack.auto, pack.child_auto)
    second = max(rivals, key=lambda other: (rivals[other], -other), default=None)
    if second is not None and rivals[second] >= pack.near and _peers(person, second, gallery):
        return max(pack.auto, pack.peer_auto)
    return pack.auto


def _margin(person: int, other: int, strict: bool, gallery: Gallery, pack: Pack) -> float:
    """By how much this person must be ahead of another: more, the more the two look alike."""
    alike = gallery.vectors[gallery.rows_of(person)] @ gallery.vectors[gallery.rows_of(other)].T
    margin = pack.margin_between(float(alike.max()))
    return max(margin, pack.strict_margin) if strict or _peers(person, other, gallery) else margin


def _may_be_a_child(person: int, gallery: Gallery, day: date | None) -> bool:
    """A photo whose day is not known may be of any time: then everybody with a birthday may be one."""
    birthday = gallery.birthdays.get(person)
    if birthday is None:
        return False
    return day is None or age_on(birthday, day) < CHILD_YEARS


def _peers(person: int, other: int, gallery: Gallery) -> bool:
    one, two = gallery.birthdays.get(person), gallery.birthdays.get(other)
    return one is not None and two is not None and abs((one - two).days) <= PEER_YEARS * _YEAR
