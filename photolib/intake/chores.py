"""The daily chores: claimed by moving their date on, so that one worker of all runs each once a day."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from photolib.core import statistics
from photolib.core.chores import all_chores, interval_of, register
from photolib.intake import orphans
from photolib.intake.models import ChoreRun, Incoming, IncomingState
from photolib.library.services import purge_expired_trash
from photolib.people.models import Appearance, AppearanceState

logger = logging.getLogger(__name__)

_AFTER_FAILURE = timedelta(hours=1)
# What became of a file stands on the page for so long.
_KEEP_ARRIVALS = timedelta(days=7)


def register_all() -> None:
    """Called by this app's AppConfig.ready."""
    register("core.statistics", statistics.refresh, every=statistics.EVERY)
    register("intake.old_arrivals", drop_old_arrivals)
    register("intake.orphans", orphans.remove_orphans)
    register("library.trash", purge_expired_trash)
    register("people.unanswered", drop_unanswered_questions)


def run_due_chores() -> list[str]:
    """Run what is due and nobody else has taken. Returns the names."""
    now = timezone.now()
    known = set(ChoreRun.objects.values_list("name", flat=True))
    new = [ChoreRun(name=name, due_at=now) for name in all_chores() if name not in known]
    ChoreRun.objects.bulk_create(new, ignore_conflicts=True)
    due = ChoreRun.objects.filter(due_at__lte=now, name__in=list(all_chores()))
    names = [name for name in due.values_list("name", flat=True) if _claim(name, now)]
    for name in names:
        _run(name, now)
    return names


def drop_old_arrivals(now: datetime) -> None:
    """Forget files that were refused or taken in more than seven days ago (photos stay)."""
    waiting = [IncomingState.RECEIVED, IncomingState.RUNNING]
    old = Incoming.objects.filter(finished_at__lt=now - _KEEP_ARRIVALS)
    old.exclude(state__in=waiting).delete()


def drop_unanswered_questions(now: datetime) -> None:
    """A question about a face that nobody answered in time ends by itself."""
    Appearance.objects.filter(state=AppearanceState.ASKED, expires_at__lte=now).delete()


def _claim(name: str, now: datetime) -> bool:
    mine = ChoreRun.objects.filter(name=name, due_at__lte=now)
    return mine.update(due_at=now + interval_of(name), error="") == 1


def _run(name: str, now: datetime) -> None:
    """One chore's failure is noted and hinders no other; it is tried again after an hour."""
    try:
        all_chores()[name](now)
    except Exception as error:
        logger.exception("The daily chore %s failed.", name)
        ChoreRun.objects.filter(name=name).update(
            due_at=now + min(interval_of(name), _AFTER_FAILURE),
            error=f"{type(error).__name__}: {error}",
        )
