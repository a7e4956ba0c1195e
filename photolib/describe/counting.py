"""The number of people as a word that the search can look up: as many as the description says."""

from collections.abc import Iterable, Iterator

from photolib.core.words import register
from photolib.describe.boxes import Box
from photolib.describe.headcount import Headcount, count_people
from photolib.describe.models import Fact, FactKind
from photolib.describe.thresholds import HEDGED_FROM
from photolib.describe.view import PhotoView, SeenFace, SeenThing
from photolib.library.models import Photo, TakenSource
from photolib.people.models import FaceRegion


@register
def count_of_people(photo: Photo) -> Iterator[tuple[str, str]]:
    """ "3people" ("count"), whoever reads it. Nothing where nobody can say: nothing was seen at all, or
    there may be a person.
    """
    facts = [
        fact
        for fact in Fact.objects.filter(photo=photo, rejected=False, kind=FactKind.OBJECT)
        if fact.confidence >= HEDGED_FROM
    ]
    faces = list(FaceRegion.objects.filter(photo=photo, dismissed=False))
    counted = _count(photo, facts, faces)
    seen = facts or faces
    if counted.people or (seen and not counted.maybe):
        yield f"{len(counted.people)}people", "count"


def _count(photo: Photo, facts: Iterable[Fact], faces: Iterable[FaceRegion]) -> Headcount:
    view = PhotoView(
        taken_on=photo.taken_on,
        taken_source=TakenSource(photo.taken_source),
        faces=tuple(
            SeenFace(
                box=Box(face.left, face.top, face.width, face.height),
                confidence=face.confidence,
                detector=face.detector,
                on_picture=face.is_picture,
            )
            for face in faces
        ),
        things=tuple(
            SeenThing(
                label=fact.label, confidence=fact.confidence, model=fact.model, box=_box(fact)
            )
            for fact in facts
        ),
    )
    return count_people(view)


def _box(fact: Fact) -> Box | None:
    if fact.left is None or fact.top is None or fact.width is None or fact.height is None:
        return None
    return Box(fact.left, fact.top, fact.width, fact.height)
