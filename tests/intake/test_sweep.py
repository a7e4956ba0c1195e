"""What dead workers leave behind: counted, freed, or parked; and work that settings made needful."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.intake import leases
from photolib.intake.hands import Hand
from photolib.intake.holders import holder_of, is_dead, this_process
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState, WorkerSeen
from photolib.intake.paths import incoming_path
from photolib.intake.plan import catch_up
from photolib.intake.runner import run_photo
from photolib.intake.sweep import sweep
from photolib.library.models import Photo
from tests.factories import photo_row
from tests.intake.conftest import Receive, SetSteps, accepted, claim_next


@pytest.fixture
def photo(arrive: Receive, set_steps: SetSteps) -> Photo:
    return accepted(arrive())


@pytest.fixture
def dead_hand() -> Hand:
    """The hand of a process that lived a moment ago."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    hand = Hand()
    hand.holder = holder_of(process.pid)
    process.communicate(b"\n")
    return hand


def test_this_process_is_alive_and_its_name_fits() -> None:
    assert not is_dead(this_process())
    assert len(this_process()) <= 120


def test_dead_process_is_known_as_dead(dead_hand: Hand) -> None:
    assert is_dead(dead_hand.holder)


def test_killed_process_is_dead_even_before_its_parent_noticed() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    holder = holder_of(process.pid)
    assert not is_dead(holder)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert is_dead(holder)
    process.communicate()


def test_another_process_with_the_same_number_is_not_the_holder() -> None:
    host, pid, start = this_process().rsplit(":", 2)
    assert is_dead(f"{host}:{pid}:{int(start) + 1}")


def test_of_other_hosts_nothing_is_assumed() -> None:
    assert not is_dead("elsewhere:1:1")


def test_step_of_a_dead_worker_is_due_again_a_little_later(photo: Photo, dead_hand: Hand) -> None:
    assert claim_next(photo, dead_hand)
    assert sweep() == 1
    run = StepRun.objects.get(photo=photo, step="first")
    assert (run.state, run.attempts) == (StepState.DUE, 1)
    assert run.due_at is not None
    assert run.due_at > timezone.now()
    assert "The worker died" in run.error


def test_step_of_a_living_worker_is_left_alone(photo: Photo) -> None:
    assert claim_next(photo, Hand())
    assert sweep() == 0


def test_step_whose_lease_is_over_is_freed_and_its_holder_fenced_off(photo: Photo) -> None:
    run = claim_next(photo, Hand())
    assert run is not None
    StepRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sweep() == 1
    with pytest.raises(leases.ClaimLost):
        leases.finish_step(run, write=None, seconds=1, hand=Hand(), following=None)


def test_third_death_parks_the_step_and_the_rest_goes_on(photo: Photo, dead_hand: Hand) -> None:
    for _ in range(3):
        StepRun.objects.filter(step="first").update(due_at=None)
        assert claim_next(photo, dead_hand)
        sweep()
    assert StepRun.objects.get(photo=photo, step="first").state == StepState.PARKED
    assert run_photo(photo.pk) == 1
    assert StepRun.objects.get(photo=photo, step="second").state == StepState.DONE


def test_step_that_took_too_long_says_so(photo: Photo, dead_hand: Hand, settings: Settings) -> None:
    settings.STEP_SECONDS = 5
    run = claim_next(photo, dead_hand)
    assert run is not None
    long_ago = timezone.now() - timedelta(seconds=6)
    StepRun.objects.filter(pk=run.pk).update(started_at=long_ago)
    sweep()
    run.refresh_from_db()
    assert "took longer than 5 seconds" in run.error


def test_file_that_kills_three_workers_is_refused(
    arrive: Receive, set_steps: SetSteps, dead_hand: Hand
) -> None:
    incoming = arrive(name="cursed.jpg")
    for _ in range(3):
        Incoming.objects.update(due_at=None)
        assert leases.claim_incoming(incoming.pk, dead_hand)
        sweep()
    incoming.refresh_from_db()
    assert (incoming.state, incoming.refusal) == (IncomingState.REFUSED, "unreadable")
    assert "stopped the worker three times" in incoming.error
    assert not incoming_path(incoming.file_key).exists()


def test_silent_workers_are_forgotten(db: None) -> None:
    now = timezone.now()
    WorkerSeen.objects.create(holder="old", seen_at=now - timedelta(hours=1))
    WorkerSeen.objects.create(holder="new", seen_at=now)
    sweep()
    assert [worker.holder for worker in WorkerSeen.objects.all()] == ["new"]


def test_new_step_in_settings_reaches_every_photo(photo: Photo, set_steps: SetSteps) -> None:
    run_photo(photo.pk)
    set_steps("first", "second", "hopeless")
    assert catch_up() == 1
    assert catch_up() == 0
    assert StepRun.objects.get(step="hopeless").state == StepState.DUE


def test_raised_version_does_every_photo_again(photo: Photo, set_steps: SetSteps) -> None:
    run_photo(photo.pk)
    StepRun.objects.update(attempts=2)
    set_steps("first_again", "second")
    assert catch_up() == 1
    run = StepRun.objects.get(step="first")
    assert (run.state, run.version, run.attempts) == (StepState.DUE, 2, 0)


def test_step_that_left_settings_waits_no_more(photo: Photo, set_steps: SetSteps) -> None:
    set_steps("second")
    catch_up()
    assert [run.step for run in StepRun.objects.all()] == ["second"]


def test_photo_that_came_by_another_way_gets_its_steps(alice: User, set_steps: SetSteps) -> None:
    photo_row(alice)
    assert catch_up() == 2
