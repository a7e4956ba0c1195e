"""The keys that wrap the data keys, themselves wrapped by a passphrase.

scrypt (RFC 7914) makes a key of the passphrase, AES-256-GCM wraps with it. Without a passphrase there
are no masters, and data keys lie in their files as they are. More than one master exists only while
keys are being rotated; the first is the newest.
"""

import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.utils.translation import gettext as _

from photolib.consent.errors import KeystoreLocked
from photolib.consent.keystore import place
from photolib.core.files import sync_folder, write_atomically

FILE = "masters.json"
KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 8
# 32 MB and about a tenth of a second for each guess (RFC 7914, section 2: N, r, p).
SCRYPT_N = 2**15


@dataclass(frozen=True, slots=True)
class Master:
    """One key that wraps others. id: 16 hex digits."""

    id: str
    key: bytes


@dataclass(frozen=True, slots=True)
class _Stored:
    """masters.json: hex everywhere. leaving: the passphrase is being given up, new keys are plain."""

    salt: str
    n: int
    wrapped: dict[str, str]
    leaving: bool = False


# A passphrase that is being set: tried beside the one of the settings.
_COMING: ContextVar[str] = ContextVar("coming", default="")


@contextmanager
def coming(passphrase: str) -> Iterator[None]:
    """While the passphrase is being changed to this one: both open the keystore."""
    before = _COMING.set(passphrase)
    try:
        yield
    finally:
        _COMING.reset(before)


def given_passphrase() -> str:
    """What the settings say, "" where they say nothing. Raises KeystoreLocked for a file that is away."""
    direct: str = settings.KEYSTORE_PASSPHRASE
    file: str = settings.KEYSTORE_PASSPHRASE_FILE
    if direct or not file:
        return direct
    try:
        return Path(file).expanduser().read_text().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise KeystoreLocked(
            _("The passphrase's file {file} cannot be read: recognition waits for it.").format(
                file=file
            )
        ) from error


def newest(store: Path) -> Master | None:
    """The master for new keys; None where keys are kept as they are.

    A passphrase that is given for the first time makes one. Raises KeystoreLocked.
    """
    stored = _read(store)
    if stored is None:
        passphrase = given_passphrase()
        if not passphrase:
            return None
        fresh = _wrap([_new_master()], passphrase)
        place.write_once(store / FILE, _dump(fresh))
        stored = _read(store)
    if stored is None or stored.leaving:
        return None
    return _unlock(stored)[0]


def by_id(store: Path, master_id: str) -> Master:
    """The master of this id. Raises KeystoreLocked."""
    stored = _read(store)
    for master in _unlock(stored) if stored else []:
        if master.id == master_id:
            return master
    raise KeystoreLocked(
        _("The keystore's {file} does not fit its keys: take both from the same copy.").format(
            file=FILE
        )
    )


def exist(store: Path) -> bool:
    """Whether keys are under a passphrase."""
    return (store / FILE).exists()


def renew(store: Path, *, leave: bool = False) -> None:
    """Put a new master first, all of them under the coming passphrase, or that of the settings, in
    one atomic step.

    leave: give the passphrase up instead: keys made from now on are plain. Raises KeystoreLocked.
    """
    stored = _read(store)
    passphrase = _COMING.get() or given_passphrase()
    if stored is None and (leave or not passphrase):
        return
    old = _unlock(stored) if stored else []
    masters = old if leave else [_new_master(), *old]
    _write(store, _wrap(masters, passphrase, leaving=leave))


def retire(store: Path, *, in_use: Collection[str]) -> None:
    """Forget the masters under which no key lies any more. Raises KeystoreLocked."""
    stored = _read(store)
    if stored is None:
        return
    masters = _unlock(stored)
    kept = [
        master
        for at, master in enumerate(masters)
        if master.id in in_use or (at == 0 and not stored.leaving)
    ]
    if kept:
        passphrase = _COMING.get() or given_passphrase()
        _write(store, _wrap(kept, passphrase, leaving=stored.leaving))
    else:
        (store / FILE).unlink()
        sync_folder(store)


def _unlock(stored: _Stored) -> list[Master]:
    given = [word for word in (given_passphrase(), _COMING.get()) if word]
    if not given:
        raise KeystoreLocked(
            _(
                "The keystore is locked: start photolib with PHOTOLIB_KEYSTORE_PASSPHRASE. Until then "
                "everything works but recognition, which waits."
            )
        )
    for word in given:
        try:
            return _open_all(stored, word)
        except InvalidTag:
            continue
    raise KeystoreLocked(
        _("The passphrase does not open the keystore. Recognition waits for the right one.")
    )


def _open_all(stored: _Stored, passphrase: str) -> list[Master]:
    outer = AESGCM(_derive(passphrase, stored.salt, stored.n))
    masters = []
    for master_id, message in stored.wrapped.items():
        raw = bytes.fromhex(message)
        key = outer.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], master_id.encode())
        masters.append(Master(master_id, key))
    return masters


def _wrap(masters: list[Master], passphrase: str, *, leaving: bool = False) -> _Stored:
    salt = os.urandom(16).hex()
    outer = AESGCM(_derive(passphrase, salt, SCRYPT_N))
    wrapped = {}
    for master in masters:
        nonce = os.urandom(NONCE_BYTES)
        wrapped[master.id] = (nonce + outer.encrypt(nonce, master.key, master.id.encode())).hex()
    return _Stored(salt, SCRYPT_N, wrapped, leaving)


@lru_cache(maxsize=8)
def _derive(passphrase: str, salt: str, n: int) -> bytes:
    # Kept in this process, as the passphrase is: what it opens is read anew each time.
    kdf = Scrypt(salt=bytes.fromhex(salt), length=KEY_BYTES, n=n, r=8, p=1)
    return kdf.derive(passphrase.encode())


def _new_master() -> Master:
    return Master(os.urandom(ID_BYTES).hex(), AESGCM.generate_key(KEY_BYTES * 8))


def _read(store: Path) -> _Stored | None:
    content = place.read_file(store / FILE)
    if content is None:
        return None
    try:
        return _Stored(**json.loads(content))
    except (ValueError, TypeError) as error:
        raise KeystoreLocked(
            _("The file {file} in the keystore is damaged: take it from a copy.").format(file=FILE)
        ) from error


def _dump(stored: _Stored) -> bytes:
    return json.dumps(asdict(stored)).encode()


def _write(store: Path, stored: _Stored) -> None:
    try:
        write_atomically(store / FILE, _dump(stored))
    except OSError as error:
        raise place.locked(error) from error
