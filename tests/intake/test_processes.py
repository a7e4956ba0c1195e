"""Real worker processes on one real database: they share it, and lose and double nothing."""

import os
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState, WorkerSeen
from photolib.intake.queries import progress_for
from photolib.intake.sweep import sweep
from photolib.library.models import Photo
from tests.intake.conftest import Processes, Receive, accepted, until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FAKE = "tests.intake.fake_steps."


@pytest.fixture(autouse=True)
def fake_steps_here(settings: Settings, set_steps: object) -> None:
    """This process plans the same steps as the workers."""


class BusyReader:
    """A page that somebody reloads all the time, in a thread with a connection of its own."""

    def __init__(self, viewer: User) -> None:
        self._viewer = viewer
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._read_on)
        self.reads = 0
        self.errors: list[Exception] = []

    def __enter__(self) -> "BusyReader":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.set()
        self._thread.join()

    def _read_on(self) -> None:
        while not self._end.is_set():
            try:
                progress_for(self._viewer)
                list(Photo.objects.filter(library__owner=self._viewer)[:60])
                # A page writes, too: a session, a favourite.
                WorkerSeen.objects.update_or_create(
                    holder="page", defaults={"seen_at": timezone.now()}
                )
                self.reads += 1
            except Exception as error:
                self.errors.append(error)
        connection.close()


def test_two_workers_and_a_busy_page_never_see_a_locked_database(
    processes: Processes, arrive: Receive, alice: User
) -> None:
    photos = 30
    for seed in range(photos):
        arrive(seed=seed)
    steps = f"{FAKE}first,{FAKE}second"
    with BusyReader(alice) as page:
        workers = [processes.start("work", "--drain", steps=steps) for _ in range(2)]
        outputs = [worker.communicate(timeout=120)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], outputs
    assert page.errors == []
    assert page.reads > 10
    assert "locked" not in "".join(outputs)
    assert Photo.objects.filter(lens="first second ").count() == photos
    # Nobody needed a second attempt, and no step ran twice.
    assert set(StepRun.objects.values_list("state", "attempts")) == {(StepState.DONE, 1)}


def began(settings: Settings) -> list[Path]:
    return list(settings.PHOTOLIB_DATA.glob("began-*"))


def test_worker_that_slept_through_its_lease_writes_nothing(
    processes: Processes, arrive: Receive, settings: Settings
) -> None:
    photo = accepted(arrive())
    StepRun.objects.all().delete()
    sleeper = processes.start("work", steps=f"{FAKE}slow")
    until(lambda: len(began(settings)) == 1)
    sleeper.send_signal(signal.SIGSTOP)
    held = StepRun.objects.get()
    # A minute goes by.
    StepRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sweep() == 1
    other = processes.start("work", "--drain", steps=f"{FAKE}slow")
    until(lambda: len(began(settings)) == 2)
    taken = StepRun.objects.get()
    assert taken.holder != held.holder
    sleeper.send_signal(signal.SIGCONT)
    (settings.PHOTOLIB_DATA / "go").touch()
    other.communicate(timeout=120)
    sleeper.terminate()
    output, _ = sleeper.communicate(timeout=60)
    photo.refresh_from_db()
    # One of the two did the work, and one alone wrote it.
    assert photo.lens == "slow "
    assert "somebody else's by now" in output
    assert StepRun.objects.get().attempts == 2


def test_sigterm_lets_the_step_finish_and_takes_no_other(
    processes: Processes, arrive: Receive, settings: Settings
) -> None:
    accepted(arrive())
    StepRun.objects.all().delete()
    worker = processes.start("work", steps=f"{FAKE}slow,{FAKE}second")
    until(lambda: len(began(settings)) == 1)
    worker.terminate()
    time.sleep(0.3)
    assert worker.poll() is None
    (settings.PHOTOLIB_DATA / "go").touch()
    worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert dict(StepRun.objects.values_list("step", "state")) == {"slow": "done", "second": "due"}
    assert not WorkerSeen.objects.exists()


def test_step_that_kills_its_worker_is_parked_after_three_workers(
    processes: Processes, arrive: Receive
) -> None:
    accepted(arrive())
    StepRun.objects.all().delete()
    steps = f"{FAKE}deadly,{FAKE}second"
    for _ in range(3):
        StepRun.objects.update(due_at=None)
        worker = processes.start("work", "--drain", steps=steps)
        worker.communicate(timeout=120)
        assert worker.returncode == 11
    worker = processes.start("work", "--drain", steps=steps)
    worker.communicate(timeout=120)
    assert worker.returncode == 0
    runs = dict(StepRun.objects.values_list("step", "state"))
    assert runs == {"deadly": StepState.PARKED, "second": StepState.DONE}
    assert "The worker died" in StepRun.objects.get(step="deadly").error


def test_file_in_a_killed_workers_hands_is_not_lost(
    processes: Processes, arrive: Receive, settings: Settings
) -> None:
    incoming = arrive()
    worker = processes.start("work", steps=f"{FAKE}slow")
    until(lambda: len(began(settings)) == 1)
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    # As if it had been killed while it read the file.
    holder = StepRun.objects.get(step="slow").holder
    Photo.objects.all().delete()
    Incoming.objects.filter(pk=incoming.pk).update(
        state=IncomingState.RUNNING,
        holder=holder,
        lease_until=timezone.now() + timedelta(minutes=1),
    )
    assert sweep() == 1
    incoming.refresh_from_db()
    assert (incoming.state, incoming.attempts) == (IncomingState.RECEIVED, 1)
