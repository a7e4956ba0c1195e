"""What an analyser hands over: one fact it saw, before it is a row."""

from dataclasses import dataclass

from photolib.describe.boxes import Box
from photolib.describe.models import FactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFact:
    """One thing that an analyser saw.

    label: an id of describe.vocabulary. confidence: the model's own score, 0..1. probability: that it is
    right, 0..1, as measured, or None. text, language, place: of words in the picture, the place in the
    order in which one reads them.
    """

    kind: FactKind
    label: str
    confidence: float
    box: Box | None = None
    probability: float | None = None
    text: str = ""
    language: str = ""
    place: int = 0
