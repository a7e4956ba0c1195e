"""Whether a fact is asserted, hedged or left out, whatever kind it is of."""

from photolib.describe.models import FactKind
from photolib.describe.thresholds import HEDGED_FROM, said_from
from photolib.describe.view import SeenThing

# Of the other kinds, the analysers hand over only what is worth a hedge; from these scores it is said.
SIGN_HEDGED_FROM = 0.5
SIGN_SAID_FROM = 0.8
_BY_LABEL = frozenset({FactKind.OBJECT, FactKind.SCENE})


def is_said(one: SeenThing) -> bool:
    """Whether it is asserted."""
    if one.kind == FactKind.OWN:
        # Only a person can say that this is the family's own boat.
        return one.confidence >= 1.0
    return one.confidence >= (said_from(one.label) if one.kind in _BY_LABEL else SIGN_SAID_FROM)


def is_worth_a_hedge(one: SeenThing) -> bool:
    """Whether it is said at all, be it in doubt."""
    return one.confidence >= (HEDGED_FROM if one.kind in _BY_LABEL else SIGN_HEDGED_FROM)


def surest(ones: tuple[SeenThing, ...] | list[SeenThing]) -> SeenThing | None:
    """The one of several that exclude each other; None where none is worth a hedge."""
    worth = [one for one in ones if is_worth_a_hedge(one)]
    return max(worth, key=lambda one: (is_said(one), one.certainty, one.label), default=None)
