"""P5 (GDPR 7(3)): a withdrawal reaches every copy and every worker, and a receipt says so."""

import io
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from faces import held
from faces.models import GroupingSession, Template, UnknownFace
from faces.packs import BUNDLED
from photolib.consent import keys
from photolib.consent.erasure_models import ErasureReceipt
from photolib.consent.keystore import erasures
from photolib.consent.receipts import EVERYWHERE
from photolib.core.chores import all_chores
from photolib.core.steps import photo_steps
from photolib.describe.queries import texts_for
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState
from photolib.library.models import Photo, RecognitionState
from photolib.people.models import Appearance, FaceRegion, Person
from photolib.search.queries import search_photos
from tests.faces.conftest import House
from tests.faces.fake_engine import picture_of
from tests.intake.conftest import Processes, Receive, accepted, until
from tests.privacy.erasure.conftest import Commits, settle
from tests.privacy.erasure.traces import files_holding

STEP = "tests.privacy.erasure.worker_steps.find_faces"
WITHIN = 60.0


@pytest.fixture
def worker_step(settings: Settings) -> Iterator[None]:
    """This process plans the same step as the workers."""
    settings.PHOTO_STEPS = [STEP]
    photo_steps.cache_clear()
    yield
    photo_steps.cache_clear()


def send(arrive: Receive, *people: str, light: int, name: str = "") -> Incoming:
    out = io.BytesIO()
    picture_of(*people, light=light).save(out, "PNG")
    return arrive(out.getvalue(), seed=light, name=name)


def none_of(*states: str, but: Photo | None = None) -> bool:
    """Whether nothing waits or is at work, one photo left out."""
    files = Incoming.objects.filter(state__in=[IncomingState.RECEIVED, IncomingState.RUNNING])
    steps = StepRun.objects.filter(state__in=states).exclude(photo=but)
    return not files.exists() and not steps.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_p05_withdrawal_reaches_every_worker_within_a_minute(
    house: House, processes: Processes, arrive: Receive, worker_step: None, settings: Settings
) -> None:
    data = Path(settings.PHOTOLIB_DATA)
    anna = house.person("Anna")
    house.switch(RecognitionState.HOUSEHOLD)
    house.says(anna, True)
    first = accepted(send(arrive, "red", "blue", light=200))
    processes.start("work", "--drain", steps=STEP).communicate(timeout=60)
    house.names(FaceRegion.objects.filter(photo=first).order_by("left")[0], anna)
    key_id = Template.objects.get(person=anna).key_id
    processes.start("work", "--drain", steps=STEP).communicate(timeout=60)

    # The third has looked, matched Anna, and is stopped before it can write.
    slow = accepted(send(arrive, "red", "blue", light=210, name="slow.png"))
    third = processes.start("work", steps=STEP)
    until(lambda: (data / f"matched-{third.pid}-1").exists())
    third.send_signal(signal.SIGSTOP)

    workers = [processes.start("work", steps=STEP) for _ in range(2)]
    for light in (120, 130, 140, 150, 160, 170, 180, 190):
        send(arrive, "red", "blue", light=light)
        until(lambda: none_of(StepState.DUE, StepState.RUNNING, but=slow))
    until(lambda: all((data / f"holding-{worker.pid}").exists() for worker in workers))
    until(lambda: Appearance.objects.filter(person=anna, source="machine").exists())

    began = time.monotonic()
    house.says(anna, False)

    assert not keys.exists(key_id)
    assert not Template.objects.exists()
    assert not Appearance.objects.filter(person=anna, source="machine").exists()
    held_by = [data / f"holding-{worker.pid}" for worker in workers]
    until(lambda: not any(path.exists() for path in held_by), seconds=WITHIN)
    took = time.monotonic() - began
    assert took < WITHIN

    third.send_signal(signal.SIGCONT)
    (data / "go").touch()
    until(lambda: not (data / f"holding-{third.pid}").exists())
    until(lambda: none_of(StepState.DUE, StepState.RUNNING))
    assert all(worker.poll() is None for worker in [*workers, third])
    assert not Template.objects.exists()
    assert not Appearance.objects.filter(person=anna, source="machine").exists()
    assert FaceRegion.objects.filter(photo=slow).count() == 2


@pytest.mark.django_db
def test_p05_taking_back_is_one_press_and_shows_the_receipt(
    house: House, anna: Person, client
) -> None:
    house.look(house.photo("red", light=150))
    assert anna.user is not None
    client.force_login(anna.user)
    page = client.get("/consent/").content.decode()
    address = f"/consent/{anna.pk}/{house.library.pk}/recognise/take-back/"
    assert address in page
    response = client.post(address, follow=True)
    receipt = ErasureReceipt.objects.get()
    assert response.redirect_chain == [(f"/consent/receipts/{receipt.pk}/", 302)]
    words = " ".join(response.content.decode().split())
    assert "Measurements of the face, kept to recognise it: 1, erased" in words
    assert "Names and questions by the machine: 1, erased" in words
    assert "Copies that somebody downloaded" in words


