"""What the detector's claims are worth, on photos whose things people have marked.

A claim is one thing of a photo's description: "two cups" makes two claims, the first that there is a
cup, the second that there are two. It is right if the marks hold at least that many (or mark a crowd).
Coverage counts kinds of things, once a photo.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from photolib.describe.object_detector import detector
from photolib.describe.thresholds import HEDGED_FROM, said_from
from photolib.describe.vocabulary import LABELS

# COCO's names where ours differ by more than the space between two words.
OURS = {
    "dining table": "table",
    "cell phone": "phone",
    "sports ball": "ball",
    "hair drier": "hair_dryer",
}
FOLDS, REPEATS = 5, 200


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim, with the detector's score and whether it is right."""

    photo: str
    label: str
    score: float
    right: bool
    first: bool  # the first of its label in its photo


@dataclass(frozen=True, slots=True)
class Evidence:
    """All claims on the marked photos, and how many kinds of things are in each of them."""

    claims: tuple[Judged, ...]
    kinds: int
    marked: int  # photos with marks
    photos: int
    described: int  # photos of which something is said, with a hedge or without


def gather(shared: Path) -> Evidence:
    claims: list[Judged] = []
    kinds = marked = photos = described = 0
    for entry in json.loads((shared / "photos" / "truth.json").read_text()):
        seen = detector.detect(np.asarray(Image.open(shared / entry["file"]).convert("RGB")))
        photos += 1
        described += any(one.confidence >= HEDGED_FROM for one in seen)
        if not entry["objects"]:
            continue
        marked += 1
        there = Counter(ours(thing["label"]) for thing in entry["objects"])
        crowds = {ours(thing["label"]) for thing in entry["objects"] if thing["iscrowd"]}
        kinds += len(there)
        said: Counter[str] = Counter()
        for one in seen:
            said[one.label] += 1
            right = there[one.label] >= said[one.label] or one.label in crowds
            first = said[one.label] == 1
            claims.append(Judged(entry["file"], one.label, one.confidence, right, first))
    return Evidence(tuple(claims), kinds, marked, photos, described)


def ours(coco: str) -> str:
    label = OURS.get(coco, coco.replace(" ", "_"))
    if label not in LABELS:
        raise ValueError(f"No label of ours for COCO's {coco}")
    return label


def asserted(claims: Iterable[Judged]) -> list[Judged]:
    return [claim for claim in claims if claim.score >= said_from(claim.label)]


def hedged(claims: Iterable[Judged]) -> list[Judged]:
    return [claim for claim in claims if HEDGED_FROM <= claim.score < said_from(claim.label)]


def precision(claims: Sequence[Judged]) -> float:
    return sum(claim.right for claim in claims) / len(claims) if claims else 1.0


def coverage(evidence: Evidence, claims: Iterable[Judged]) -> float:
    """Of the kinds of things that are there, how many are said."""
    return sum(claim.first and claim.right for claim in claims) / evidence.kinds


def wilson(claims: Sequence[Judged]) -> tuple[float, float]:
    """The 95 % interval of the precision (Wilson 1927)."""
    n, p, z = len(claims), precision(claims), 1.96
    middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def cross_validate(claims: Sequence[Judged], *, target: float) -> tuple[float, float]:
    """Choose a threshold on four fifths of the photos, try it on the last fifth; again and again.

    Returns the threshold that 95 in 100 choices stay under, and the precision on what the choice had
    not seen.
    """
    random = Random(1)  # noqa: S311 folds, not secrets: the same every time
    photos = sorted({claim.photo for claim in claims})
    chosen: list[float] = []
    held_out: list[Judged] = []
    for _repeat in range(REPEATS):
        random.shuffle(photos)
        for fold in range(FOLDS):
            unseen = set(photos[fold::FOLDS])
            threshold = _lowest([one for one in claims if one.photo not in unseen], target)
            chosen.append(threshold)
            held_out += [one for one in claims if one.photo in unseen and one.score >= threshold]
    return sorted(chosen)[int(0.95 * len(chosen))], precision(held_out)


def _lowest(claims: Sequence[Judged], target: float) -> float:
    """The lowest score from which the claims are as right as `target` asks."""
    lowest, right = 1.0, 0
    for count, claim in enumerate(sorted(claims, key=lambda one: -one.score), start=1):
        right += claim.right
        if right / count >= target:
            lowest = claim.score
    return lowest
