"""What analysers may say they saw: our own stable ids, whatever the model calls them.

The words for each id stand in one table a language (vocabulary_en, vocabulary_fr). Of a person the
vocabulary knows that it is a person: no gender, no age, no origin, no mood (banned.py).
"""

from dataclasses import dataclass
from enum import StrEnum

PERSON = "person"


class Kind(StrEnum):
    PERSON = "person"
    ANIMAL = "animal"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Label:
    """One thing that can be seen.

    coco: its number in the COCO data set (1..90), as the SSD model gives it.
    weight: 3 says what is going on (a cake), 2 is worth saying, 1 is furniture of a scene (a fork).
    """

    id: str
    kind: Kind
    coco: int
    weight: int = 2


def _labels(kind: Kind, weight: int, ids: dict[str, int]) -> dict[str, Label]:
    return {name: Label(name, kind, number, weight) for name, number in ids.items()}


LABELS: dict[str, Label] = {
    **_labels(Kind.PERSON, 3, {PERSON: 1}),
    **_labels(
        Kind.ANIMAL,
        3,
        {
            "bird": 16,
            "cat": 17,
            "dog": 18,
            "horse": 19,
            "sheep": 20,
            "cow": 21,
            "elephant": 22,
            "bear": 23,
            "zebra": 24,
            "giraffe": 25,
        },
    ),
    **_labels(
        Kind.THING,
        3,
        {
            "bicycle": 2,
            "motorcycle": 4,
            "airplane": 5,
            "bus": 6,
            "train": 7,
            "boat": 9,
            "frisbee": 34,
            "skis": 35,
            "snowboard": 36,
            "ball": 37,
            "kite": 38,
            "baseball_bat": 39,
            "skateboard": 41,
            "surfboard": 42,
            "tennis_racket": 43,
            "sandwich": 54,
            "hot_dog": 58,
            "pizza": 59,
            "donut": 60,
            "cake": 61,
            "teddy_bear": 88,
        },
    ),
    **_labels(
        Kind.THING,
        2,
        {
            "car": 3,
            "truck": 8,
            "bench": 15,
            "backpack": 27,
            "umbrella": 28,
            "suitcase": 33,
            "baseball_glove": 40,
            "wine_glass": 46,
            "banana": 52,
            "apple": 53,
            "orange": 55,
            "broccoli": 56,
            "carrot": 57,
            "couch": 63,
            "bed": 65,
            "table": 67,
            "toilet": 70,
            "tv": 72,
            "laptop": 73,
            "phone": 77,
            "oven": 79,
            "refrigerator": 82,
            "book": 84,
            "clock": 85,
            "vase": 86,
        },
    ),
    **_labels(
        Kind.THING,
        1,
        {
            "traffic_light": 10,
            "fire_hydrant": 11,
            "stop_sign": 13,
            "parking_meter": 14,
            "handbag": 31,
            "tie": 32,
            "bottle": 44,
            "cup": 47,
            "fork": 48,
            "knife": 49,
            "spoon": 50,
            "bowl": 51,
            "chair": 62,
            "potted_plant": 64,
            "mouse": 74,
            "remote": 75,
            "keyboard": 76,
            "microwave": 78,
            "toaster": 80,
            "sink": 81,
            "scissors": 87,
            "hair_dryer": 89,
            "toothbrush": 90,
        },
    ),
}

BY_COCO: dict[int, Label] = {label.coco: label for label in LABELS.values()}

# What shows pictures of people: a face in one of these is no guest.
SCREENS = frozenset({"tv", "laptop", "phone", "book"})


@dataclass(frozen=True, slots=True)
class Noun:
    """The words for one label in one language.

    one: with its article ("a dog", "some broccoli"); many: after a number ("dogs"), empty for what
    is not counted. also: further words that people search by.
    """

    one: str
    many: str
    also: tuple[str, ...] = ()
