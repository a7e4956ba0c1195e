"""Where originals lie: PHOTOLIB_DATA/originals/ab/cd/<sha256>.<suffix>, written once for all."""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from photolib.core.files import DRAFT_PREFIX, move_into_place, sync_folder
from photolib.core.formats import FORMATS
from photolib.core.sounds import SOUNDS
from photolib.library.models import Original

READ_ONLY = 0o400


def original_path(original: Original) -> Path:
    """Where the bytes of this original lie."""
    return path_of(original.sha256, original.format)


def path_of(sha256: str, format: str) -> Path:
    """Where bytes with this SHA-256 (64 hexadecimal digits) lie, or would lie."""
    kind = SOUNDS[format] if format in SOUNDS else FORMATS[format]
    name = f"{sha256}.{kind.suffix}"
    return Path(settings.PHOTOLIB_DATA) / "originals" / sha256[:2] / sha256[2:4] / name


def keep_original(*, draft: Path, sha256: str, format: str) -> Path:
    """Give the bytes of `draft` their place among the originals, durably, and return it.

    The draft itself stays: whoever brought it removes it once the photo is committed, so that a
    crash in between loses nothing. It costs no space, where the disk can give a file two names.
    Doing it twice changes nothing.
    """
    path = path_of(sha256, format)
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return path
    except OSError:
        # A disk without hard links (exFAT, some network shares).
        _copy(draft, path)
    path.chmod(READ_ONLY)
    _sync_down_to(path.parent)
    return path


def remove_original(*, sha256: str, format: str) -> None:
    """Remove the bytes, if they are still there. Only for originals that no photo needs."""
    path = path_of(sha256, format)
    path.unlink(missing_ok=True)
    if path.parent.exists():
        sync_folder(path.parent)


def _copy(draft: Path, path: Path) -> None:
    handle, copy = tempfile.mkstemp(dir=path.parent, prefix=DRAFT_PREFIX)
    try:
        with os.fdopen(handle, "wb") as out, draft.open("rb") as source:
            shutil.copyfileobj(source, out, 1 << 20)
        move_into_place(Path(copy), path)
    except BaseException:
        Path(copy).unlink(missing_ok=True)
        raise


def _sync_down_to(folder: Path) -> None:
    """Make the folder's entry durable as well: it and the two above it may be new."""
    for part in (folder, folder.parent, folder.parent.parent):
        sync_folder(part)
