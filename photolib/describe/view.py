"""What the composer gets and gives: plain values, no rows of the database."""

from dataclasses import dataclass
from datetime import date

from photolib.describe.boxes import Box
from photolib.library.models import TakenSource


@dataclass(frozen=True, slots=True)
class Name:
    """A name this viewer may know. sure: a person confirmed it, not only the machine."""

    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class SeenFace:
    """A face's box; who drew or found it (empty: by hand); the name, where this viewer may know it.

    on_picture: it may be a picture of a person (a poster, a screen), and nobody said otherwise.
    """

    box: Box
    confidence: float = 1.0
    detector: str = ""
    name: Name | None = None
    on_picture: bool = False


@dataclass(frozen=True, slots=True)
class SeenThing:
    """One fact about a thing or living being: a label of the vocabulary and the model's score."""

    label: str
    confidence: float
    model: str
    box: Box | None = None
    fact: int | None = None  # the row's key, to reject it by


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoView:
    """All that is known of one photo, as far as one viewer may know it.

    names: of people who are in the photo without a marked face.
    country: ISO 3166, two letters, or empty.
    """

    taken_on: date
    taken_source: TakenSource
    faces: tuple[SeenFace, ...] = ()
    things: tuple[SeenThing, ...] = ()
    names: tuple[Name, ...] = ()
    town: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an extended description, and what it rests on.

    text: a sentence of the description's language. confidence: the model's score, 0..1, or None where
    no model is behind it. source: who or what says so, in words. certainty: how sure, in words, or
    empty. fact: the key of the Fact a person can reject, if one is behind it. label: the id of
    describe.vocabulary whose presence is claimed, once; empty for the date, the place and a person's
    own words. hedged: it only says that this may be so.
    """

    text: str
    confidence: float | None
    source: str
    certainty: str = ""
    fact: int | None = None
    label: str = ""
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """A description by machine. seen: it claims something beyond date and place."""

    alt: str
    claims: tuple[Claim, ...]
    seen: bool
