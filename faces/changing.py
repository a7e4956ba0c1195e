"""Moving from one pack to another, while recognition goes on.

Vectors of two packs cannot be compared. So while the household moves, every photo that has vectors is
looked at again, and each of its vectors is made by the coming pack too; the serving pack goes on
matching. When no such photo waits any more, one transaction makes the coming pack the serving one.
What is left to do is never counted anywhere: it is read from the photos' steps, so that a change goes on
after a crash where it was.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from faces.again import STEP, look_again, look_again_at_library
from faces.choice import coming_pack
from faces.models import PackChoice, Template, UnknownFace
from faces.packs import BUNDLED, Pack
from photolib.consent.services import raise_epoch
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Library, Photo, RecognitionState


@dataclass(frozen=True, slots=True)
class Progress:
    """photos: with vectors; waiting: not looked at by the coming pack yet; failed: could not be."""

    photos: int
    waiting: int
    failed: int

    @property
    def done(self) -> int:
        return self.photos - self.waiting


@transaction.atomic
def begin_change(pack: Pack, *, by: str) -> None:
    """Move to this pack; at once where there is no vector. Moving back to the serving one ends the move."""
    PackChoice.objects.get_or_create(pk=1, defaults={"pack": BUNDLED.name, "chosen_by": by})
    choice = PackChoice.objects.select_for_update().get()
    libraries = _locked_libraries()
    _forget_coming(choice)
    choice.coming = "" if pack.name == choice.pack else pack.name
    choice.chosen_by = by
    choice.save()
    # What workers found under the choice before is not written: they look again.
    for library in libraries:
        raise_epoch(library=library)
    if choice.coming:
        # In this transaction: a change that is begun has its photos waiting, whatever happens next.
        look_again(_photos_with_vectors())
        finish_change()


@transaction.atomic
def finish_change(_now: datetime | None = None) -> bool:
    """The chore of every minute: make the coming pack the serving one, if no photo waits for it.

    Returns whether that was done.
    """
    choice = PackChoice.objects.select_for_update().first()
    if choice is None or not choice.coming:
        return False
    # Locked before they are counted: what a worker is writing just now is there or waits.
    libraries = _locked_libraries()
    if _waiting(StepState.DUE, StepState.RUNNING).exists():
        return False
    for library in libraries:
        raise_epoch(library=library)
    _swap_unknown(choice)
    for template in Template.objects.exclude(pack=choice.coming):
        template.delete()
    choice.pack, choice.coming = choice.coming, ""
    choice.save()
    for library in libraries:
        # Faces without a vector of their own, and names by machine: compared anew.
        look_again_at_library(library.pk)
    return True


def progress() -> Progress | None:
    """How far the change is, or None when none is under way."""
    if coming_pack() is None:
        return None
    return Progress(
        photos=_photos_with_vectors().count(),
        waiting=_waiting(StepState.DUE, StepState.RUNNING).count(),
        failed=_waiting(StepState.PARKED).count(),
    )


def _swap_unknown(choice: PackChoice) -> None:
    """The row of a face stays, with its group and all that people said: only the vector is another."""
    moved = Q(coming_pack=choice.coming)
    # Not one that could not be made: its photo is looked at again. An expired one stays as it is, so
    # that its face is not kept anew.
    UnknownFace.objects.filter(expired=False).exclude(moved).delete()
    UnknownFace.objects.filter(expired=False).update(
        pack=choice.coming, sealed=F("coming_sealed"), coming_pack="", coming_sealed=b""
    )
    UnknownFace.objects.filter(expired=True).update(pack=choice.coming)


def _forget_coming(choice: PackChoice) -> None:
    """What was made for a move that is not gone on with."""
    UnknownFace.objects.exclude(coming_pack="").update(coming_pack="", coming_sealed=b"")
    for template in Template.objects.exclude(pack=choice.pack):
        template.delete()


def _locked_libraries() -> list[Library]:
    on = Library.objects.exclude(recognition=RecognitionState.OFF)
    return list(on.select_for_update().order_by("pk"))


def _photos_with_vectors() -> QuerySet[Photo]:
    templates = Template.objects.values("region__photo")
    unknown = UnknownFace.objects.filter(expired=False).values("region__photo")
    return Photo.objects.filter(Q(pk__in=templates) | Q(pk__in=unknown))


def _waiting(*states: StepState) -> QuerySet[StepRun]:
    return StepRun.objects.filter(step=STEP, state__in=states, photo__in=_photos_with_vectors())
