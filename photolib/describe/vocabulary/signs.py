"""Ids of what is seen in a photo beside its things: postures, the light, the kind of picture and the like.

Nothing here tells of a mood, an age or a body (describe.banned). The words for them are each grammar's.
"""

from enum import StrEnum


class Posture(StrEnum):
    """How the body of a person lies: the fact's box is that person's."""

    STANDING = "standing"
    SITTING = "sitting"
    LYING = "lying"


class Smile(StrEnum):
    """What a mouth does that can be seen, never what somebody feels: the fact's box is the face's."""

    SMILING = "smiling"


class Text(StrEnum):
    READ = "text"
    # There is writing, in letters that cannot be read here.
    UNREAD = "unread_text"
    # A name of a maker, a shop or a thing of the family's own stands there.
    NAME = "name"


class PictureSort(StrEnum):
    """What the picture is, where it is no photo of a scene."""

    SCREENSHOT = "screenshot"
    DOCUMENT = "document"
    RECEIPT = "receipt"
    DRAWING = "drawing"


class Light(StrEnum):
    """Where the light comes from. `indoors` and `outdoors` are concepts and named like them."""

    INDOORS = "indoors"
    OUTDOORS = "outdoors"
    BY_DAY = "by_day"
    AT_NIGHT = "at_night"


class Sensitivity(StrEnum):
    """What one would ask before sharing. Never said in a description, never shown to others."""

    NUDITY = "nudity"


class Quality(StrEnum):
    BLURRED = "blurred"
    DARK = "dark"
    OVEREXPOSED = "overexposed"


class Colour(StrEnum):
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TURQUOISE = "turquoise"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    BROWN = "brown"
    BLACK = "black"
    GREY = "grey"
    WHITE = "white"
