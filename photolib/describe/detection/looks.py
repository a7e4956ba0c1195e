"""One look at a picture, and what each look can tell of: not every look can see everything.

The sizes were chosen on marked photos (docs/models.md, "Objects"): box by box, small people are told best by
the two looks that see them larger, and everything else by the three that see the whole picture.
"""

from dataclasses import dataclass
from enum import Enum

from photolib.describe.boxes import Box
from photolib.describe.detection.found import SeenObject
from photolib.describe.vocabulary import PERSON

# The side of a square as large as the box, in fractions of the picture. A small person has 20 pixels of
# SSD's 300 and 33 of 480; anything from 0.06 to 0.08 counts the same people.
SMALL_PERSON = 0.07
# From a third of the picture's side on, both of SSD's looks are at their best.
LARGE_THING = 0.35


class Sort(Enum):
    """What a look is for."""

    SMALL_PERSON = "a person in the distance"
    LARGE_THING = "an animal or a thing that fills much of the picture"
    OTHER = "everything else"


EVERYTHING = frozenset(Sort)
ALL_BUT_SMALL_PEOPLE = EVERYTHING - {Sort.SMALL_PERSON}


@dataclass(frozen=True, slots=True)
class Look:
    """What one look saw, and of which sorts it can tell that they are there, or are not."""

    seen: list[SeenObject]
    sorts: frozenset[Sort] = EVERYTHING

    def can_tell(self, label: str, box: Box) -> bool:
        return sort_of(label, box) in self.sorts


def sort_of(label: str, box: Box) -> Sort:
    """The sort that a thing of this label and size is of."""
    if label == PERSON:
        return Sort.SMALL_PERSON if box.side < SMALL_PERSON else Sort.OTHER
    return Sort.LARGE_THING if box.side >= LARGE_THING else Sort.OTHER
