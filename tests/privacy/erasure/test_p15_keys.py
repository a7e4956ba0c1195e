"""P15 (GDPR 32): templates are encrypted per person, keys apart from the database and its backups, not
usable on another instance; no core dumps."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from faces.models import GroupingSession, Template, UnknownFace
from faces.sealing import open_template, open_unknown
from photolib.consent import keys, rotation
from photolib.consent.erasure_models import DoomedKey, KeystoreLink
from photolib.consent.errors import KeyGone, KeystoreLocked
from photolib.consent.keystore import identity, masters
from photolib.core.errors import StepMustWait
from photolib.intake.models import StepRun, StepState
from photolib.library.models import RecognitionState
from photolib.library.storage import original_path
from photolib.people.models import Person
from photolib.safekeeping.backup import make_backup
from tests.faces.conftest import House
from tests.faces.fake_engine import vector_of
from tests.privacy.erasure.conftest import Commits, settle

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def named(house: House, commits: Commits, name: str, colour: str) -> Person:
    person = house.person(name)
    house.says(person, True)
    (region,) = house.look(house.photo(colour, light=200))
    with commits():
        house.names(region, person)
    settle(house, commits)
    return person


def test_p15_each_person_has_a_key_of_their_own(
    house: House, anna: Person, commits: Commits
) -> None:
    ben = named(house, commits, "Ben", "green")
    of_anna, of_ben = Template.objects.get(person=anna), Template.objects.get(person=ben)
    assert of_anna.key_id != of_ben.key_id
    # What is moved to another person does not open there.
    of_ben.sealed, of_ben.key_id = of_anna.sealed, of_anna.key_id
    with pytest.raises(KeyGone):
        open_template(of_ben)


@pytest.mark.django_db(transaction=True)
def test_p15_keys_lie_apart_from_database_data_and_backup(
    house: House, settings: Settings, tmp_path: Path
) -> None:
    anna = house.person("Anna")
    house.switch(RecognitionState.CONSENTED)
    house.says(anna, True)
    (region,) = house.look(house.photo("red", light=200))
    house.names(region, anna)
    house.look_at_due()
    key = (settings.PHOTOLIB_KEYSTORE / "keys" / Template.objects.get().key_id).read_bytes()
    original = Template.objects.get().region.photo.original
    path = original_path(original)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * original.byte_size)
    make_backup(folder=tmp_path / "backup")
    for folder in (settings.PHOTOLIB_DATA, tmp_path / "backup"):
        files = [file for file in folder.rglob("*") if file.is_file()]
        assert files
        assert not any(key in file.read_bytes() for file in files)


def test_p15_another_instance_cannot_use_database_and_keystore_apart(
    house: House, anna: Person
) -> None:
    template = Template.objects.get()
    identity._RIGHT.clear()
    KeystoreLink.objects.update(instance="f" * 32)
    with pytest.raises(KeystoreLocked, match="belongs to another photolib"):
        open_template(template)


@pytest.mark.parametrize("trouble", ["away", "emptied", "foreign", "passphrase"])
def test_p15_a_keystore_that_does_not_fit_stops_matching_and_nothing_else(
    house: House, anna: Person, settings: Settings, alice_client, trouble: str
) -> None:
    store = settings.PHOTOLIB_KEYSTORE
    if trouble == "away":
        store.rename(store.with_name("elsewhere"))
    elif trouble == "emptied":
        store.rename(store.with_name("elsewhere"))
        store.mkdir()
    elif trouble == "foreign":
        identity._RIGHT.clear()
        KeystoreLink.objects.update(instance="f" * 32)
    else:
        settings.KEYSTORE_PASSPHRASE = "four words of mine"
        rotation.rotate_keys()
        settings.KEYSTORE_PASSPHRASE = ""
    photo = house.photo("red", light=150)
    with pytest.raises(KeystoreLocked) as caught:
        house.look(photo)
    # What the runner gives back without using up an attempt.
    assert isinstance(caught.value, StepMustWait)
    assert Template.objects.count() == 1
    for address in ("/", f"/photos/{photo.pk}/", "/people/", f"/consent/people/{anna.pk}/"):
        assert alice_client.get(address).status_code == 200, address
    page = alice_client.get("/faces/settings/").content.decode()
    assert "Nobody is recognised at the moment. Everything else works." in page


def test_p15_rotating_replaces_every_key_and_loses_nothing(
    house: House, anna: Person, commits: Commits
) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    house.look(house.photo("blue", light=200))
    old = {Template.objects.get().key_id, GroupingSession.objects.get().key_id}
    epoch = house.library.consent_epoch
    call_command("rotate_keys")
    session = GroupingSession.objects.get()
    new = {Template.objects.get().key_id, session.key_id}
    assert not old & new
    assert not any(keys.exists(key) for key in old)
    assert open_template(Template.objects.get()) == pytest.approx(vector_of("red", 200))
    unknown = UnknownFace.objects.get()
    assert open_unknown(unknown, session) == pytest.approx(vector_of("blue", 200))
    assert house.library.consent_epoch > epoch
    assert not DoomedKey.objects.exists()


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("moment", ["make_key", "reseal", "shred_key", "retire"])
def test_p15_rotating_can_be_killed_at_any_moment_and_run_again(
    house: House, anna: Person, settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, moment: str,
) -> None:  # fmt: skip
    settings.KEYSTORE_PASSPHRASE = "the old passphrase"
    rotation.rotate_keys()
    file = tmp_path / "passphrase"
    file.write_text("the new passphrase\n")

    def die(*_args: object, **_kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        if moment == "make_key":
            patch.setattr(keys, "make_key", die)
        elif moment == "reseal":
            patch.setattr("faces.vault.seal_vector", die)
        elif moment == "shred_key":
            patch.setattr(rotation, "shred_key", die)
        else:
            patch.setattr(masters, "retire", die)
        with pytest.raises(Killed):
            call_command("rotate_keys", "--new-passphrase-file", str(file))
    # Nothing is lost: with the new passphrase everything opens, with the old one nothing does.
    settings.KEYSTORE_PASSPHRASE = "the new passphrase"
    assert open_template(Template.objects.get()) == pytest.approx(vector_of("red", 200))
    settings.KEYSTORE_PASSPHRASE = "the old passphrase"
    with pytest.raises(KeystoreLocked):
        open_template(Template.objects.get())
    call_command("rotate_keys", "--new-passphrase-file", str(file))
    settings.KEYSTORE_PASSPHRASE = "the new passphrase"
    assert open_template(Template.objects.get()) == pytest.approx(vector_of("red", 200))
    assert not DoomedKey.objects.filter(key_id=Template.objects.get().key_id).exists()
    assert len(keys.masters_in_use()) <= 2


def test_p15_the_passphrase_can_be_left_again(
    house: House, anna: Person, settings: Settings
) -> None:
    settings.KEYSTORE_PASSPHRASE = "four words of mine"
    call_command("rotate_keys")
    assert masters.exist(settings.PHOTOLIB_KEYSTORE)
    call_command("rotate_keys", "--leave-passphrase")
    assert not masters.exist(settings.PHOTOLIB_KEYSTORE)
    settings.KEYSTORE_PASSPHRASE = ""
    assert open_template(Template.objects.get()) == pytest.approx(vector_of("red", 200))


def test_p15_rotating_without_the_passphrase_changes_nothing(
    house: House, anna: Person, settings: Settings
) -> None:
    settings.KEYSTORE_PASSPHRASE = "four words of mine"
    call_command("rotate_keys")
    key_id = Template.objects.get().key_id
    settings.KEYSTORE_PASSPHRASE = "three words of mine"
    with pytest.raises(CommandError, match="does not open the keystore"):
        call_command("rotate_keys")
    assert Template.objects.get().key_id == key_id


def test_p15_a_lost_keystore_is_given_up_and_faces_are_learnt_again(
    house: House, anna: Person, settings: Settings, commits: Commits
) -> None:
    settings.PHOTOLIB_KEYSTORE.rename(settings.PHOTOLIB_KEYSTORE.with_name("lost"))
    settings.PHOTOLIB_KEYSTORE.mkdir(mode=0o700)
    with commits():
        call_command("adopt_keystore", "--yes")
    assert not Template.objects.exists()
    assert StepRun.objects.filter(state=StepState.DUE).exists()
    settle(house, commits)
    assert open_template(Template.objects.get()) == pytest.approx(vector_of("red", 200))


ASK = "from photolib.machine import core_dumps_forbidden as ask; import sys; sys.exit(not ask())"


def exit_code(*arguments: str) -> int:
    def allow_dumps() -> None:
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        preexec_fn=allow_dumps,
        check=False,
        capture_output=True,
    ).returncode


def test_p15_neither_web_server_nor_workers_write_core_dumps() -> None:
    assert exit_code("-c", f"import photolib.wsgi; {ASK}") == 0
    worker = "from photolib.intake.limits import limit_this_process as limit; limit()"
    assert exit_code("-c", f"{worker}; {ASK}") == 0
    assert exit_code("manage.py", "check", "--fail-level", "WARNING") == 0


def test_p15_the_check_says_so_where_core_dumps_are_possible() -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0 and not sys.platform.startswith("linux"):
        pytest.skip("this machine allows no core dumps at all")
    start = "import os, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'tests.settings')"
    look = "django.setup(); from django.core.management import call_command as c"
    check = "c('check', '--fail-level', 'WARNING')"
    assert exit_code("-c", f"{start}; {look}; {check}") == 1
