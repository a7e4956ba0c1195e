"""From which score something may be said: chosen on marked photos, tried on photos not chosen by.

Two groups, for no single label has examples enough: people as such, and all other things. A threshold is
chosen on four fifths of the photos as the lowest score from which the claims are as right as is asked for,
again and again with other folds; what 95 in 100 of the choices stay under is taken, and each choice is
tried on the fifth that it had not seen.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

from photolib.bench.scorecard.evidence import Seen
from photolib.bench.scorecard.judging import is_there, meant_by
from photolib.bench.scorecard.shares import Share, share_over_photos
from photolib.bench.scorecard.truth import Marked
from photolib.describe.models import FactKind
from photolib.describe.vocabulary import PERSON

FOLDS, REPEATS, SEED = 5, 200, 1
STAY_UNDER = 0.95
PEOPLE, THINGS = "person", "thing"
# Above every score: nothing is said.
NEVER = 1.01


@dataclass(frozen=True, slots=True)
class Scored:
    """What one fact would claim. photo: its place in the list. first: of its label in the photo."""

    photo: int
    label: str
    score: float
    right: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A threshold with its evidence. chosen: on all photos. held_out: precision where it was not chosen."""

    threshold: float
    target: float
    claims: int
    precision: Share
    held_out: Share

    def as_figures(self) -> dict[str, Any]:
        return {
            "threshold": self.threshold,
            "target": self.target,
            "claims": self.claims,
            **self.precision.as_figures("precision"),
            **self.held_out.as_figures("held_out_precision"),
        }


def calibrate(
    photos: Sequence[Marked],
    seen: Mapping[Path, Seen],
    *,
    said_target: float,
    hedged_target: float,
) -> dict[str, Any]:
    """By group, the thresholds `said` and `hedged` with their evidence; photos: how many were marked."""
    marked = [photo for photo in photos if photo.marked]
    claims = [
        claim for at, photo in enumerate(marked) for claim in scored(at, seen[photo.file], photo)
    ]
    groups = {
        PEOPLE: [one for one in claims if one.label == PERSON],
        THINGS: [one for one in claims if one.label != PERSON],
    }
    return {
        "calibration": "descriptions",
        "photos": len(marked),
        "groups": {
            name: _choose_both(some, len(marked), said_target, hedged_target)
            for name, some in groups.items()
        },
    }


def scored(at: int, seen: Seen, marked: Marked) -> list[Scored]:
    """The facts about things of one photo that COCO's marks can judge, the surest first."""
    count: Counter[str] = Counter()
    claims = []
    objects = [fact for fact in seen.facts if fact.kind == FactKind.OBJECT]
    for fact in sorted(objects, key=lambda fact: fact.confidence, reverse=True):
        means = meant_by(fact.label)
        if means:
            count[fact.label] += 1
            nth = count[fact.label]
            right = is_there(means, nth, marked)
            claims.append(Scored(at, fact.label, fact.confidence, right, nth == 1))
    return claims


def _choose_both(
    claims: Sequence[Scored], photos: int, said_target: float, hedged_target: float
) -> dict[str, Any]:
    said = choose(claims, photos, target=said_target)
    below = [one for one in claims if one.score < said.threshold]
    hedged = choose(below, photos, target=hedged_target)
    return {
        "said_from": said.threshold,
        "hedged_from": min(hedged.threshold, said.threshold),
        "said": said.as_figures(),
        "hedged": hedged.as_figures(),
    }


def choose(claims: Sequence[Scored], photos: int, *, target: float) -> Choice:
    """The threshold for these claims, by repeated cross-validation over the photos."""
    chosen: list[float] = []
    held_out: list[Scored] = []
    for unseen in _folds(photos):
        threshold = lowest([one for one in claims if one.photo not in unseen], target)
        chosen.append(threshold)
        held_out += [one for one in claims if one.photo in unseen and one.score >= threshold]
    threshold = _rounded_up(sorted(chosen)[int(STAY_UNDER * len(chosen))])
    said = [one for one in claims if one.score >= threshold]
    return Choice(threshold, target, len(said), _precision(said), _precision(held_out))


def _folds(photos: int) -> Iterable[frozenset[int]]:
    random = Random(SEED)  # noqa: S311 folds, not secrets: the same every time
    order = list(range(photos))
    for _repeat in range(REPEATS):
        random.shuffle(order)
        for fold in range(FOLDS):
            yield frozenset(order[fold::FOLDS])


def lowest(claims: Iterable[Scored], target: float) -> float:
    """The lowest score from which the claims are as right as `target` asks; NEVER where none is."""
    found, right = NEVER, 0
    for count, claim in enumerate(sorted(claims, key=lambda one: (-one.score, one.right)), start=1):
        right += claim.right
        if right / count >= target:
            found = claim.score
    return found


def _precision(claims: Iterable[Scored]) -> Share:
    counts: Counter[int] = Counter()
    rights: Counter[int] = Counter()
    for claim in claims:
        counts[claim.photo] += 1
        rights[claim.photo] += claim.right
    return share_over_photos([(rights[at], counts[at]) for at in counts])


def _rounded_up(threshold: float) -> float:
    """To hundredths, never to less."""
    return ceil(round(threshold * 100, 6)) / 100
