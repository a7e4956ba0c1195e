"""The worker's loop and the doorbell, in this process."""

import time

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.intake import doorbell, hands, leases, tasks
from photolib.intake.hands import BeatingHand, Hand
from photolib.intake.models import Incoming, StepRun, StepState, WorkerSeen
from photolib.intake.worker import work
from photolib.library.models import Photo
from tests.intake import fake_steps
from tests.intake.conftest import Receive, SetSteps, rings, until


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch, set_steps: SetSteps) -> None:
    monkeypatch.setattr("photolib.intake.leases.BACKOFF_SECONDS", 0.2)


def test_drain_works_off_everything_and_ends(arrive: Receive) -> None:
    for seed in range(3):
        arrive(seed=seed)
    told: list[int] = []
    work(Hand(), drain=True, tell=lambda: told.append(1))
    assert Photo.objects.filter(lens="first second ").count() == 3
    assert len(told) == 3
    assert not rings()


def test_drain_waits_for_what_is_to_be_tried_again(arrive: Receive, set_steps: SetSteps) -> None:
    set_steps("failing")
    arrive()
    work(Hand(), drain=True)
    run = StepRun.objects.get()
    assert (run.state, run.attempts) == (StepState.PARKED, 3)


def test_drain_does_not_wait_for_locked_keys(arrive: Receive, set_steps: SetSteps) -> None:
    set_steps("locked", "second")
    arrive()
    work(Hand(), drain=True)
    assert StepRun.objects.get(step="locked").state == StepState.DUE
    assert StepRun.objects.get(step="second").state == StepState.DONE


def test_file_is_whole_before_the_next_one_is_begun(arrive: Receive) -> None:
    arrive(seed=1)
    arrive(seed=2)
    work(Hand(), drain=True)
    assert [step for step, _photo in fake_steps.CALLS] == ["first", "second"] * 2


def test_ring_is_a_real_task_that_does_the_work(arrive: Receive) -> None:
    arrive()
    (message,) = rings()
    assert message["func"] == "photolib.intake.tasks.accept_incoming"
    tasks.accept_incoming(*message["args"])
    assert Photo.objects.get().lens == "first second "
    for message in rings()[1:]:
        assert message["func"] == "photolib.intake.tasks.run_photo"
        tasks.run_photo(*message["args"])
    assert len(fake_steps.CALLS) == 2


def test_task_of_a_photo_that_has_gone_is_quiet(db: None) -> None:
    tasks.run_photo(999)
    tasks.accept_incoming(999)


@pytest.mark.django_db(transaction=True)
def test_ring_is_taken_back_with_its_transaction() -> None:
    def ring_and_fail() -> None:
        with transaction.atomic():
            doorbell.ring(1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ring_and_fail()
    assert not rings()


def test_waiting_hears_a_ring_and_answers_it(db: None) -> None:
    doorbell.ring(1)
    time.sleep(0.01)
    assert doorbell.wait()
    assert not rings()
    assert not doorbell.wait()


@pytest.mark.django_db(transaction=True)
def test_heartbeat_renews_the_lease_and_says_that_the_worker_lives(
    arrive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "RENEW_SECONDS", 0.05)
    incoming = arrive()
    with BeatingHand() as hand:
        assert WorkerSeen.objects.filter(holder=hand.holder).exists()
        soon = timezone.now()
        claimed = leases.claim_incoming(incoming.pk, hand)
        assert claimed is not None
        Incoming.objects.update(lease_until=soon)
        with hand.holding(claimed):
            until(lambda: bool(Incoming.objects.filter(lease_until__gt=soon)), seconds=5)
    assert not WorkerSeen.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_heartbeat_stops_renewing_a_step_that_takes_too_long(
    arrive: Receive, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(hands, "RENEW_SECONDS", 0.02)
    settings.STEP_SECONDS = 0
    incoming = arrive()
    with BeatingHand() as hand:
        claimed = leases.claim_incoming(incoming.pk, hand)
        assert claimed is not None
        soon = timezone.now()
        Incoming.objects.update(lease_until=soon)
        with hand.holding(claimed):
            time.sleep(0.3)
    assert Incoming.objects.get().lease_until == soon


@pytest.mark.django_db(transaction=True)
def test_work_command_drains_and_counts_in_json(
    alice: User, arrive: Receive, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    # Not for the process that runs the tests.
    module = "photolib.intake.management.commands.work"
    monkeypatch.setattr(f"{module}.limit_this_process", lambda: None)
    monkeypatch.setattr(f"{module}.signal.signal", lambda number, handler: None)
    arrive()
    call_command("work", "--drain", "--json")
    assert capsys.readouterr().out.strip() == '{"worked_on": 1, "parked_steps": 0}'
