"""What became of a viewer's files: progress, arrivals, and what was set aside."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from photolib.intake.hands import LEASE_SECONDS
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState, WorkerSeen
from photolib.library.models import Photo
from photolib.library.queries import Viewer

# The time left is reckoned from so many finished steps of the newest photos.
_RECENT = 400


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of the viewer's files and photos; each is in one of the first four, `total` is the sum.

    parked: photos that are done as far as they go, with a step set aside after errors.
    seconds_left: until all workers have done all that waits on this server, anybody's; None if it is
        not known (nothing finished yet, or no worker gives a sign of life) or nothing waits.
    """

    waiting: int
    running: int
    done: int
    parked: int
    total: int
    seconds_left: float | None


def progress_for(viewer: Viewer) -> Progress:
    """How far the viewer's own library is. A constant number of SQL queries."""
    files = Incoming.objects.filter(library__owner=viewer.pk).aggregate(
        waiting=Count("pk", filter=Q(state=IncomingState.RECEIVED)),
        running=Count("pk", filter=Q(state=IncomingState.RUNNING)),
    )
    photos = _open_photos(viewer)
    open_photos = photos["running"] + photos["waiting"] + photos["parked"]
    all_photos = Photo.objects.filter(library__owner=viewer.pk).count()
    waiting = files["waiting"] + photos["waiting"]
    running = files["running"] + photos["running"]
    done = max(0, all_photos - open_photos)
    return Progress(
        waiting=waiting,
        running=running,
        done=done,
        parked=photos["parked"],
        total=waiting + running + done + photos["parked"],
        seconds_left=_seconds_left() if waiting or running else None,
    )


def arrivals_for(viewer: Viewer) -> QuerySet[Incoming]:
    """Files that arrived in the viewer's library in the last days, the newest first."""
    return Incoming.objects.filter(library__owner=viewer.pk).select_related("photo")


def parked_for(viewer: Viewer) -> QuerySet[StepRun]:
    """Steps on the viewer's own photos that were set aside, each with its `error`."""
    parked = StepRun.objects.filter(state=StepState.PARKED, photo__library__owner=viewer.pk)
    return parked.select_related("photo", "photo__library", "photo__original").order_by(
        "-photo_id", "pk"
    )


def _open_photos(viewer: Viewer) -> dict[str, int]:
    """Photos with a step that is not done, each under the first that fits: running, waiting, parked."""
    steps = StepRun.objects.filter(photo__library__owner=viewer.pk).exclude(state=StepState.DONE)
    by_photo = (
        steps.order_by()
        .values("photo_id")
        .annotate(
            in_work=Count("pk", filter=Q(state=StepState.RUNNING)),
            due=Count("pk", filter=Q(state=StepState.DUE)),
        )
    )
    return by_photo.aggregate(
        running=Count("photo_id", filter=Q(in_work__gt=0)),
        waiting=Count("photo_id", filter=Q(in_work=0, due__gt=0)),
        parked=Count("photo_id", filter=Q(in_work=0, due=0)),
    )


def _seconds_left() -> float | None:
    """Everything that waits, at the pace of the steps that were finished last."""
    alive = WorkerSeen.objects.filter(seen_at__gt=timezone.now() - timedelta(seconds=LEASE_SECONDS))
    workers = alive.count()
    pace = _pace()
    if not workers or not pace:
        return None
    due = StepRun.objects.filter(state__in=[StepState.DUE, StepState.RUNNING])
    left: dict[str, int] = dict(due.order_by().values_list("step").annotate(Count("pk")))
    if not left.keys() <= pace.keys():
        return None
    waiting = [IncomingState.RECEIVED, IncomingState.RUNNING]
    files = Incoming.objects.filter(state__in=waiting).count()
    seconds = sum(pace[step] * count for step, count in left.items()) + files * sum(pace.values())
    return seconds / workers


def _pace() -> dict[str, float]:
    """Mean seconds of each step on the newest photos that have it."""
    done = StepRun.objects.filter(state=StepState.DONE, seconds__isnull=False).order_by("-pk")
    found: dict[str, list[float]] = defaultdict(list)
    for step, seconds in done.values_list("step", "seconds")[:_RECENT]:
        if seconds is not None:
            found[step].append(seconds)
    return {step: sum(all_) / len(all_) for step, all_ in found.items()}
