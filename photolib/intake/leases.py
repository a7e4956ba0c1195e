"""Who holds which work. One conditional UPDATE takes it, one hands it back; the count says who won.

An attempt is counted and committed before the work begins, so a worker that is killed has used one up.
Whoever finishes must still hold the claim: a worker that slept longer than its lease writes nothing.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from photolib.core.steps import Write, photo_steps
from photolib.intake.hands import Hand, Row
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState

# After so many attempts a step is parked, a file refused.
ATTEMPTS = 3
# A failed attempt is repeated after so many seconds, times the attempts so far.
BACKOFF_SECONDS = 3
# What had to wait through no fault of its own (locked keys, a full disk) is tried again after this.
WAIT_SECONDS = 60


class ClaimLost(Exception):
    """Somebody else holds the work by now, or its row is gone: drop what was found."""


def _is_due(now: datetime) -> Q:
    return Q(due_at__isnull=True) | Q(due_at__lte=now)


def due_steps(now: datetime) -> QuerySet[StepRun]:
    """Steps that could be run now: due, known to settings.PHOTO_STEPS, of photos nobody works on."""
    running = StepRun.objects.filter(photo=OuterRef("photo"), state=StepState.RUNNING)
    names = [step.name for step in photo_steps()]
    return StepRun.objects.filter(
        _is_due(now), ~Exists(running), state=StepState.DUE, step__in=names
    )


def next_photo() -> int | None:
    """The newest photo with a step that is due: what just arrived comes before a rerun of all."""
    newest = due_steps(timezone.now()).order_by("-photo_id").values_list("photo_id", flat=True)
    return newest.first()


def next_incoming() -> int | None:
    """The file that has waited longest."""
    waiting = Incoming.objects.filter(_is_due(timezone.now()), state=IncomingState.RECEIVED)
    return waiting.order_by("pk").values_list("pk", flat=True).first()


def queue_of(photo_id: int) -> list[StepRun]:
    """This photo's steps that are due, in the order of settings; none while somebody works on it."""
    order = {step.name: place for place, step in enumerate(photo_steps())}
    return sorted(due_steps(timezone.now()).filter(photo=photo_id), key=lambda run: order[run.step])


def claim_step(run: StepRun, hand: Hand) -> bool:
    """Take this step, unless others were first: then False."""
    try:
        with transaction.atomic():
            return _take_step(run, hand)
    except IntegrityError:
        # one_running_step_per_photo: two workers found the photo free at once.
        return False


def claim_incoming(incoming_id: int, hand: Hand) -> Incoming | None:
    """Take this file; None if it is gone, done, not due or somebody else's."""
    waiting = Incoming.objects.filter(pk=incoming_id, state=IncomingState.RECEIVED)
    due = waiting.filter(_is_due(timezone.now())).select_related("library")
    incoming = due.first()
    if incoming is None:
        return None
    free = waiting.filter(attempts=incoming.attempts)
    return incoming if _take(free, incoming, hand, IncomingState.RUNNING) else None


def finish_step(
    run: StepRun, *, write: Write | None, seconds: float, hand: Hand, following: StepRun | None
) -> bool:
    """Mark done, write what was found, and take the photo's following step: one transaction.

    Returns whether the following step is ours now. Between the two nobody else can take the photo,
    which would decode it again. Raises ClaimLost.
    """
    with transaction.atomic():
        settle(run, state=StepState.DONE, error="", seconds=seconds, finished_at=timezone.now())
        if write is not None:
            write()
        return following is not None and not hand.stopping and _take_step(following, hand)


def fail_step(run: StepRun, *, error: str, permanent: bool = False) -> None:
    """Another attempt a little later, or parked after the third. Raises ClaimLost."""
    if permanent or run.attempts >= ATTEMPTS:
        settle(run, state=StepState.PARKED, error=error, finished_at=timezone.now())
    else:
        settle(run, state=StepState.DUE, error=error, due_at=_after(BACKOFF_SECONDS * run.attempts))


def fail_incoming(incoming: Incoming, *, error: str) -> bool:
    """Another attempt a little later, or False: that was the last one. Raises ClaimLost."""
    if incoming.attempts >= ATTEMPTS:
        return False
    due_at = _after(BACKOFF_SECONDS * incoming.attempts)
    settle(incoming, state=IncomingState.RECEIVED, error=error, due_at=due_at)
    return True


def give_back(row: Row, *, error: str) -> None:
    """The work cannot be done now, and that is not its fault: no attempt used. Raises ClaimLost."""
    state = StepState.DUE if isinstance(row, StepRun) else IncomingState.RECEIVED
    settle(row, state=state, error=error, due_at=_after(WAIT_SECONDS), attempts=F("attempts") - 1)


def settle(row: Row, **changes: object) -> None:
    """End the claim with these changes. Raises ClaimLost where it is not ours any more."""
    model = type(row)
    ours = model._default_manager.filter(pk=row.pk, claim=row.claim, state="running")
    if not ours.update(holder="", claim=None, lease_until=None, **changes):
        raise ClaimLost


def _take_step(run: StepRun, hand: Hand) -> bool:
    free = StepRun.objects.filter(pk=run.pk, state=StepState.DUE, attempts=run.attempts)
    return _take(free, run, hand, StepState.RUNNING)


def _take(free: QuerySet[StepRun] | QuerySet[Incoming], row: Row, hand: Hand, state: str) -> bool:
    """The one UPDATE; `row` then says what the database says."""
    now = timezone.now()
    changes: dict[str, object] = {
        "state": state,
        "attempts": row.attempts + 1,
        "holder": hand.holder,
        "claim": uuid4(),
        "lease_until": now + hand.lease,
        "started_at": now,
    }
    if not free.update(**changes):
        return False
    for field, value in changes.items():
        setattr(row, field, value)
    return True


def _after(seconds: float) -> datetime:
    return timezone.now() + timedelta(seconds=seconds)
