"""Running a photo's steps: in order, counted first, fenced, and one failure hinders no other step."""

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image, ImageFile

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write
from photolib.intake import leases, runner
from photolib.intake.acceptance import accept_incoming
from photolib.intake.hands import Hand
from photolib.intake.models import StepRun, StepState
from photolib.intake.runner import run_photo
from photolib.intake.services import rerun, retry_parked
from photolib.intake.worker import work_once
from photolib.library.models import Photo
from tests.intake import fake_steps
from tests.intake.conftest import Receive, SetSteps, accepted, claim_next

PhotoWith = Callable[..., Photo]


@pytest.fixture
def photo(arrive: Receive, set_steps: SetSteps) -> Photo:
    return accepted(arrive())


@pytest.fixture
def photo_with(arrive: Receive, set_steps: SetSteps) -> PhotoWith:
    """`photo_with("failing", "second")`: a photo that needs these steps."""

    def make(*steps: str) -> Photo:
        set_steps(*steps)
        return accepted(arrive())

    return make


def step_of(photo: Photo, step: str) -> StepRun:
    return StepRun.objects.get(photo=photo, step=step)


def make_due() -> None:
    StepRun.objects.filter(state=StepState.DUE).update(due_at=timezone.now() - timedelta(seconds=1))


def test_steps_run_in_the_order_of_settings_and_see_what_earlier_ones_wrote(photo: Photo) -> None:
    assert run_photo(photo.pk) == 2
    photo.refresh_from_db()
    assert photo.lens == "first second "
    run = step_of(photo, "first")
    assert (run.state, run.attempts, run.holder, run.claim) == (StepState.DONE, 1, "", None)
    assert run.seconds is not None


def test_nothing_is_done_twice(photo: Photo) -> None:
    run_photo(photo.pk)
    assert run_photo(photo.pk) == 0
    assert len(fake_steps.CALLS) == 2


