"""A worker: one process, one thread, one photo at a time."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from photolib.intake import doorbell, leases, orphans
from photolib.intake.acceptance import accept
from photolib.intake.chores import run_due_chores
from photolib.intake.hands import Hand
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState
from photolib.intake.plan import catch_up
from photolib.intake.runner import run_photo
from photolib.intake.sweep import sweep

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
# Photos that came by another way than intake, or lack a step, are looked for this often.
CATCH_UP_SECONDS = 600.0
# Without a ring an idle worker looks for itself this often: for what was put off, and lost rings.
LOOK_SECONDS = 5.0
# What is put off for longer than this (keys are locked, the disk is full) a drain does not wait for.
PATIENCE_SECONDS = 30


def _nothing() -> None:
    pass


def work(
    hand: Hand,
    *,
    drain: bool = False,
    with_chores: bool = True,
    tell: Callable[[], None] = _nothing,
) -> None:
    """Work until `hand.stopping`, or with `drain` until nothing is left to do.

    tell: called after each file or photo, for a progress bar.
    """
    rounds = _Rounds(with_chores=with_chores)
    rounds.begin()
    worked = True
    while not hand.stopping:
        try:
            rounds.go()
            if work_once(hand):
                worked = True
                tell()
            elif worked:
                # Rings for what is done already; then look once more, so that none is missed.
                doorbell.clear()
                worked = False
            elif drain and not anything_left():
                return
            else:
                _wait(hand, 0 if drain else LOOK_SECONDS)
                worked = False
        except (OperationalError, InterfaceError):
            # The database is away for a moment (a restart, a full disk): what was held is swept later.
            logger.exception("The database does not answer; trying again.")
            connection.close()
            time.sleep(1)


def work_once(hand: Hand) -> bool:
    """Do one file with all its steps, or one photo's due steps. False if nothing is due.

    What just arrived comes first: it is whole on the page before an old photo is done again.
    """
    incoming_id = leases.next_incoming()
    if incoming_id is not None:
        accepted = accept(incoming_id, hand=hand)
        if accepted is not None and not hand.stopping:
            run_photo(accepted.photo_id, hand=hand, image=accepted.image)
        return True
    photo_id = leases.next_photo()
    if photo_id is not None:
        run_photo(photo_id, hand=hand)
    return photo_id is not None


def anything_left() -> bool:
    """Whether something is due, soon due, or in somebody's hands."""
    soon = timezone.now() + timedelta(seconds=PATIENCE_SECONDS)
    due = Q(due_at__isnull=True) | Q(due_at__lte=soon)
    steps = Q(state=StepState.RUNNING) | (Q(state=StepState.DUE) & due)
    files = Q(state=IncomingState.RUNNING) | (Q(state=IncomingState.RECEIVED) & due)
    return StepRun.objects.filter(steps).exists() or Incoming.objects.filter(files).exists()


def _wait(hand: Hand, seconds: float) -> None:
    """Until somebody rings, but not much longer than `seconds`; then free what the dead left behind."""
    until = time.monotonic() + seconds
    while not doorbell.wait():
        if hand.stopping or time.monotonic() >= until:
            sweep()
            return


class _Rounds:
    """What a worker does at its start, and now and then between two photos."""

    def __init__(self, *, with_chores: bool) -> None:
        self._with_chores = with_chores
        self._next_sweep = 0.0
        self._next_catch_up = 0.0

    def begin(self) -> None:
        self.go()
        orphans.remove_orphans_of_incoming()

    def go(self) -> None:
        now = time.monotonic()
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_SECONDS
            sweep()
            if self._with_chores:
                run_due_chores()
        if now >= self._next_catch_up:
            self._next_catch_up = now + CATCH_UP_SECONDS
            catch_up()
