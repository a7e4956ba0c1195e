"""What the composer gets and gives: plain values, no rows of the database."""

from dataclasses import dataclass
from datetime import date

from photolib.describe.boxes import Box
from photolib.describe.models import FactKind
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
    """One fact with a label of the vocabulary, or of vocabulary.signs, and the model's score.

    kind: what sort of fact; a thing, unless it is said. probability: that it is right, 0..1, as
    measured, where anybody measured it.
    """

    label: str
    confidence: float
    model: str
    box: Box | None = None
    fact: int | None = None  # the row's key, to reject it by
    kind: FactKind = FactKind.OBJECT
    probability: float | None = None

    @property
    def certainty(self) -> float:
        """What is shown for how sure it is: measured where it was, else the model's own score."""
        return self.confidence if self.probability is None else self.probability


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenText:
    """Words read in the picture. text: empty where there is writing that could not be read.

    language: of the words, empty where that is not known. at: the fact they are from.
    """

    text: str
    language: str
    at: SeenThing


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOwn:
    """Something of the family's own, by the name they gave it ("our boat")."""

    name: str
    at: SeenThing


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoView:
    """All that is known of one photo, as far as one viewer may know it.

    things: objects with a box, and what the whole picture shows (kind scene, light: without one).
    signs: facts of the kinds posture, smile, picture, light, quality and colour. texts: in the order
    in which one reads them. readable: names of makers, shops and things that stand in these texts.
    names: of people who are in the photo without a marked face.
    country: ISO 3166, two letters, or empty.
    """

    taken_on: date
    taken_source: TakenSource
    faces: tuple[SeenFace, ...] = ()
    things: tuple[SeenThing, ...] = ()
    signs: tuple[SeenThing, ...] = ()
    texts: tuple[SeenText, ...] = ()
    readable: tuple[SeenText, ...] = ()
    own: tuple[SeenOwn, ...] = ()
    names: tuple[Name, ...] = ()
    town: str = ""
    region: str = ""
    country: str = ""

    def signs_of(self, *kinds: FactKind) -> tuple[SeenThing, ...]:
        return tuple(sign for sign in self.signs if sign.kind in kinds)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an extended description, and what it rests on.

    text: a sentence of the description's language. confidence: the model's score, 0..1, or None where
    no model is behind it. source: who or what says so, in words. certainty: how sure, in words, or
    empty. fact: the key of the Fact a person can reject, if one is behind it. label: the id of
    describe.vocabulary whose presence is claimed, once; empty for the date, the place and a person's
    own words. hedged: it only says that this may be so. read: the part of the text that was read in
    the picture, and language: what language that part is in; empty where it is not known, or nothing
    was read. spot: how the sentence ends on where that is (", on the left"), of a thing or a nameless
    person of whom nothing else is said; None for what is told by itself (describe.gathering).
    """

    text: str
    confidence: float | None
    source: str
    certainty: str = ""
    fact: int | None = None
    label: str = ""
    hedged: bool = False
    read: str = ""
    language: str = ""
    spot: str | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A description by machine. seen: it claims something beyond date and place.

    claims: each by itself. extended: the same as they are read out (describe.gathering). colours: the
    picture's main colours, which are said only to who asks for them.
    """

    alt: str
    claims: tuple[Claim, ...]
    extended: tuple[Claim, ...]
    seen: bool
    colours: Claim | None = None
