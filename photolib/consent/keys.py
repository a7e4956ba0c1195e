"""The keys of everything biometric: one file each, outside the database and outside its backups.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce before each message. A key is read for each
call and never remembered: once its file is destroyed, no process of this machine can use it.
"""

import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from photolib.consent.errors import KeyGone, KeystoreLocked
from photolib.core.files import sync_folder, write_atomically

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[0-9a-f]{32}")


def make_key() -> str:
    """Make a key and return its id: 32 hex digits. Raises KeystoreLocked."""
    folder = _folder()
    key_id = secrets.token_hex(16)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        # mkstemp inside write_atomically: mode 0600 from the first byte.
        write_atomically(folder / key_id, AESGCM.generate_key(KEY_BYTES * 8))
    except OSError as error:
        raise _locked(error) from error
    return key_id


def seal(key_id: str, plaintext: bytes, *, aad: bytes) -> bytes:
    """Encrypt under the key: nonce, then ciphertext with its tag.

    aad: what the message belongs to (person, model, decision); opening asks for the same.
    Raises KeyGone or KeystoreLocked.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_read(key_id)).encrypt(nonce, plaintext, aad)


def open_sealed(key_id: str, sealed: bytes | memoryview, *, aad: bytes) -> bytes:
    """Decrypt what seal() made under the same key and aad. Raises KeyGone or KeystoreLocked."""
    message = bytes(sealed)  # PostgreSQL hands out a memoryview
    try:
        return AESGCM(_read(key_id)).decrypt(message[:NONCE_BYTES], message[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError) as error:
        raise KeyGone(
            _("What was sealed cannot be opened: it was changed, or belongs to something else.")
        ) from error


def destroy(key_id: str) -> None:
    """Overwrite the key, remove it and make that durable. Destroying twice is the same as once.

    On a disk that writes elsewhere (flash, snapshots) the overwriting may not reach the old bytes:
    docs/privacy.md says so. Raises KeystoreLocked.
    """
    path = _path(key_id)
    try:
        with path.open("r+b") as file:
            file.write(os.urandom(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _locked(error) from error


def exists(key_id: str) -> bool:
    """Whether the key is still there."""
    return _path(key_id).exists()


def _read(key_id: str) -> bytes:
    path = _path(key_id)
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise KeyGone(_("The key {key} was destroyed.").format(key=key_id)) from error
    except OSError as error:
        raise _locked(error) from error


def _folder() -> Path:
    store: Path = settings.PHOTOLIB_KEYSTORE
    # A volume that is not mounted must not look like keys that were destroyed.
    if not store.is_dir():
        raise KeystoreLocked(
            _("The keystore {folder} is not there: mount it or set PHOTOLIB_KEYSTORE.").format(
                folder=store
            )
        )
    return store / "keys"


def _path(key_id: str) -> Path:
    if KEY_ID.fullmatch(key_id) is None:
        raise KeyGone(_("There is no key with this id."))
    return _folder() / key_id


def _locked(error: OSError) -> KeystoreLocked:
    return KeystoreLocked(
        _("The keystore {folder} cannot be used ({reason}).").format(
            folder=settings.PHOTOLIB_KEYSTORE, reason=error.strerror
        )
    )
