"""Writing what analysers saw: new facts take the place of older ones of the same step."""

from collections.abc import Sequence

from django.db import transaction

from photolib.describe.boxes import Box
from photolib.describe.models import AnalyserOff, Fact
from photolib.describe.review_notes import note_new_facts
from photolib.describe.seen import SeenFact
from photolib.library.models import Photo

# A thing found again where a person said it was wrong: this much of both boxes is the same.
SAME_PLACE = 0.5


def replace_facts(
    photo: Photo, seen: Sequence[SeenFact], *, step: str, model: str, version: str
) -> None:
    """Put what was seen in the place of what an earlier run of this step saw.

    What a person rejected stays rejected, and is not stated again. Nothing is written for a step that
    the owner has switched off meanwhile.
    """
    with transaction.atomic():
        mine = Fact.objects.filter(photo=photo, step=step)
        rejected = list(mine.filter(rejected=True))
        mine.filter(rejected=False).delete()
        if AnalyserOff.objects.filter(library=photo.library_id, step=step).exists():
            return
        Fact.objects.bulk_create(
            Fact(
                photo=photo,
                kind=one.kind,
                label=one.label,
                left=one.box.left if one.box else None,
                top=one.box.top if one.box else None,
                width=one.box.width if one.box else None,
                height=one.box.height if one.box else None,
                confidence=one.confidence,
                probability=one.probability,
                text=one.text,
                language=one.language,
                place=one.place,
                step=step,
                model=model,
                version=version,
            )
            for one in seen
            if not any(_same(one, fact) for fact in rejected)
        )
        note_new_facts(photo)


def _same(one: SeenFact, fact: Fact) -> bool:
    if (one.kind, one.label, one.text) != (fact.kind, fact.label, fact.text):
        return False
    left, top, width, height = fact.left, fact.top, fact.width, fact.height
    if one.box is None or left is None or top is None or width is None or height is None:
        return True
    return one.box.overlap(Box(left, top, width, height)) >= SAME_PLACE
