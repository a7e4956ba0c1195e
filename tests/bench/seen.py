"""Small makers of what the scorecard judges."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from photolib.bench.scorecard.evidence import Claimed, Raw, Seen
from photolib.bench.scorecard.truth import Marked


def marked(*things: str, crowds: Iterable[str] = (), name: str = "one.jpg") -> Marked:
    return Marked(
        file=Path(name),
        things=Counter(things),
        crowds=frozenset(crowds),
        marked=bool(things) or bool(crowds),
    )


def seen(
    *asserted: str,
    hedged: Iterable[str] = (),
    alts: dict[str, str] | None = None,
    facts: Iterable[Raw] = (),
) -> Seen:
    claims = [Claimed(label, False, 0.9) for label in asserted]
    claims += [Claimed(label, True, 0.5) for label in hedged]
    return Seen(
        sha256="",
        covered=bool(claims),
        claims=tuple(claims),
        facts=tuple(facts),
        alts=alts or {"en": "A dog."},
        extended={},
    )


def raw(label: str, confidence: float, *, kind: str = "object", text: str = "") -> Raw:
    return Raw(kind, label, confidence, None, "a model", None, text)
