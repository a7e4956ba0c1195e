"""Keys are files of their own; destroyed means gone, and locked does not look like gone."""

import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from photolib.consent import keys
from photolib.consent.errors import KeyGone, KeystoreLocked
from photolib.core.errors import StepMustWait

pytestmark = pytest.mark.django_db

MESSAGE = b"five hundred and twelve floats"


def key_files(settings: Settings) -> list[Path]:
    return sorted((settings.PHOTOLIB_KEYSTORE / "keys").iterdir())


def test_what_is_sealed_opens_with_the_same_key_and_belonging() -> None:
    key = keys.make_key()
    sealed = keys.seal(key, MESSAGE, aad=b"rosa")
    assert MESSAGE not in sealed
    assert keys.open_sealed(key, sealed, aad=b"rosa") == MESSAGE
    assert keys.open_sealed(key, memoryview(sealed), aad=b"rosa") == MESSAGE


def test_a_nonce_is_never_used_twice() -> None:
    key = keys.make_key()
    nonces = {keys.seal(key, MESSAGE, aad=b"")[: keys.NONCE_BYTES] for _turn in range(100)}
    assert len(nonces) == 100


@pytest.mark.parametrize("change", ["aad", "bytes", "key", "short"])
def test_what_was_changed_does_not_open(change: str) -> None:
    key = keys.make_key()
    sealed = bytearray(keys.seal(key, MESSAGE, aad=b"rosa"))
    if change == "bytes":
        sealed[-1] ^= 1
    with pytest.raises(KeyGone, match="cannot be opened"):
        keys.open_sealed(
            keys.make_key() if change == "key" else key,
            bytes(sealed[:5] if change == "short" else sealed),
            aad=b"eva" if change == "aad" else b"rosa",
        )


def test_a_key_is_a_private_file_outside_the_data(settings: Settings) -> None:
    key = keys.make_key()
    (file,) = key_files(settings)
    assert file.name == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert len(file.read_bytes()) == keys.KEY_BYTES
    assert settings.PHOTOLIB_DATA not in file.parents


def test_a_destroyed_key_opens_nothing_and_is_overwritten(settings: Settings) -> None:
    key = keys.make_key()
    sealed = keys.seal(key, MESSAGE, aad=b"")
    (file,) = key_files(settings)
    secret = file.read_bytes()
    # A second name for the same bytes on disk: what destroy() leaves there can be read.
    shadow = settings.PHOTOLIB_KEYSTORE / "shadow"
    shadow.hardlink_to(file)
    keys.destroy(key)
    assert not keys.exists(key)
    assert shadow.read_bytes() != secret
    with pytest.raises(KeyGone, match="destroyed"):
        keys.open_sealed(key, sealed, aad=b"")
    with pytest.raises(KeyGone, match="destroyed"):
        keys.seal(key, MESSAGE, aad=b"")
    keys.destroy(key)


def test_a_keystore_that_is_not_there_is_locked_not_gone(settings: Settings) -> None:
    key = keys.make_key()
    sealed = keys.seal(key, MESSAGE, aad=b"")
    away = settings.PHOTOLIB_KEYSTORE.rename(settings.PHOTOLIB_KEYSTORE.parent / "unmounted")
    for use in (
        lambda: keys.make_key(),
        lambda: keys.seal(key, MESSAGE, aad=b""),
        lambda: keys.open_sealed(key, sealed, aad=b""),
        lambda: keys.destroy(key),
    ):
        with pytest.raises(KeystoreLocked, match="PHOTOLIB_KEYSTORE"):
            use()
    away.rename(settings.PHOTOLIB_KEYSTORE)
    assert keys.open_sealed(key, sealed, aad=b"") == MESSAGE
    assert issubclass(KeystoreLocked, StepMustWait)


def test_a_keystore_that_cannot_be_read_is_locked_not_gone(settings: Settings) -> None:
    key = keys.make_key()
    (file,) = key_files(settings)
    file.unlink()
    file.mkdir()  # even root cannot read or unlink a folder as a file
    for use in (lambda: keys.seal(key, MESSAGE, aad=b""), lambda: keys.destroy(key)):
        with pytest.raises(KeystoreLocked):
            use()


@pytest.mark.parametrize("key", ["../site_secret", "", "ABC", "0" * 31, "0" * 32 + "/"])
def test_an_odd_id_never_leaves_the_folder(key: str) -> None:
    with pytest.raises(KeyGone):
        keys.destroy(key)