@pytest.mark.django_db
def test_p05_descriptions_and_search_lose_the_machines_name_at_once(
    house: House, anna: Person
) -> None:
    photo = house.photo("red", light=150)
    house.look(photo)
    photos = Photo.objects.filter(pk=photo.pk)
    assert "Anna" in texts_for(photos, house.owner, "en")[photo.pk].alt
    assert photo in search_photos(house.owner, "Anna", "en").photos
    house.says(anna, False)
    assert "Anna" not in str(texts_for(photos, house.owner, "en")[photo.pk])
    assert photo not in search_photos(house.owner, "Anna", "en").photos


@pytest.mark.django_db
def test_p05_other_libraries_and_people_keep_what_they_allowed(
    house: House, anna: Person, commits: Commits
) -> None:
    ben = house.person("Ben")
    house.says(ben, True)
    (region,) = house.look(house.photo("green", light=200))
    with commits():
        house.names(region, ben)
    settle(house, commits)
    house.says(anna, False)
    assert [template.person for template in Template.objects.all()] == [ben]
    assert keys.exists(Template.objects.get().key_id)


@pytest.mark.django_db
def test_p05_the_erasure_is_listed_with_the_keys_by_numbers_only(
    house: House, anna: Person, settings: Settings
) -> None:
    key_id = Template.objects.get().key_id
    house.says(anna, False)
    stones = list(erasures.read_all())
    assert [stone.keys for stone in stones if stone.keys] == [(key_id,)]
    (whole,) = [stone for stone in stones if stone.purpose]
    assert (whole.person, whole.library) == (anna.pk, house.library.pk)
    assert whole.id == ErasureReceipt.objects.get().tombstone
    assert b"Anna" not in (settings.PHOTOLIB_KEYSTORE / erasures.FILE).read_bytes()


@pytest.mark.django_db
def test_p05_a_keystore_that_is_away_does_not_stop_a_withdrawal(
    house: House, anna: Person, settings: Settings, commits: Commits
) -> None:
    key_id = Template.objects.get().key_id
    away = settings.PHOTOLIB_KEYSTORE.rename(settings.PHOTOLIB_KEYSTORE.with_name("away"))
    with commits():
        house.says(anna, False)
    assert not Template.objects.exists()
    receipt = ErasureReceipt.objects.get()
    assert "keystore" in receipt.unreached
    assert receipt.finished_at is None
    away.rename(settings.PHOTOLIB_KEYSTORE)
    all_chores()["consent.finish_erasures"](timezone.now())
    receipt = ErasureReceipt.objects.get()
    assert receipt.finished_at
    assert not keys.exists(key_id)
    assert any(stone.id == receipt.tombstone for stone in erasures.read_all())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's files are its own")
def test_p05_the_sealed_bytes_leave_the_database_file_and_its_journal(house: House) -> None:
    anna = house.person("Anna")
    house.switch(RecognitionState.CONSENTED)
    house.says(anna, True)
    (region,) = house.look(house.photo("red", light=200))
    house.names(region, anna)
    house.look_at_due()
    sealed = bytes(Template.objects.get().sealed)
    assert files_holding(sealed[100:164])
    house.says(anna, False)
    assert files_holding(sealed[100:164]) == []
    assert ErasureReceipt.objects.get().finished_at is not None


def grouping_with(house: House, *people: str) -> GroupingSession:
    house.switch(RecognitionState.HOUSEHOLD)
    house.look(house.photo(*people, light=200))
    return GroupingSession.objects.get()


@pytest.mark.django_db
def test_p05_a_workers_index_is_made_anew_once_consent_changed(house: House) -> None:
    session = grouping_with(house, "red", "blue")
    before = held.hold(session, BUNDLED)
    assert held.hold(session, BUNDLED) is before
    house.says(house.person("Ben"), True)
    assert held.hold(session, BUNDLED) is not before


@pytest.mark.django_db
def test_p05_a_busy_worker_lets_go_of_what_left_the_database(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = grouping_with(house, "red", "blue")
    index = held.hold(session, BUNDLED)
    UnknownFace.objects.order_by("pk")[0].delete()
    monkeypatch.setattr(held, "HELD_SECONDS", 0.0)
    assert len(held.hold(session, BUNDLED)) == 1
    assert len(index) == 1


@pytest.mark.django_db
def test_p05_an_idle_worker_lets_go_by_itself(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held.HELD_SECONDS <= WITHIN / 2
    session = grouping_with(house, "red", "blue")
    monkeypatch.setattr(held, "HELD_SECONDS", 0.2)
    held.hold(session, BUNDLED)
    assert held.is_holding()
    until(lambda: not held.is_holding(), seconds=5)


def test_p05_receipts_promise_what_is_kept() -> None:
    assert timedelta(seconds=2 * held.HELD_SECONDS) <= EVERYWHERE
