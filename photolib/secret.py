"""The folders of the data and the keys, and the site's own secret, made once and kept with the keys."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def make_private_folder(folder: Path, setting: str) -> None:
    """Make `folder`, closed to other users, where it is not there yet.

    Raises ImproperlyConfigured, naming the setting that chose it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {folder} cannot be made ({error.strerror}): set {setting} to a folder that "
            "this user may write."
        ) from error


def read_or_make_secret(keystore: Path) -> str:
    """The secret that signs sessions and queue messages, from the keystore; made on first use.

    Raises ImproperlyConfigured where the keystore cannot be read or written.
    """
    file = keystore / "site_secret"
    try:
        if not file.exists():
            draft = keystore / f".site_secret.{os.getpid()}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(50))
            # link() fails where another process was first: then its secret counts.
            try:
                os.link(draft, file)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return file.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The keystore {keystore} cannot be used ({error.strerror}): set PHOTOLIB_KEYSTORE to a "
            "folder that this user may write."
        ) from error