def test_pixels_are_decoded_once_for_all_steps(
    photo_with: PhotoWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Counting(Pixels):
        def __init__(self, path: Path, *, name: str, image: Image.Image | None) -> None:
            opened.append(name)
            super().__init__(path, name=name, image=image)

    monkeypatch.setattr(runner, "Pixels", Counting)
    run_photo(photo_with("first", "failing", "second").pk)
    assert len(opened) == 1


def test_picture_is_decoded_once_from_its_arrival_to_its_last_step(
    arrive: Receive, set_steps: SetSteps, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[str] = []
    real = ImageFile.ImageFile.load

    def load(image: ImageFile.ImageFile) -> object:
        if image.tile:
            decoded.append(str(image.format))
        return real(image)

    def look(photo: Photo, pixels: Pixels) -> None:
        assert pixels.array.shape == (480, 640, 3)

    steps = tuple(Step(name=name, version=1, run=look) for name in ("first", "second"))
    arrive(seed=1)
    monkeypatch.setattr(runner, "photo_steps", lambda: steps)
    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    assert work_once(Hand())
    assert StepRun.objects.filter(state=StepState.DONE).count() == 2
    assert decoded == ["JPEG"]


def test_attempt_is_counted_and_committed_before_the_step_begins(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int]] = []

    def look(photo: Photo, pixels: Pixels) -> None:
        run = step_of(photo, "first")
        seen.append((run.state, run.attempts))

    looking = Step(name="first", version=1, run=look)
    monkeypatch.setattr(runner, "photo_steps", lambda: (looking, fake_steps.second))
    run_photo(photo.pk)
    assert seen == [(StepState.RUNNING, 1)]


def test_failure_is_tried_three_times_then_parked_with_its_error(photo_with: PhotoWith) -> None:
    photo = photo_with("failing", "second")
    for attempt in (1, 2, 3):
        run_photo(photo.pk)
        assert step_of(photo, "failing").attempts == attempt
        make_due()
    run = step_of(photo, "failing")
    assert run.state == StepState.PARKED
    assert "ValueError" in run.error
    assert "seven is not a colour" in run.error
    assert run_photo(photo.pk) == 0


def test_failed_step_is_not_repeated_at_once(photo_with: PhotoWith) -> None:
    photo = photo_with("failing")
    run_photo(photo.pk)
    assert run_photo(photo.pk) == 0
    due_at = step_of(photo, "failing").due_at
    assert due_at is not None
    assert timezone.now() < due_at < timezone.now() + timedelta(seconds=10)


def test_parked_step_hinders_no_later_one(photo_with: PhotoWith) -> None:
    photo = photo_with("hopeless", "second")
    assert run_photo(photo.pk) == 2
    assert step_of(photo, "hopeless").state == StepState.PARKED
    assert step_of(photo, "hopeless").attempts == 1
    assert step_of(photo, "hopeless").error == "This picture has no colours at all."
    assert step_of(photo, "second").state == StepState.DONE


def test_waiting_for_keys_uses_up_no_attempt(photo_with: PhotoWith) -> None:
    photo = photo_with("locked")
    for _ in range(5):
        assert run_photo(photo.pk) == 1
        make_due()
    run = step_of(photo, "locked")
    assert (run.state, run.attempts, run.error) == (StepState.DUE, 0, "The keys are locked.")


def test_full_disk_uses_up_no_attempt(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(photo: Photo, pixels: Pixels) -> Write:
        raise OSError(errno.ENOSPC, "No space left on device")

    step = Step(name="first", version=1, run=full)
    monkeypatch.setattr(runner, "photo_steps", lambda: (step, fake_steps.second))
    run_photo(photo.pk)
    assert (step_of(photo, "first").state, step_of(photo, "first").attempts) == (StepState.DUE, 0)


def test_write_that_fails_leaves_nothing_written(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_written(photo: Photo, pixels: Pixels) -> Write:
        def write() -> None:
            Photo.objects.filter(pk=photo.pk).update(lens="half")
            raise RuntimeError("the pen broke")

        return write

    step = Step(name="first", version=1, run=half_written)
    monkeypatch.setattr(runner, "photo_steps", lambda: (step, fake_steps.second))
    run_photo(photo.pk)
    photo.refresh_from_db()
    assert photo.lens == "second "
    assert step_of(photo, "first").state == StepState.DUE


def test_worker_that_lost_its_claim_writes_nothing(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_away(photo: Photo, pixels: Pixels) -> Write:
        StepRun.objects.filter(photo=photo, step="first").update(claim=None, state=StepState.DUE)
        return fake_steps.first.run(photo, pixels)  # type: ignore[return-value]  # it always writes

    step = Step(name="first", version=1, run=taken_away)
    monkeypatch.setattr(runner, "photo_steps", lambda: (step, fake_steps.second))
    run_photo(photo.pk)
    photo.refresh_from_db()
    assert photo.lens == ""
    assert step_of(photo, "second").state == StepState.DUE


def test_photo_that_goes_meanwhile_is_passed_over_quietly(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(photo: Photo, pixels: Pixels) -> None:
        Photo.objects.filter(pk=photo.pk).delete()

    monkeypatch.setattr(runner, "photo_steps", lambda: (Step(name="first", version=1, run=gone),))
    assert run_photo(photo.pk) == 1
    assert run_photo(photo.pk) == 0


def test_two_workers_never_work_on_one_photo(photo: Photo) -> None:
    assert claim_next(photo, Hand()) is not None
    assert claim_next(photo, Hand()) is None
    assert leases.next_photo() is None


def test_worker_asked_to_stop_finishes_its_step_and_takes_no_other(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand()

    def stop(photo: Photo, pixels: Pixels) -> None:
        hand.stopping = True

    step = Step(name="first", version=1, run=stop)
    monkeypatch.setattr(runner, "photo_steps", lambda: (step, fake_steps.second))
    assert run_photo(photo.pk, hand=hand) == 1
    assert step_of(photo, "first").state == StepState.DONE
    assert (step_of(photo, "second").state, step_of(photo, "second").attempts) == ("due", 0)


def test_what_just_arrived_comes_before_old_photos(arrive: Receive, set_steps: SetSteps) -> None:
    accept_incoming(arrive(seed=1).pk)
    newest = accept_incoming(arrive(seed=2).pk)
    assert leases.next_photo() == newest


def test_retry_finishes_what_was_parked(
    photo_with: PhotoWith, alice: User, bob: User, set_steps: SetSteps
) -> None:
    photo = photo_with("first", "second")
    StepRun.objects.update(state=StepState.PARKED, attempts=3, error="It was a bad day.")
    assert retry_parked(by=bob) == 0
    assert retry_parked(by=alice, photo=photo) == 2
    assert run_photo(photo.pk) == 2
    assert not StepRun.objects.exclude(state=StepState.DONE, error="").exists()


def test_rerun_makes_one_step_of_one_library_due(
    photo: Photo, alice: User, bob: User, arrive: Receive
) -> None:
    other = accepted(arrive(seed=9, owner=bob))
    run_photo(photo.pk)
    run_photo(other.pk)
    assert rerun(step="second", library=photo.library) == 1
    due = StepRun.objects.filter(state=StepState.DUE)
    assert list(due.values_list("photo_id", "step", "attempts")) == [(photo.pk, "second", 0)]


def test_rerun_takes_the_claim_of_a_step_that_runs(photo: Photo) -> None:
    run = claim_next(photo, Hand())
    assert run is not None
    rerun(step="first", library=photo.library)
    with pytest.raises(leases.ClaimLost):
        leases.settle(run, state=StepState.DONE)
