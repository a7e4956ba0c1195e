"""What the product said and saw of one photo: plain values that go from one process to another as JSON."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim of a description that is about what is seen (describe.view.Claim)."""

    label: str
    hedged: bool
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Raw:
    """One fact as an analyser wrote it, whether it is said or not.

    box: left, top, width, height in fractions, or None. text: words in the picture.
    """

    kind: str
    label: str
    confidence: float
    probability: float | None
    model: str
    box: tuple[float, float, float, float] | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All of one photo. sha256: of its file. alts, extended: by language; extended a sentence a line.

    covered: it says something beyond the date and the place.
    """

    sha256: str
    covered: bool
    claims: tuple[Claimed, ...]
    facts: tuple[Raw, ...]
    alts: dict[str, str]
    extended: dict[str, str]

    @property
    def text(self) -> str:
        """What was read in the picture, in reading order."""
        return "\n".join(fact.text for fact in self.facts if fact.text)


def as_json(seen: Seen) -> dict[str, Any]:
    return asdict(seen)


def from_json(value: dict[str, Any]) -> Seen:
    return Seen(
        sha256=value["sha256"],
        covered=value["covered"],
        claims=tuple(Claimed(**one) for one in value["claims"]),
        facts=tuple(
            Raw(**(one | {"box": tuple(one["box"]) if one["box"] else None}))
            for one in value["facts"]
        ),
        alts=value["alts"],
        extended=value["extended"],
    )
