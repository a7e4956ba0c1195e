"""A copy of the database and the data folder, a withdrawal, the copy put back: nothing comes back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django import Settings

from faces.models import GroupingSession, Template, UnknownFace
from faces.sealing import open_template
from photolib.consent import keys
from photolib.consent.decisions import decide
from photolib.consent.erasure_models import ErasureReceipt, ReceiptKind
from photolib.consent.errors import KeyGone
from photolib.consent.key_checks import check_keystore
from photolib.consent.models import Channel, Decision, Purpose
from photolib.consent.replay import Replayed, replay_erasures, waiting_erasures
from photolib.consent.services import answer
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Original, Photo, RecognitionState
from photolib.people.models import Appearance, Person
from photolib.safekeeping.backup import make_backup
from photolib.safekeeping.database import dump_to, load_from
from tests.faces.conftest import House
from tests.intake.conftest import Processes, until

pytestmark = pytest.mark.django_db(transaction=True)

PutBack = Callable[[], None]


@pytest.fixture
def anna(house: House) -> Person:
    """As in conftest, with real commits: Anna is found in a second photo."""
    person = house.person("Anna")
    house.switch(RecognitionState.CONSENTED)
    house.says(person, True)
    (region,) = house.look(house.photo("red", light=200))
    house.names(region, person)
    house.look_at_due()
    house.look(house.photo("red", light=150))
    assert Template.objects.count() == 1
    assert Appearance.objects.filter(source="machine").count() == 1
    return person


@pytest.fixture
def copy_now(tmp_path: Path, settings: Settings) -> Callable[[], PutBack]:
    """`put_back = copy_now()` copies database and data folder, the keystore apart, as real files."""

    def copy() -> PutBack:
        folder = tmp_path / "copy"
        folder.mkdir()
        dump = dump_to(folder)
        shutil.copytree(settings.PHOTOLIB_DATA, folder / "data")

        def put_back() -> None:
            load_from(folder / dump.file)
            shutil.rmtree(settings.PHOTOLIB_DATA)
            shutil.copytree(folder / "data", settings.PHOTOLIB_DATA)

        return put_back

    return copy


def test_a_copy_from_before_a_withdrawal_brings_nothing_back(
    house: House, anna: Person, copy_now: Callable[[], PutBack], alice_client: Client
) -> None:
    put_back = copy_now()
    house.says(anna, False)
    said_at = ErasureReceipt.objects.get().happened_at
    put_back()

    # The rows are back, and cannot be read.
    template = Template.objects.get()
    assert decide(anna, Purpose.RECOGNISE, house.library).granted
    with pytest.raises(KeyGone):
        open_template(template)
    (error,) = [found for found in check_keystore(None, ["default"]) if found.id == "consent.E001"]
    assert "1 erasures" in error.msg

    done = replay_erasures()
    assert (done.erasures, done.older) == (1, True)
    assert done.rows >= 1
    assert not Template.objects.exists()
    assert not Appearance.objects.filter(source="machine").exists()
    assert Appearance.objects.filter(source="human", person=anna).count() == 1
    assert not decide(anna, Purpose.RECOGNISE, house.library).allowed
    newest = Decision.objects.filter(person=anna).order_by("-pk")[0]
    assert (newest.granted, newest.channel) == (False, Channel.RESTORED)
    receipt = ErasureReceipt.objects.get(kind=ReceiptKind.RESTORED)
    assert receipt.happened_at == said_at
    assert receipt.finished_at is not None

    for address in ("/faces/settings/", f"/consent/people/{anna.pk}/"):
        words = " ".join(alice_client.get(address).content.decode().split())
        assert "Anna took a yes back on" in words, address
        assert "its key is destroyed, and the yes was taken back again" in words, address
    assert "an older copy of the database was put back" in " ".join(
        alice_client.get("/faces/settings/").content.decode().split()
    )
    # Once is enough.
    assert replay_erasures() == Replayed()
    assert check_keystore(None, ["default"]) == []


def test_an_old_keystore_folder_of_keys_does_not_bring_a_key_back(
    house: House, anna: Person, copy_now: Callable[[], PutBack], settings: Settings, tmp_path: Path
) -> None:
    """The keys are put back as well, but the list of erasures is still there."""
    put_back = copy_now()
    shutil.copytree(settings.PHOTOLIB_KEYSTORE / "keys", tmp_path / "keys")
    key_id = Template.objects.get().key_id
    house.says(anna, False)
    put_back()
    shutil.copytree(tmp_path / "keys", settings.PHOTOLIB_KEYSTORE / "keys", dirs_exist_ok=True)
    assert keys.exists(key_id)
    replay_erasures()
    assert not keys.exists(key_id)
    assert not Template.objects.exists()


def test_a_yes_given_after_the_withdrawal_and_in_the_copy_stays(
    house: House, anna: Person, copy_now: Callable[[], PutBack]
) -> None:
    house.says(anna, False)
    house.says(anna, True)
    house.look_at_due()
    put_back = copy_now()
    put_back()
    assert replay_erasures() == Replayed()
    assert decide(anna, Purpose.RECOGNISE, house.library).allowed
    assert Template.objects.count() == 1


def test_a_yes_given_after_a_replay_is_not_taken_back_by_the_next_start(
    house: House, anna: Person, copy_now: Callable[[], PutBack]
) -> None:
    put_back = copy_now()
    house.says(anna, False)
    put_back()
    replay_erasures()
    house.says(anna, True)
    assert replay_erasures() == Replayed()
    assert decide(anna, Purpose.RECOGNISE, house.library).allowed


def test_a_name_that_was_taken_back_stays_taken_back(
    house: House, anna: Person, copy_now: Callable[[], PutBack]
) -> None:
    def says(granted: bool) -> None:
        assert anna.user is not None
        answer(
            person=anna, library=house.library, purpose=Purpose.NAME, granted=granted,
            by=anna.user, language="en",
        )  # fmt: skip

    says(True)
    put_back = copy_now()
    says(False)
    put_back()
    assert decide(anna, Purpose.NAME, house.library).allowed
    replay_erasures()
    assert not decide(anna, Purpose.NAME, house.library).allowed
    assert decide(anna, Purpose.RECOGNISE, house.library).allowed
    assert Template.objects.count() == 1


def test_an_answer_that_the_copy_lacks_is_noticed_and_told(
    house: House, anna: Person, copy_now: Callable[[], PutBack]
) -> None:
    put_back = copy_now()
    house.says(house.person("Ben"), True)
    put_back()
    done = replay_erasures()
    assert (done.erasures, done.older) == (0, True)
    assert ErasureReceipt.objects.get().kind == ReceiptKind.ROLLED_BACK
    assert not replay_erasures().anything


def test_a_switch_that_the_copy_lacks_is_noticed(
    house: House, anna: Person, copy_now: Callable[[], PutBack], alice_client: Client
) -> None:
    put_back = copy_now()
    house.switch(RecognitionState.OFF)
    put_back()
    assert replay_erasures().older
    assert not Template.objects.exists()
    words = " ".join(alice_client.get("/faces/settings/").content.decode().split())
    assert "look whether face recognition is as you left it" in words


def test_faces_under_a_rotated_key_are_learnt_again_after_a_restore(
    house: House, anna: Person, copy_now: Callable[[], PutBack]
) -> None:
    put_back = copy_now()
    call_command("rotate_keys")
    put_back()
    assert replay_erasures().rows >= 1
    assert not Template.objects.exists()
    assert decide(anna, Purpose.RECOGNISE, house.library).allowed
    assert StepRun.objects.filter(state=StepState.DUE).exists()
    house.look_at_due()
    assert Template.objects.count() == 1


def test_grouping_goes_on_under_a_new_key_where_the_old_one_is_gone(
    house: House, copy_now: Callable[[], PutBack]
) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    house.look(house.photo("blue", light=200))
    put_back = copy_now()
    call_command("rotate_keys")
    put_back()
    replay_erasures()
    assert not UnknownFace.objects.exists()
    assert keys.exists(GroupingSession.objects.get().key_id)
    house.look_at_due()
    assert UnknownFace.objects.count() == 1


def test_a_person_the_copy_does_not_have_is_no_hindrance(
    house: House, anna: Person, copy_now: Callable[[], PutBack]
) -> None:
    put_back = copy_now()
    ben = house.person("Ben")
    house.says(ben, True)
    house.says(ben, False)
    put_back()
    assert replay_erasures().erasures == 1
    assert replay_erasures() == Replayed()
    assert decide(anna, Purpose.RECOGNISE, house.library).allowed


def test_a_locked_keystore_replays_nothing_and_says_so(
    house: House, anna: Person, copy_now: Callable[[], PutBack], settings: Settings
) -> None:
    put_back = copy_now()
    house.says(anna, False)
    put_back()
    away = settings.PHOTOLIB_KEYSTORE.rename(settings.PHOTOLIB_KEYSTORE.with_name("away"))
    done = replay_erasures()
    assert "is not there" in done.locked
    assert not done.anything
    assert Template.objects.count() == 1, "nothing is destroyed by itself"
    away.rename(settings.PHOTOLIB_KEYSTORE)
    assert replay_erasures().erasures == 1


def test_restoring_a_backup_replays_before_anybody_is_answered(
    house: House, anna: Person, settings: Settings, tmp_path: Path
) -> None:
    """`manage.py backup`, a withdrawal, everything lost, `manage.py restore`."""
    # The photos have no files behind them here: the backup is about the answers.
    Photo.objects.all().delete()
    Original.objects.all().delete()
    make_backup(folder=tmp_path / "backup")
    house.says(anna, False)
    call_command("flush", interactive=False, verbosity=0)
    call_command("restore", str(tmp_path / "backup"))
    assert not decide(anna, Purpose.RECOGNISE, house.library).allowed
    assert ErasureReceipt.objects.filter(kind=ReceiptKind.RESTORED, person=anna).exists()


@pytest.mark.slow
def test_the_server_replays_before_it_answers(
    house: House, anna: Person, copy_now: Callable[[], PutBack], processes: Processes
) -> None:
    put_back = copy_now()
    house.says(anna, False)
    put_back()
    connection.close()
    server = processes.start(
        "serve", "--no-web", steps="tests.intake.fake_steps.first", PHOTOLIB_WORKERS="1"
    )
    assert server.stdout is not None
    lines: list[str] = []
    while "are running" not in "".join(lines):
        line = server.stdout.readline()
        assert line, "".join(lines)
        lines.append(line)
    assert any("1 erasures were done again" in line for line in lines)
    assert waiting_erasures() == 0
    assert not Template.objects.exists()
    server.terminate()
    until(lambda: server.poll() is not None)
