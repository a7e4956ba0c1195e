"""Which steps a photo still needs: rows for new steps, and again for steps whose version changed."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from photolib.core.steps import Step, photo_steps
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Photo

_BATCH = 500


def plan_photo(photo: Photo) -> None:
    """Make the photo's missing rows, all due. Safe to repeat."""
    _add([photo.pk], photo_steps())


def catch_up() -> int:
    """Make due what the whole library lacks after a change of settings or program. Returns how many.

    What waits for a step that settings.PHOTO_STEPS no longer names is dropped.
    """
    steps = photo_steps()
    known = [step.name for step in steps]
    waiting = StepRun.objects.filter(state__in=[StepState.DUE, StepState.PARKED])
    waiting.exclude(step__in=known).delete()
    return sum(_add_to_all(step) + _repeat_older(step) for step in steps)


def repeat_steps(photo: Photo, names: Collection[str]) -> None:
    """Have these steps done again on one photo: what they read has changed."""
    make_due(StepRun.objects.filter(photo=photo, step__in=names))


def make_due(runs: QuerySet[StepRun]) -> int:
    """Have these done anew, from the first attempt. Who works on one of them now writes nothing."""
    return runs.update(
        state=StepState.DUE,
        attempts=0,
        due_at=timezone.now(),
        error="",
        holder="",
        claim=None,
        lease_until=None,
    )


def _add_to_all(step: Step) -> int:
    planned = StepRun.objects.filter(photo=OuterRef("pk"), step=step.name)
    lacking = Photo.objects.filter(~Exists(planned)).order_by("pk").values_list("pk", flat=True)
    added = 0
    last = 0
    while batch := list(lacking.filter(pk__gt=last)[:_BATCH]):
        _add(batch, [step])
        added += len(batch)
        last = batch[-1]
    return added


def _add(photo_ids: Iterable[int], steps: Iterable[Step]) -> None:
    rows = [
        StepRun(photo_id=pk, step=step.name, version=step.version)
        for pk in photo_ids
        for step in steps
    ]
    StepRun.objects.bulk_create(rows, ignore_conflicts=True)


def _repeat_older(step: Step) -> int:
    other = StepRun.objects.filter(step=step.name).exclude(version=step.version)
    return other.exclude(state=StepState.RUNNING).update(
        state=StepState.DUE, version=step.version, attempts=0, due_at=timezone.now(), error=""
    )
