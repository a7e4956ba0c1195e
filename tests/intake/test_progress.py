"""Honest progress: of the viewer's own library, in a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from photolib.accounts.models import User
from photolib.intake import queries
from photolib.intake.acceptance import accept_incoming
from photolib.intake.models import StepRun, StepState, WorkerSeen
from photolib.intake.queries import Progress, arrivals_for, parked_for, progress_for
from photolib.intake.runner import run_photo
from tests.intake.conftest import Receive, SetSteps

pytestmark = pytest.mark.usefixtures("set_steps")


def counts(progress: Progress) -> tuple[int, int, int, int, int]:
    return (
        progress.waiting, progress.running, progress.done, progress.parked, progress.total
    )  # fmt: skip


def test_each_photo_and_file_is_counted_once(
    arrive: Receive, alice: User, set_steps: SetSteps
) -> None:
    done, parked, running, _waiting = (accept_incoming(arrive(seed=n).pk) for n in range(4))
    arrive(seed=5)
    assert done is not None
    run_photo(done)
    StepRun.objects.filter(photo=parked, step="first").update(state=StepState.PARKED)
    StepRun.objects.filter(photo=parked, step="second").update(state=StepState.DONE)
    StepRun.objects.filter(photo=running, step="first").update(state=StepState.RUNNING)
    assert counts(progress_for(alice)) == (2, 1, 1, 1, 5)


def test_nobody_sees_anothers_progress(arrive: Receive, alice: User, bob: User) -> None:
    accept_incoming(arrive(seed=1).pk)
    arrive(seed=2)
    StepRun.objects.update(state=StepState.PARKED)
    assert counts(progress_for(bob)) == (0, 0, 0, 0, 0)
    assert not arrivals_for(bob).exists()
    assert not parked_for(bob).exists()
    assert arrivals_for(alice).count() == 2
    assert parked_for(alice).count() == 2


def test_time_left_is_the_pace_of_what_was_done_divided_by_the_workers(
    arrive: Receive, alice: User
) -> None:
    done, _waiting = (accept_incoming(arrive(seed=n).pk) for n in range(2))
    assert done is not None
    run_photo(done)
    StepRun.objects.filter(photo=done, step="first").update(seconds=1.0)
    StepRun.objects.filter(photo=done, step="second").update(seconds=3.0)
    arrive(seed=3)
    for name in ("one", "two"):
        WorkerSeen.objects.create(holder=name, seen_at=timezone.now())
    # A photo that waits and a file that does: twice four seconds, for two workers.
    assert progress_for(alice).seconds_left == pytest.approx(4.0)


def test_time_left_is_not_made_up(arrive: Receive, alice: User) -> None:
    accept_incoming(arrive(seed=1).pk)
    assert progress_for(alice).seconds_left is None
    WorkerSeen.objects.create(holder="one", seen_at=timezone.now())
    assert progress_for(alice).seconds_left is None


def test_nothing_to_do_has_no_time_left(arrive: Receive, alice: User) -> None:
    done = accept_incoming(arrive().pk)
    assert done is not None
    run_photo(done)
    WorkerSeen.objects.create(holder="one", seen_at=timezone.now())
    assert progress_for(alice).seconds_left is None


def test_queries_do_not_grow_with_rows(arrive: Receive, alice: User) -> None:
    def number() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            queries.progress_for(alice)
            list(queries.parked_for(alice))
            list(queries.arrivals_for(alice))
        return len(captured)

    WorkerSeen.objects.create(holder="one", seen_at=timezone.now())
    accept_incoming(arrive(seed=0).pk)
    before = number()
    for seed in range(1, 6):
        accept_incoming(arrive(seed=seed).pk)
    assert number() == before
