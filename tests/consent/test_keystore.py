"""Whose keystore it is, and its passphrase: what does not fit is locked, never mended by itself."""

import errno
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from pytest_django import Settings

from photolib.consent import keys, shredding
from photolib.consent.erasure_models import DoomedKey, KeystoreLink
from photolib.consent.errors import KeystoreLocked
from photolib.consent.key_checks import check_keystore
from photolib.consent.keystore import erasures, identity, masters
from photolib.consent.receipts import why_locked
from photolib.core.errors import StepMustWait

pytestmark = pytest.mark.django_db
MESSAGE = b"five hundred and twelve floats"


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def used_keystore() -> tuple[str, bytes]:
    key = keys.make_key()
    return key, keys.seal(key, MESSAGE, aad=b"rosa")


def all_locked(key: str, sealed: bytes, match: str) -> None:
    """Every use says why, as something that waits."""
    for use in (
        lambda: keys.make_key(),
        lambda: keys.seal(key, MESSAGE, aad=b"rosa"),
        lambda: keys.open_sealed(key, sealed, aad=b"rosa"),
        lambda: keys.destroy(key),
        lambda: keys.exists(key),
        lambda: list(erasures.read_all()),
    ):
        with pytest.raises(KeystoreLocked, match=match) as caught:
            use()
        assert isinstance(caught.value, StepMustWait)
    assert why_locked()


def test_the_first_use_binds_keystore_and_database(settings: Settings) -> None:
    used_keystore()
    stored = json.loads((settings.PHOTOLIB_KEYSTORE / "identity.json").read_text())
    link = KeystoreLink.objects.get()
    assert (stored["keystore"], stored["instance"]) == (link.keystore, link.instance)


def test_a_keystore_of_another_instance_is_locked_and_left_alone(settings: Settings) -> None:
    key, sealed = used_keystore()
    identity_file = settings.PHOTOLIB_KEYSTORE / "identity.json"
    other = json.loads(identity_file.read_text()) | {"instance": "0" * 32}
    identity_file.write_text(json.dumps(other))
    before = files_of(settings.PHOTOLIB_KEYSTORE)
    all_locked(key, sealed, "belongs to another photolib")
    assert files_of(settings.PHOTOLIB_KEYSTORE) == before


def test_another_databases_instance_cannot_use_the_keystore() -> None:
    key, sealed = used_keystore()
    identity._RIGHT.clear()
    KeystoreLink.objects.update(instance="1" * 32, keystore="")
    all_locked(key, sealed, "belongs to another photolib")


def test_an_emptied_keystore_is_locked_and_nothing_is_made_in_it(settings: Settings) -> None:
    key, sealed = used_keystore()
    away = settings.PHOTOLIB_KEYSTORE.rename(settings.PHOTOLIB_KEYSTORE.with_name("away"))
    settings.PHOTOLIB_KEYSTORE.mkdir(mode=0o700)
    all_locked(key, sealed, "is empty, or was replaced")
    assert files_of(settings.PHOTOLIB_KEYSTORE) == {}
    settings.PHOTOLIB_KEYSTORE.rmdir()
    away.rename(settings.PHOTOLIB_KEYSTORE)
    assert keys.open_sealed(key, sealed, aad=b"rosa") == MESSAGE


def test_a_damaged_identity_is_locked(settings: Settings) -> None:
    key, sealed = used_keystore()
    (settings.PHOTOLIB_KEYSTORE / "identity.json").write_text('{"keystore": ')
    all_locked(key, sealed, r"identity\.json.*damaged")


def test_a_first_use_that_was_undone_does_not_lock_anybody_out() -> None:
    with transaction.atomic():
        used_keystore()
        transaction.set_rollback(True)
    assert KeystoreLink.objects.get().keystore == ""
    key, sealed = used_keystore()
    assert keys.open_sealed(key, sealed, aad=b"rosa") == MESSAGE
    identity._RIGHT.clear()
    assert keys.exists(key)


