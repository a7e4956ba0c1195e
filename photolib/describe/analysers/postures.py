"""Who stands, sits or lies: of the people whom find_objects found, each with the person's own box.

Never a mood and never a gesture. The joints are used and dropped; only the posture is kept.
"""

from collections.abc import Iterable, Sequence

from photolib.core.pixels import Pixels
from photolib.describe.analyser import Analyser
from photolib.describe.boxes import Box
from photolib.describe.models import Fact, FactKind
from photolib.describe.movenet import MODEL, VERSION, Spot, finder
from photolib.describe.postures import HeldAs, posture_of
from photolib.describe.seen import SeenFact
from photolib.describe.thresholds import said_from
from photolib.describe.vocabulary import PERSON
from photolib.describe.vocabulary.signs import Posture
from photolib.library.models import Photo

# Of a person smaller than this in pixels too little is seen.
SMALLEST = 48
MOUNTS = frozenset({"horse", "motorcycle", "bicycle", "elephant"})
SEATS = MOUNTS | {"chair", "couch", "bench", "bed", "toilet"}
# A thing below this score is not taken as there.
THING_FROM = 0.4


def look(photo: Photo, pixels: Pixels) -> list[SeenFact]:
    found = Fact.objects.filter(photo=photo, kind=FactKind.OBJECT, rejected=False).order_by("pk")
    people, things = _boxes(found)
    if not people:
        return []
    height, width = pixels.array.shape[:2]
    facts = []
    for person in people:
        if person.height * height < SMALLEST:
            continue
        held = posture_of(finder.find(pixels.array, person))
        if held and _fits(held, things, (width, height)):
            facts.append(
                SeenFact(
                    kind=FactKind.POSTURE,
                    label=held.posture,
                    confidence=held.confidence,
                    box=person,
                )
            )
    return facts


def _boxes(found: Iterable[Fact]) -> tuple[list[Box], list[tuple[str, Box]]]:
    """The boxes of people who may be told of, and those of seats and mounts with their labels."""
    people, things = [], []
    for fact in found:
        if fact.left is None or fact.top is None or fact.width is None or fact.height is None:
            continue
        box = Box(fact.left, fact.top, fact.width, fact.height)
        if fact.label == PERSON and fact.confidence >= said_from(PERSON):
            people.append(box)
        elif fact.label in SEATS and fact.confidence >= THING_FROM:
            things.append((fact.label, box))
    return people, things


def _fits(held: HeldAs, things: Sequence[tuple[str, Box]], size: tuple[int, int]) -> bool:
    """Whether the things around agree: folded legs alone may be those of somebody who jumps.

    Who sits, sits on something that was found; and hanging legs in front of a horse or a motorcycle
    may be a rider's.
    """
    if held.posture == Posture.SITTING:
        return any(box.holds(_fraction(held.hip, size)) for _label, box in things)
    if held.posture == Posture.STANDING:
        knee = _fraction(held.knee, size)
        return not any(label in MOUNTS and box.holds(knee) for label, box in things)
    return True


def _fraction(spot: Spot, size: tuple[int, int]) -> tuple[float, float]:
    return spot.across / size[0], spot.down / size[1]


ANALYSER = Analyser(step="find_postures", version=1, model=MODEL, model_version=VERSION, look=look)
