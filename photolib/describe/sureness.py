"""Whether a fact is asserted, hedged or left out, whatever kind it is of."""

from photolib.describe.models import FactKind
from photolib.describe.scene_thresholds import whole_hedged_from, whole_said_from
from photolib.describe.thresholds import hedged_from, said_from
from photolib.describe.view import SeenThing
from photolib.describe.vocabulary.signs import Posture

# (said from, hedged from) of the kinds whose analysers leave doubt out themselves: a posture is
# handed over where no angle speaks against it, and a score there only tells how well it was seen.
# Only standing was seen often enough to be asserted (docs/models.md).
_NEVER = 2.0
_POSTURES: dict[str, tuple[float, float]] = {Posture.STANDING: (0.0, 0.0)}
_CHOSEN_BEFORE: dict[str, tuple[float, float]] = {
    FactKind.POSTURE: (_NEVER, 0.0),
    FactKind.SMILE: (0.8, 0.5),
    FactKind.TEXT: (0.8, 0.5),
    # Told only where the line was read surely.
    FactKind.NAME: (0.8, 0.8),
    # Only a person can say that this is the family's own boat.
    FactKind.OWN: (1.0, 0.5),
}


def is_said(one: SeenThing) -> bool:
    """Whether it is asserted."""
    if one.kind == FactKind.OBJECT:
        return one.confidence >= said_from(one.label)
    if one.kind in _CHOSEN_BEFORE:
        return one.confidence >= _chosen_before(one)[0]
    return one.confidence >= whole_said_from(one.kind)


def is_worth_a_hedge(one: SeenThing) -> bool:
    """Whether it is said at all, be it in doubt."""
    if one.kind == FactKind.OBJECT:
        return one.confidence >= hedged_from(one.label)
    if one.kind in _CHOSEN_BEFORE:
        return one.confidence >= _chosen_before(one)[1]
    return one.confidence >= whole_hedged_from(one.kind)


def _chosen_before(one: SeenThing) -> tuple[float, float]:
    chosen = _CHOSEN_BEFORE[one.kind]
    return _POSTURES.get(one.label, chosen) if one.kind == FactKind.POSTURE else chosen


def surest(ones: tuple[SeenThing, ...] | list[SeenThing]) -> SeenThing | None:
    """The one of several that exclude each other; None where none is worth a hedge."""
    worth = [one for one in ones if is_worth_a_hedge(one)]
    return max(worth, key=lambda one: (is_said(one), one.certainty, one.label), default=None)
