"""Having photos looked at again, because what may be recognised in them has changed."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from photolib.intake import doorbell
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Library, Photo

STEP = "find_faces"


def look_again(photos: QuerySet[Photo]) -> int:
    """Make the step due again for these photos and ring. Returns for how many.

    A run that is under way loses its claim: what it finds under the old consent is not written.
    """
    runs = StepRun.objects.filter(step=STEP, photo__in=photos.values("pk"))
    due = runs.exclude(state=StepState.DUE).update(
        state=StepState.DUE,
        attempts=0,
        holder="",
        claim=None,
        lease_until=None,
        due_at=timezone.now(),
        error="",
    )
    if due:
        first = photos.values_list("pk", flat=True).first() or 0
        # One ring a worker: each works until nothing is due.
        for _ in range(min(due, settings.WORKERS)):
            doorbell.ring(first)
    return due


def look_again_at_photo(photo_id: int) -> None:
    """The same for one photo, which may have gone meanwhile."""
    look_again(Photo.objects.filter(pk=photo_id))


def look_again_at_library(library_id: int) -> None:
    """The same for all photos of a library."""
    look_again(Photo.objects.filter(library_id=library_id))


def nothing_else_due(library: Library, photo: Photo) -> bool:
    """Whether no other photo of the library waits for the step: time to put the groups in order."""
    waiting = StepRun.objects.filter(
        step=STEP, photo__library=library, state=StepState.DUE
    ).exclude(photo=photo)
    return not waiting.exists()
