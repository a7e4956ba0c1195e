"""A worker's hand: under which name it holds work, for how long, and whether it should go on."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from photolib.intake.holders import this_process
from photolib.intake.models import Incoming, StepRun, WorkerSeen

logger = logging.getLogger(__name__)

LEASE_SECONDS = 60.0
RENEW_SECONDS = 15.0
# How long over its time a step may be before its own process ends itself (the supervisor is quicker).
GRACE_SECONDS = 30.0
# The exit code of a worker that ended itself: EX_TEMPFAIL of sysexits.h.
OVERRAN = 75

Row = Incoming | StepRun


class Hand:
    """A hand without a heartbeat: its lease is as long as a step may take."""

    def __init__(self) -> None:
        self.holder = this_process()
        self.lease = timedelta(seconds=settings.STEP_SECONDS)
        # Set to have it finish the step it is at and take no other.
        self.stopping = False

    @contextmanager
    def holding(self, row: Row) -> Iterator[None]:
        """While the slow part of the work on `row` runs."""
        yield


@dataclass(frozen=True, slots=True)
class _Held:
    model: type[Row]
    pk: int
    claim: UUID | None
    since: float


class BeatingHand(Hand):
    """A hand whose short lease is renewed by a thread: the work of a killed worker is free in a minute.

    The thread has a database connection of its own. It renews a lease for STEP_SECONDS at most; with
    `end_when_stuck` it then ends the process, for a step that hangs in native code cannot be stopped
    in another way.
    """

    def __init__(self, *, end_when_stuck: bool = False) -> None:
        super().__init__()
        self.lease = timedelta(seconds=LEASE_SECONDS)
        self._end_when_stuck = end_when_stuck
        self._held: _Held | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        _say_alive(self.holder)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()
        WorkerSeen.objects.filter(holder=self.holder).delete()

    @contextmanager
    def holding(self, row: Row) -> Iterator[None]:
        self._held = _Held(type(row), row.pk, row.claim, time.monotonic())
        try:
            yield
        finally:
            self._held = None

    def _beat_on(self) -> None:
        while not self._ended.wait(RENEW_SECONDS):
            try:
                self._beat()
            except Error:
                logger.exception("The heartbeat could not reach the database; it tries again.")
            finally:
                connection.close()

    def _beat(self) -> None:
        _say_alive(self.holder)
        held = self._held
        if held is None:
            return
        age = time.monotonic() - held.since
        if age < settings.STEP_SECONDS:
            mine = held.model._default_manager.filter(pk=held.pk, claim=held.claim, state="running")
            mine.update(lease_until=timezone.now() + self.lease)
        elif self._end_when_stuck and age > settings.STEP_SECONDS + GRACE_SECONDS:
            logger.critical(
                "A step took longer than %s s: this worker ends.", settings.STEP_SECONDS
            )
            os._exit(OVERRAN)


def _say_alive(holder: str) -> None:
    WorkerSeen.objects.update_or_create(holder=holder, defaults={"seen_at": timezone.now()})
