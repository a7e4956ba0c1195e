"""Where the keystore lies, and files in it that are made once or never."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from photolib.consent.errors import KeystoreLocked
from photolib.core.files import sync_folder


def root() -> Path:
    """The keystore's folder. Raises KeystoreLocked where it is not there."""
    store: Path = settings.PHOTOLIB_KEYSTORE
    # A volume that is not mounted must not look like keys that were destroyed.
    if not store.is_dir():
        raise KeystoreLocked(
            _("The keystore {folder} is not there: mount it or set PHOTOLIB_KEYSTORE.").format(
                folder=store
            )
        )
    return store


def locked(error: OSError) -> KeystoreLocked:
    """What to raise for a keystore that answered with this error."""
    return KeystoreLocked(
        _("The keystore {folder} cannot be used ({reason}).").format(
            folder=settings.PHOTOLIB_KEYSTORE, reason=error.strerror
        )
    )


def read_file(path: Path) -> bytes | None:
    """A small file of the keystore; None where it is not there. Raises KeystoreLocked."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise locked(error) from error


def write_once(path: Path, content: bytes) -> None:
    """Make a private file (0600) unless there is one: of two processes the first counts.

    Raises KeystoreLocked.
    """
    draft = path.with_name(f".draft-{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.link(draft, path)
        except FileExistsError:
            return
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise locked(error) from error
