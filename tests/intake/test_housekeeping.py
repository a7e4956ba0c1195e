"""Orphan files and the daily chores."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.core import chores as registry
from photolib.intake import chores
from photolib.intake.models import ChoreRun, Incoming, IncomingState
from photolib.intake.orphans import remove_orphans, remove_orphans_of_incoming
from photolib.intake.paths import incoming_path
from photolib.library.storage import original_path, path_of
from photolib.people.models import Appearance
from photolib.people.services import create_person
from tests.factories import photo_row
from tests.intake.conftest import Receive, SetSteps, accepted


def later(hours: float = 2) -> datetime:
    """A moment at which what was written now is no longer in flight."""
    return timezone.now() + timedelta(hours=hours)


def make_file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left behind")
    return path


def test_upload_that_was_never_finished_goes_after_an_hour(arrive: Receive) -> None:
    waiting = incoming_path(arrive().file_key)
    orphan = make_file(incoming_path("0" * 32 + ".part"))
    assert remove_orphans_of_incoming() == 0
    assert orphan.exists()
    assert remove_orphans_of_incoming(later()) == 1
    assert waiting.exists()


def test_age_counts_from_arrival_and_not_from_the_cameras_date(db: None) -> None:
    fresh = make_file(incoming_path("fresh"))
    os.utime(fresh, (0, 0))
    assert remove_orphans_of_incoming() == 0
    assert fresh.exists()


def test_file_of_a_finished_row_goes(arrive: Receive) -> None:
    path = incoming_path(arrive().file_key)
    Incoming.objects.update(state=IncomingState.ACCEPTED)
    assert remove_orphans_of_incoming(later()) == 1
    assert not path.exists()


def test_drafts_and_originals_without_a_row_go_and_the_others_stay(
    arrive: Receive, set_steps: SetSteps, settings: Settings
) -> None:
    photo = accepted(arrive())
    stray = make_file(path_of("ab" * 32, "jpeg"))
    draft = make_file(settings.PHOTOLIB_DATA / "renditions" / "01" / "1" / ".draft-xyz")
    assert remove_orphans(timezone.now()) == 0
    assert remove_orphans(later()) == 2
    assert not stray.exists()
    assert not draft.exists()
    assert original_path(photo.original).exists()


@pytest.fixture
def one_chore(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The only registered chore; the list says when it ran."""
    ran: list[str] = []
    monkeypatch.setattr(registry, "_CHORES", {})
    registry.register("test.count", lambda now: ran.append(now.isoformat()))
    return ran


def test_chore_runs_once_a_day_whoever_asks(db: None, one_chore: list[str]) -> None:
    assert chores.run_due_chores() == ["test.count"]
    assert chores.run_due_chores() == []
    ChoreRun.objects.update(due_at=timezone.now())
    assert chores.run_due_chores() == ["test.count"]
    assert len(one_chore) == 2


def test_failed_chore_is_noted_and_tried_after_an_hour(
    db: None, one_chore: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(now: object) -> None:
        raise RuntimeError("no broom")

    registry.register("test.fail", fail)
    assert set(chores.run_due_chores()) == {"test.count", "test.fail"}
    run = ChoreRun.objects.get(name="test.fail")
    assert run.error == "RuntimeError: no broom"
    assert run.due_at < timezone.now() + timedelta(hours=2)
    assert len(one_chore) == 1


def test_name_of_a_chore_is_taken_once(one_chore: list[str]) -> None:
    with pytest.raises(ValueError, match=r"test\.count"):
        registry.register("test.count", print)


def test_chores_of_the_product_are_registered_and_run(db: None) -> None:
    assert {"intake.old_arrivals", "intake.orphans", "library.trash", "people.unanswered"} <= set(
        chores.run_due_chores()
    )
    assert not ChoreRun.objects.exclude(error="").exists()


def test_refused_files_are_forgotten_after_seven_days(arrive: Receive) -> None:
    arrive(seed=1)
    arrive(seed=2)
    now = timezone.now()
    first = Incoming.objects.order_by("pk").first()
    assert first is not None
    Incoming.objects.filter(pk=first.pk).update(state=IncomingState.REFUSED, finished_at=now)
    chores.drop_old_arrivals(now + timedelta(days=6))
    assert Incoming.objects.count() == 2
    chores.drop_old_arrivals(now + timedelta(days=8))
    assert Incoming.objects.exclude(pk=first.pk).count() == Incoming.objects.count() == 1


def test_unanswered_question_ends_and_answers_stay(alice: User) -> None:
    photo = photo_row(alice)
    assert alice.household is not None
    person = create_person(household=alice.household, name="Ida", by=alice)
    now = timezone.now()
    asked = Appearance.objects.create(
        person=person, photo=photo, state="asked", source="machine",
        expires_at=now - timedelta(minutes=1),
    )  # fmt: skip
    chores.drop_unanswered_questions(now)
    assert not Appearance.objects.filter(pk=asked.pk).exists()
    sure = Appearance.objects.create(person=person, photo=photo, state="confirmed", source="human")
    chores.drop_unanswered_questions(now)
    assert Appearance.objects.filter(pk=sure.pk).exists()
