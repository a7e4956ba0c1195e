"""The keys of everything biometric: one file each, outside the database and outside its backups.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce before each message. A key is read for each
call and never remembered: once its file is destroyed, no process of this machine can use it. With a
passphrase (keystore.masters) the file holds the key wrapped.
"""

import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from photolib.consent.errors import KeyGone, KeystoreLocked
from photolib.consent.keystore import masters, place
from photolib.consent.keystore.identity import usable_root
from photolib.core.files import sync_folder, write_atomically

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[0-9a-f]{32}")
# Before a wrapped key: then the master's id, a nonce, and the wrapped key with its tag.
_WRAPPED = b"PLK1"
_HEADER = len(_WRAPPED) + masters.ID_BYTES


def make_key() -> str:
    """Make a key and return its id: 32 hex digits. Raises KeystoreLocked."""
    store = usable_root()
    folder = store / "keys"
    key_id = secrets.token_hex(16)
    content = AESGCM.generate_key(KEY_BYTES * 8)
    master = masters.newest(store)
    if master is not None:
        nonce = os.urandom(NONCE_BYTES)
        wrapped = AESGCM(master.key).encrypt(nonce, content, key_id.encode())
        content = _WRAPPED + bytes.fromhex(master.id) + nonce + wrapped
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        # mkstemp inside write_atomically: mode 0600 from the first byte.
        write_atomically(folder / key_id, content)
    except OSError as error:
        raise place.locked(error) from error
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
    (plain,) = open_many(key_id, [(sealed, aad)])
    return plain


def open_many(key_id: str, messages: Iterable[tuple[bytes | memoryview, bytes]]) -> list[bytes]:
    """Decrypt messages, each with its aad, for which the key is read once.

    Raises KeyGone or KeystoreLocked.
    """
    key = AESGCM(_read(key_id))
    plain = []
    for sealed, aad in messages:
        message = bytes(sealed)  # PostgreSQL hands out a memoryview
        try:
            plain.append(key.decrypt(message[:NONCE_BYTES], message[NONCE_BYTES:], aad))
        except (InvalidTag, ValueError) as error:
            raise KeyGone(
                _("What was sealed cannot be opened: it was changed, or belongs to something else.")
            ) from error
    return plain


def destroy(key_id: str) -> None:
    """Overwrite the key, remove it and make that durable. Destroying twice is the same as once.

    It needs no passphrase. On a disk that writes elsewhere (flash, snapshots) the overwriting may
    not reach the old bytes: docs/privacy.md says so. Raises KeystoreLocked.
    """
    path = _path(key_id)
    try:
        with path.open("r+b") as file:
            size = os.fstat(file.fileno()).st_size
            file.write(os.urandom(size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise place.locked(error) from error


def exists(key_id: str) -> bool:
    """Whether the key is still there. Raises KeystoreLocked."""
    return _path(key_id).exists()


def masters_in_use() -> set[str]:
    """The ids of the masters under which keys lie. Raises KeystoreLocked."""
    folder = usable_root() / "keys"
    heads = [(place.read_file(path) or b"")[:_HEADER] for path in _key_files(folder)]
    return {head[len(_WRAPPED) :].hex() for head in heads if head.startswith(_WRAPPED)}


def count_plain() -> int:
    """How many keys no passphrase protects. Raises KeystoreLocked."""
    folder = usable_root() / "keys"
    return sum(path.stat().st_size == KEY_BYTES for path in _key_files(folder))


def _key_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if KEY_ID.fullmatch(path.name)]


def _read(key_id: str) -> bytes:
    path = _path(key_id)
    content = place.read_file(path)
    if content is None:
        raise KeyGone(_("The key {key} was destroyed.").format(key=key_id))
    if not content.startswith(_WRAPPED) or len(content) == KEY_BYTES:
        return content
    master = masters.by_id(path.parent.parent, content[len(_WRAPPED) : _HEADER].hex())
    message = content[_HEADER:]
    try:
        return AESGCM(master.key).decrypt(
            message[:NONCE_BYTES], message[NONCE_BYTES:], key_id.encode()
        )
    except (InvalidTag, ValueError) as error:
        raise KeystoreLocked(
            _("The key {key} in the keystore is damaged: take it from a copy.").format(key=key_id)
        ) from error


def _path(key_id: str) -> Path:
    if KEY_ID.fullmatch(key_id) is None:
        raise KeyGone(_("There is no key with this id."))
    return usable_root() / "keys" / key_id