def test_adopting_takes_a_foreign_keystore_over_after_a_question(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, sealed = used_keystore()
    (settings.PHOTOLIB_KEYSTORE / "identity.json").unlink()
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("adopt_keystore")
    all_locked(key, sealed, "adopt_keystore")
    call_command("adopt_keystore", "--yes")
    assert keys.open_sealed(key, sealed, aad=b"rosa") == MESSAGE
    assert why_locked() == ""


def test_a_passphrase_wraps_new_keys(settings: Settings) -> None:
    plain, sealed_plain = used_keystore()
    settings.KEYSTORE_PASSPHRASE = "four words of mine"
    key, sealed = used_keystore()
    folder = settings.PHOTOLIB_KEYSTORE / "keys"
    assert len((folder / plain).read_bytes()) == keys.KEY_BYTES
    assert len((folder / key).read_bytes()) > keys.KEY_BYTES
    assert keys.open_sealed(key, sealed, aad=b"rosa") == MESSAGE
    assert keys.open_sealed(plain, sealed_plain, aad=b"rosa") == MESSAGE
    (warning,) = check_keystore(None, ["default"])
    assert warning.id == "consent.W003"


@pytest.mark.parametrize("given", ["", "three words of mine"])
def test_without_the_right_passphrase_keys_are_locked_but_can_be_destroyed(
    settings: Settings, given: str
) -> None:
    settings.KEYSTORE_PASSPHRASE = "four words of mine"
    key, sealed = used_keystore()
    settings.KEYSTORE_PASSPHRASE = given
    for use in (
        lambda: keys.make_key(),
        lambda: keys.seal(key, MESSAGE, aad=b"rosa"),
        lambda: keys.open_sealed(key, sealed, aad=b"rosa"),
    ):
        with pytest.raises(KeystoreLocked, match=r"passphrase|PASSPHRASE"):
            use()
    assert why_locked()
    assert [message.id for message in check_keystore(None, ["default"])] == ["consent.W002"]
    # A withdrawal needs no passphrase.
    keys.destroy(key)
    settings.KEYSTORE_PASSPHRASE = "four words of mine"
    assert not keys.exists(key)


def test_the_passphrase_may_lie_in_a_file(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("four words of mine\n")
    settings.KEYSTORE_PASSPHRASE_FILE = str(file)
    key, sealed = used_keystore()
    settings.KEYSTORE_PASSPHRASE_FILE = ""
    settings.KEYSTORE_PASSPHRASE = "four words of mine"
    assert keys.open_sealed(key, sealed, aad=b"rosa") == MESSAGE
    settings.KEYSTORE_PASSPHRASE = ""
    settings.KEYSTORE_PASSPHRASE_FILE = str(tmp_path / "gone")
    with pytest.raises(KeystoreLocked, match="gone cannot be read"):
        keys.open_sealed(key, sealed, aad=b"rosa")


def test_a_wrapped_key_under_another_name_does_not_open(settings: Settings) -> None:
    settings.KEYSTORE_PASSPHRASE = "four words of mine"
    first, second = keys.make_key(), keys.make_key()
    folder = settings.PHOTOLIB_KEYSTORE / "keys"
    (folder / first).write_bytes((folder / second).read_bytes())
    with pytest.raises(KeystoreLocked, match="damaged"):
        keys.seal(first, MESSAGE, aad=b"")


def test_damaged_masters_are_locked_not_made_anew(settings: Settings) -> None:
    settings.KEYSTORE_PASSPHRASE = "four words of mine"
    key, sealed = used_keystore()
    (settings.PHOTOLIB_KEYSTORE / masters.FILE).write_text("{}")
    with pytest.raises(KeystoreLocked, match="damaged"):
        keys.open_sealed(key, sealed, aad=b"rosa")
    with pytest.raises(KeystoreLocked, match="damaged"):
        keys.make_key()


def full(*_args: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_makes_no_key_and_leaves_no_half_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, sealed = used_keystore()
    with monkeypatch.context() as disk:
        disk.setattr("photolib.core.files.os.fsync", full)
        with pytest.raises(KeystoreLocked, match="No space left"):
            keys.make_key()
    assert [path.name for path in (settings.PHOTOLIB_KEYSTORE / "keys").iterdir()] == [key]
    assert keys.open_sealed(key, sealed, aad=b"rosa") == MESSAGE


def test_a_full_disk_does_not_stop_a_key_from_being_destroyed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, _sealed = used_keystore()
    with monkeypatch.context() as disk:
        disk.setattr("photolib.consent.keystore.erasures.os.write", lambda *_: 3)
        shredding.shred_key(key)
    assert not keys.exists(key)
    assert DoomedKey.objects.get().key_id == key
    shredding.finish_soon()
    assert not DoomedKey.objects.exists()
    assert [stone.keys for stone in erasures.read_all()] == [(key,)]


def test_a_key_in_a_keystore_that_is_away_is_destroyed_once_it_is_back(settings: Settings) -> None:
    key, _sealed = used_keystore()
    away = settings.PHOTOLIB_KEYSTORE.rename(settings.PHOTOLIB_KEYSTORE.with_name("away"))
    shredding.shred_key(key)
    shredding.finish_soon()
    assert DoomedKey.objects.get().key_id == key
    away.rename(settings.PHOTOLIB_KEYSTORE)
    shredding.finish_soon()
    assert not keys.exists(key)
    assert not DoomedKey.objects.exists()


def test_a_line_that_was_cut_short_spoils_only_itself(settings: Settings) -> None:
    first, second = keys.make_key(), keys.make_key()
    shredding.shred_key(first)
    with (settings.PHOTOLIB_KEYSTORE / erasures.FILE).open("a") as file:
        file.write('{"id": "ab')
    shredding.shred_key(second)
    assert [stone.keys for stone in erasures.read_all()] == [(first,), (second,)]
