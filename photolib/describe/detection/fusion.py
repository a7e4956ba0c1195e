"""Several looks at one picture made into one list: what more looks see is surer.

The mean of the scores over the looks that can tell, with 0 for one that missed it, and the mean of the
boxes by score. Source: Solovyev et al. 2021 (weighted boxes fusion), here without their correction for
missing looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from photolib.describe.boxes import Box
from photolib.describe.detection.found import SeenObject
from photolib.describe.detection.looks import Look
from photolib.describe.vocabulary import PERSON

# Boxes of one label that share more than this are one thing seen twice.
SAME_THING = 0.45
# A box around a whole group holds at least this many others, each with this much of itself.
GROUP_SIZE = 2
GROUP_PART = 0.7


@dataclass(slots=True)
class _Thing:
    """What several looks seem to have seen: by look, the best score; the mean box, and its weight."""

    label: str
    box: Box
    weight: float
    scores: dict[int, float] = field(default_factory=dict)

    def take_in(self, look: int, one: SeenObject) -> None:
        if look not in self.scores:
            whole = self.weight + one.confidence
            self.box = _between(self.box, one.box, one.confidence / whole)
            self.weight = whole
        self.scores[look] = max(self.scores.get(look, 0.0), one.confidence)

    def seen_by(self, looks: Sequence[Look]) -> SeenObject:
        """The thing with the mean score of the looks that can tell of one like it; 0 where none can."""
        asked = [
            self.scores.get(at, 0.0)
            for at, look in enumerate(looks)
            if look.can_tell(self.label, self.box)
        ]
        return SeenObject(self.label, self.box, sum(asked) / len(asked) if asked else 0.0)


def fuse(looks: Sequence[Look], *, kept_from: float) -> list[SeenObject]:
    """One list of what the looks saw, the surest first, without what the mean leaves below `kept_from`."""
    things: list[_Thing] = []
    for look, one in sorted(_numbered(looks), key=_surest_first):
        alike = [thing for thing in things if thing.label == one.label]
        nearest = max(alike, key=lambda thing: thing.box.overlap(one.box), default=None)
        if nearest is not None and nearest.box.overlap(one.box) > SAME_THING:
            nearest.take_in(look, one)
        else:
            things.append(_Thing(one.label, one.box, one.confidence, {look: one.confidence}))
    fused = [thing.seen_by(looks) for thing in things]
    return sorted((one for one in fused if one.confidence >= kept_from), key=_order)


def drop_group_boxes(seen: list[SeenObject], *, members_from: float) -> list[SeenObject]:
    """Without the one box that a network sometimes draws around several people.

    members_from: the score from which a person inside such a box counts as one of them.
    """
    people = [one for one in seen if one.label == PERSON and one.confidence >= members_from]

    def is_group(one: SeenObject) -> bool:
        members = [
            other
            for other in people
            if other is not one and other.box.part_inside(one.box) >= GROUP_PART
        ]
        return one.label == PERSON and len(members) >= GROUP_SIZE

    return [one for one in seen if not is_group(one)]


def _numbered(looks: Sequence[Look]) -> list[tuple[int, SeenObject]]:
    return [(at, one) for at, look in enumerate(looks) for one in look.seen]


def _surest_first(numbered: tuple[int, SeenObject]) -> tuple[float, int, str, float, float]:
    look, one = numbered
    return -one.confidence, look, one.label, one.box.left, one.box.top


def _order(one: SeenObject) -> tuple[float, str, float, float]:
    return -one.confidence, one.label, one.box.left, one.box.top


def _between(one: Box, other: Box, part: float) -> Box:
    """The box that lies this part of the way from the one to the other."""
    return Box(
        one.left + (other.left - one.left) * part,
        one.top + (other.top - one.top) * part,
        one.width + (other.width - one.width) * part,
        one.height + (other.height - one.height) * part,
    )
