"""What may be said to be in a photo: our own stable ids, whatever a model calls them.

The table is in concepts, the models' numbers in coco and imagenet, the words of each language in
words_en and its sisters. Of a person the vocabulary knows that it is a person: no gender, no age, no
origin, no mood (describe.banned).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from photolib.describe.vocabulary.coco import COCO
from photolib.describe.vocabulary.concepts import CONCEPTS
from photolib.describe.vocabulary.imagenet import SAID, numbers

PERSON = "person"


class Kind(StrEnum):
    PERSON = "person"
    ANIMAL = "animal"
    PLANT = "plant"
    FOOD = "food"
    VEHICLE = "vehicle"
    PLACE = "place"  # where the photo is: said as "on a beach", not among the things
    BUILDING = "building"
    GARMENT = "garment"
    INSTRUMENT = "instrument"
    TOY = "toy"
    SPORT = "sport"
    FURNITURE = "furniture"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Label:
    """One concept.

    broader: the id of what it is a kind of ("dog" → "animal"), or empty.
    weight: 3 says what is going on (a cake), 2 is worth saying, 1 is furniture of a scene (a fork).
    """

    id: str
    kind: Kind
    broader: str
    weight: int


LABELS: dict[str, Label] = {
    name: Label(name, Kind(kind), broader, weight)
    for kind, broader, weight, names in CONCEPTS
    for name in names.split()
}

# The models' numbers: COCO's 1..90, ImageNet's 0..999 (those of which something may be said).
BY_COCO: dict[int, Label] = {number: LABELS[name] for number, name in COCO.items()}
BY_IMAGENET: dict[int, Label] = {
    number: LABELS[name] for name, classes in SAID.items() for number in numbers(classes)
}

# What shows pictures of people: a face in one of these is no guest.
SCREENS = frozenset({"tv", "laptop", "computer", "phone", "book"})


def broader_than(label: str) -> Iterator[str]:
    """The concepts above this one, the nearest first: "ladybird" gives beetle, insect, animal."""
    above = LABELS[label].broader
    while above:
        yield above
        above = LABELS[above].broader
