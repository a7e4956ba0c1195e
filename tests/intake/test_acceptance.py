"""From file to photo: all or nothing, and every refusal explained."""

import errno
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.intake import acceptance
from photolib.intake.acceptance import accept_incoming
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState
from photolib.intake.paths import incoming_path
from photolib.library.models import Original, Photo
from photolib.library.services import move_to_trash
from photolib.library.storage import original_path
from tests.factories import picture
from tests.intake.conftest import Receive, SetSteps, accepted

pytestmark = pytest.mark.usefixtures("set_steps")


def again(incoming: Incoming) -> Incoming:
    return Incoming.objects.get(pk=incoming.pk)


def make_due(incoming: Incoming) -> None:
    Incoming.objects.filter(pk=incoming.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def test_accepted_file_becomes_a_photo_with_its_steps_due(arrive: Receive) -> None:
    content = picture(seed=5)
    incoming = arrive(content, name="five.jpg")
    photo = accepted(incoming)
    assert original_path(photo.original).read_bytes() == content
    assert (photo.width, photo.height, photo.original_name) == (640, 480, "five.jpg")
    steps = StepRun.objects.filter(photo=photo).values_list("step", "state", "attempts")
    assert list(steps) == [("first", StepState.DUE, 0), ("second", StepState.DUE, 0)]
    assert again(incoming).state == IncomingState.ACCEPTED
    assert again(incoming).photo == photo
    assert not incoming_path(incoming.file_key).exists()


def test_same_bytes_again_are_one_photo(arrive: Receive) -> None:
    first = accept_incoming(arrive(seed=1).pk)
    second = arrive(seed=1)
    assert accept_incoming(second.pk) == first
    assert again(second).state == IncomingState.DUPLICATE
    assert Photo.objects.count() == 1
    assert not incoming_path(second.file_key).exists()


def test_same_bytes_bring_a_photo_back_from_the_trash(arrive: Receive, alice: User) -> None:
    photo = accepted(arrive(seed=1))
    move_to_trash(photos=[photo], by=alice)
    accept_incoming(arrive(seed=1).pk)
    photo.refresh_from_db()
    assert photo.trashed_at is None


def test_two_libraries_share_an_original(arrive: Receive, bob: User) -> None:
    accept_incoming(arrive(seed=1).pk)
    accept_incoming(arrive(seed=1, owner=bob).pk)
    assert (Photo.objects.count(), Original.objects.count()) == (2, 1)


def test_truncated_picture_is_refused_with_a_reason_and_its_file_goes(arrive: Receive) -> None:
    incoming = arrive(picture()[:2000], name="half.jpg")
    assert accept_incoming(incoming.pk) is None
    row = again(incoming)
    assert (row.state, row.refusal) == (IncomingState.REFUSED, "truncated")
    assert row.error
    assert not incoming_path(incoming.file_key).exists()
    assert not Photo.objects.exists()


def test_pixel_bomb_is_refused(arrive: Receive, settings: Settings) -> None:
    settings.MAX_PIXELS = 1_000_000
    bomb = io.BytesIO()
    Image.new("1", (4000, 4000)).save(bomb, "PNG")
    incoming = arrive(bomb.getvalue(), name="bomb.png")
    assert accept_incoming(incoming.pk) is None
    assert again(incoming).refusal == "too_many_pixels"


def test_file_that_vanished_is_refused_rather_than_tried_for_ever(arrive: Receive) -> None:
    incoming = arrive()
    incoming_path(incoming.file_key).unlink()
    assert accept_incoming(incoming.pk) is None
    assert again(incoming).refusal == "unreadable"


def test_full_disk_uses_no_attempt_and_loses_nothing(
    arrive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(**fields: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    incoming = arrive()
    with monkeypatch.context() as patch:
        patch.setattr(acceptance, "accept_photo", no_space)
        assert accept_incoming(incoming.pk) is None
    row = again(incoming)
    assert (row.state, row.attempts) == (IncomingState.RECEIVED, 0)
    assert row.due_at is not None
    assert row.due_at > timezone.now()
    make_due(incoming)
    assert accept_incoming(incoming.pk) is not None


def test_failure_half_way_leaves_no_photo_and_keeps_the_file(
    arrive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(photo: Photo) -> None:
        raise RuntimeError("out of paper")

    incoming = arrive()
    with monkeypatch.context() as patch:
        patch.setattr(acceptance, "plan_photo", fail)
        accept_incoming(incoming.pk)
    assert not Photo.objects.exists()
    assert not Original.objects.exists()
    assert again(incoming).state == IncomingState.RECEIVED
    assert "out of paper" in again(incoming).error
    make_due(incoming)
    assert accept_incoming(incoming.pk) is not None


def test_third_failure_refuses_the_file(arrive: Receive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**fields: object) -> None:
        raise RuntimeError("out of paper")

    monkeypatch.setattr(acceptance, "accept_photo", fail)
    incoming = arrive()
    for attempt in (1, 2, 3):
        assert accept_incoming(incoming.pk) is None
        assert again(incoming).attempts == attempt
        make_due(incoming)
    assert again(incoming).state == IncomingState.REFUSED
    assert not incoming_path(incoming.file_key).exists()


def test_row_that_has_gone_is_passed_over_quietly(db: None) -> None:
    assert accept_incoming(12345) is None


def test_a_file_in_work_is_nobody_elses(arrive: Receive, set_steps: SetSteps) -> None:
    incoming = arrive()
    Incoming.objects.update(state=IncomingState.RUNNING)
    assert accept_incoming(incoming.pk) is None
    assert not Photo.objects.exists()
