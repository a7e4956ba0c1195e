"""The steps of describe: what is to be seen in a photo, as facts."""

from django.db import transaction

from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write
from photolib.describe.boxes import Box
from photolib.describe.models import Fact, FactKind
from photolib.describe.object_detector import MODEL, VERSION, SeenObject, detector
from photolib.library.models import Photo

# A thing found again where a person said it was wrong: this much of both boxes is the same.
SAME_PLACE = 0.5


def _find_objects(photo: Photo, pixels: Pixels) -> Write:
    seen = detector.detect(pixels.array)

    def write() -> None:
        replace_objects(photo, seen)

    return write


def replace_objects(photo: Photo, seen: list[SeenObject]) -> None:
    """Put what was seen in the place of what an earlier run saw.

    What a person rejected stays rejected, and is not stated again.
    """
    with transaction.atomic():
        mine = Fact.objects.filter(photo=photo, step=find_objects.name)
        rejected = list(mine.filter(rejected=True))
        mine.filter(rejected=False).delete()
        Fact.objects.bulk_create(
            Fact(
                photo=photo,
                kind=FactKind.OBJECT,
                label=one.label,
                left=one.box.left,
                top=one.box.top,
                width=one.box.width,
                height=one.box.height,
                confidence=one.confidence,
                step=find_objects.name,
                model=MODEL,
                version=VERSION,
            )
            for one in seen
            if not any(_same(one, fact) for fact in rejected)
        )


def _same(one: SeenObject, fact: Fact) -> bool:
    if one.label != fact.label:
        return False
    left, top, width, height = fact.left, fact.top, fact.width, fact.height
    if left is None or top is None or width is None or height is None:
        return True
    return one.box.overlap(Box(left, top, width, height)) >= SAME_PLACE


find_objects = Step(name="find_objects", version=1, run=_find_objects)
