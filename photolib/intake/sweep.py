"""Frees the work of workers that are gone: each of them has used up one attempt."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.intake import leases
from photolib.intake.acceptance import refuse
from photolib.intake.hands import Row
from photolib.intake.holders import is_dead
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState, WorkerSeen

# A worker that gave no sign of life for so long is no longer counted as one.
_FORGET_WORKERS = timedelta(minutes=10)


def sweep() -> int:
    """Make due again, or park, what a dead or silent worker holds. Returns how many rows."""
    now = timezone.now()
    freed = 0
    for run in StepRun.objects.filter(state=StepState.RUNNING):
        freed += _is_abandoned(run, now) and _free_step(run, now)
    for incoming in Incoming.objects.filter(state=IncomingState.RUNNING):
        freed += _is_abandoned(incoming, now) and _free_incoming(incoming)
    WorkerSeen.objects.filter(seen_at__lt=now - _FORGET_WORKERS).delete()
    return freed


def _is_abandoned(row: Row, now: datetime) -> bool:
    return row.lease_until is None or row.lease_until <= now or is_dead(row.holder)


def _free_step(run: StepRun, now: datetime) -> bool:
    try:
        leases.fail_step(run, error=_what_happened(run, now))
    except leases.ClaimLost:
        return False
    return True


def _what_happened(run: StepRun, now: datetime) -> str:
    limit = settings.STEP_SECONDS
    if run.started_at is not None and now - run.started_at >= timedelta(seconds=limit):
        return _("The step “%(step)s” took longer than %(seconds)s seconds and was stopped.") % {
            "step": run.step,
            "seconds": limit,
        }
    return _("The worker died while it ran the step “%(step)s”.") % {"step": run.step}


def _free_incoming(incoming: Incoming) -> bool:
    try:
        if not leases.fail_incoming(incoming, error=_("The worker died while it read this file.")):
            reason = _("Reading this file stopped the worker three times: it may be damaged.")
            refuse(incoming, reason=reason, code="unreadable")
    except leases.ClaimLost:
        return False
    return True
