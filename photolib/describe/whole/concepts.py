"""The things and places a whole picture shows: ImageNet's classes, added up to concepts of ours."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from photolib.describe.models import FactKind
from photolib.describe.scene_thresholds import SCENE_HEDGED_FROM
from photolib.describe.seen import SeenFact
from photolib.describe.vocabulary import BY_IMAGENET, LABELS, Kind, broader_than

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Told beside people. Of what people hold, wear, ride or do the network knows nothing: somebody lying on
# a pavement is a dumbbell to it, at 0.98.
_BESIDE_PEOPLE = frozenset({Kind.PLACE, Kind.BUILDING, Kind.PLANT, Kind.FOOD})
# Said by the light, which is measured for it, and not worth a word of their own here.
_TOO_BROAD = frozenset({"indoors", "outdoors", "garment", "furniture", "toy", "tool"})
# What stands in for something ImageNet has no class of: waterfalls are fountains to it, flowers a field
# of rape. Of five such two were right.
_STAND_INS = frozenset({"fountain", "field"})
MOST = 2


def scores_of(probabilities: "NDArray[np.float32]") -> dict[str, float]:
    """The score 0..1 of each concept: that of its own classes and of all that are a kind of it."""
    scores: defaultdict[str, float] = defaultdict(float)
    for number, label in BY_IMAGENET.items():
        score = float(probabilities[number])
        for concept in (label.id, *broader_than(label.id)):
            scores[concept] += score
    return {concept: min(score, 1.0) for concept, score in scores.items()}


def concepts_of(
    probabilities: "NDArray[np.float32]", objects: Mapping[str, float], *, people: bool
) -> list[SeenFact]:
    """At most MOST concepts worth a hedge, each as narrow as it may be, the surest first.

    objects: the best score of each label that the detector found. people: whether anybody is or may be
    in the picture.
    """
    scores = scores_of(probabilities)
    worth = {
        concept: score
        for concept, score in scores.items()
        if score >= SCENE_HEDGED_FROM
        and concept not in _TOO_BROAD | _STAND_INS
        and (not people or _fits_people(concept, objects))
    }
    above = {broader for concept in worth for broader in broader_than(concept)}
    narrow = [(score, concept) for concept, score in worth.items() if concept not in above]
    narrow.sort(key=lambda one: (-one[0], one[1]))
    return [
        SeenFact(kind=FactKind.SCENE, label=concept, confidence=score)
        for score, concept in narrow[:MOST]
    ]


def _fits_people(concept: str, objects: Mapping[str, float]) -> bool:
    if LABELS[concept].kind in _BESIDE_PEOPLE:
        return True
    kin = {concept, *broader_than(concept)}
    return any(label in kin or concept in broader_than(label) for label in objects)
