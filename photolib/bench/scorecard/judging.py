"""Whether each claim of a description is right, by what people marked in the photo.

A claim is one thing, once: "two cups" makes two, that there is a cup and that there are two. The n-th
claim of a label is right if at least n are marked, or a crowd of them is (COCO's `iscrowd`: too many to
count). Judged is what COCO's marks can tell:

- a label that COCO has ("dog");
- a broader one ("an animal"), which is right if anything below it is marked, and else counts as wrong,
  though it may be an animal that COCO does not mark;
- a narrower one ("a goose"), as what COCO has above it: without a bird it is wrong.

All others ("a beach", "smiling") are left unjudged and counted apart.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from photolib.bench.scorecard.evidence import Claimed, Seen
from photolib.bench.scorecard.truth import Marked
from photolib.describe.vocabulary import LABELS, PERSON, broader_than
from photolib.describe.vocabulary.coco import COCO

_MARKED_BY_COCO = frozenset(COCO.values())
_BELOW: dict[str, frozenset[str]] = {
    label: frozenset(one for one in _MARKED_BY_COCO if label in broader_than(one))
    for label in LABELS
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim. means: the labels of COCO of which one has to be there. nth: of its label."""

    label: str
    means: frozenset[str]
    nth: int
    hedged: bool
    right: bool


@dataclass(frozen=True, slots=True)
class People:
    """How many people one photo is said to show, and how many are marked.

    crowd: more are marked than anybody counted. at_least: it is said that there may be more.
    """

    said: int
    at_least: bool
    there: int
    crowd: bool

    @property
    def any_there(self) -> bool:
        return self.there > 0 or self.crowd

    @property
    def error(self) -> int:
        """How many too many are said; below 0 too few. A crowd asks for those who are marked, or more.

        Where a crowd is marked, "at least" is right with any number, for nobody has counted.
        """
        if self.crowd and self.said and (self.at_least or self.said >= self.there):
            return 0
        if self.crowd:
            return self.said - max(self.there, 1)
        return self.said - self.there


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is judged of one photo. unjudged: claims that its marks cannot tell anything of."""

    claims: tuple[Judged, ...]
    unjudged: int
    people: People
    kinds: frozenset[str]

    def of(self, *, hedged: bool) -> list[Judged]:
        return [claim for claim in self.claims if claim.hedged == hedged]

    def said_kinds(self, *, with_hedges: bool) -> frozenset[str]:
        """The marked kinds of things that are named, by their own name or a narrower one."""
        named = {
            label
            for claim in self.claims
            if claim.right and len(claim.means) == 1 and (with_hedges or not claim.hedged)
            for label in claim.means
        }
        return self.kinds & named


def judge(seen: Seen, marked: Marked) -> Verdict:
    """The claims of one photo, the asserted ones first, as its description has them."""
    count: Counter[str] = Counter()
    judged = []
    unjudged = 0
    for claim in sorted(seen.claims, key=lambda one: one.hedged):
        means = meant_by(claim.label)
        if not means:
            unjudged += 1
            continue
        count[claim.label] += 1
        nth = count[claim.label]
        judged.append(Judged(claim.label, means, nth, claim.hedged, is_there(means, nth, marked)))
    return Verdict(tuple(judged), unjudged, _people(seen.claims, marked), marked.kinds)


def meant_by(label: str) -> frozenset[str]:
    """The labels of COCO of which at least one must be marked; empty where COCO can tell nothing."""
    if label in _MARKED_BY_COCO:
        return frozenset({label})
    if label not in LABELS:
        return frozenset()
    for above in broader_than(label):
        if above in _MARKED_BY_COCO:
            return frozenset({above})
    return _BELOW[label]


def is_there(means: frozenset[str], nth: int, marked: Marked) -> bool:
    """Whether at least `nth` of what is meant are marked, or a crowd of them."""
    if means & marked.crowds:
        return True
    return sum(marked.holds(label) for label in means) >= nth


def _people(claims: Sequence[Claimed], marked: Marked) -> People:
    said = _count(claims, hedged=False)
    return People(
        said=said,
        at_least=said > 0 and _count(claims, hedged=True) > 0,
        there=marked.holds(PERSON),
        crowd=PERSON in marked.crowds,
    )


def _count(claims: Iterable[Claimed], *, hedged: bool) -> int:
    return sum(claim.label == PERSON and claim.hedged == hedged for claim in claims)
