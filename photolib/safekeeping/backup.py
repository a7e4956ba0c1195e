"""Making a backup: a folder with the database, the originals and a manifest.

A second backup into the same folder copies only originals that are new. The keystore is left out on
purpose: whoever finds the backup can look at the photos, but not recognise anybody by it.
"""

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from photolib.core.files import DRAFT_PREFIX, sync_folder, write_atomically
from photolib.library.models import Original
from photolib.library.storage import original_path
from photolib.safekeeping.database import BackupError, Dump, dump_to

MANIFEST = "photolib-backup.json"
FORM = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `originals` are SHA-256 → path below the backup's folder."""

    form: int
    made_at: str
    database: str
    rows: dict[str, int]
    originals: dict[str, str]


@dataclass(frozen=True, slots=True)
class BackupDone:
    """What a backup did: originals copied now, and those that an earlier one had copied."""

    copied: int
    already_there: int
    bytes_copied: int


def make_backup(*, folder: Path, now: datetime | None = None) -> BackupDone:
    """Write a backup into `folder`, which is new, empty or an earlier backup.

    The database is copied first and the originals after it: each original the copy names is there.
    Raises BackupError, naming the thing and the mend; an earlier backup's manifest then still stands.
    """
    folder = folder.resolve()
    _check_place(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        dump, originals, done = _copy_everything(folder)
    except OSError as error:
        raise BackupError(
            f"The backup into {folder} was not finished ({error.strerror}): what an earlier backup "
            "wrote there is still good."
        ) from error
    manifest = Manifest(FORM, (now or timezone.now()).isoformat(), dump.file, dump.rows, originals)
    write_atomically(folder / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
    return done


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupError where there is none, or a newer one."""
    file = folder / MANIFEST
    try:
        values = json.loads(file.read_text())
        manifest = Manifest(**values)
    except FileNotFoundError as error:
        raise BackupError(f"{folder} holds no backup: {MANIFEST} is missing.") from error
    except (ValueError, TypeError) as error:
        raise BackupError(f"{file} cannot be read: take another copy of the backup.") from error
    if manifest.form != FORM:
        raise BackupError(
            f"{file} was written by another version of photolib (form {manifest.form}): restore it "
            "with that version."
        )
    return manifest


def _check_place(folder: Path) -> None:
    inside = (settings.PHOTOLIB_DATA, settings.PHOTOLIB_KEYSTORE)
    if any(folder == place or place in folder.parents for place in inside):
        raise BackupError(
            f"{folder} lies inside the folders of photolib itself: choose one on another disk."
        )
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise BackupError(f"{folder} holds other things: choose an empty folder.")


def _copy_everything(folder: Path) -> tuple[Dump, dict[str, str], BackupDone]:
    """The database, then the originals; again where an original was erased between the two."""
    for last_try in (False, False, True):
        with tempfile.TemporaryDirectory(dir=folder, prefix=".database-") as draft:
            dump = dump_to(Path(draft))
            try:
                originals, done = _copy_originals(folder, dump.originals)
            except FileNotFoundError:
                if last_try:
                    raise
                continue
            (Path(draft) / dump.file).replace(folder / dump.file)
            sync_folder(folder)
            return dump, originals, done
    raise AssertionError("the last try returns or raises")


def _copy_originals(
    folder: Path, wanted: tuple[Original, ...]
) -> tuple[dict[str, str], BackupDone]:
    """Copy what is new. A file of the right size is taken as copied: restore checks every SHA-256."""
    listed: dict[str, str] = {}
    copied = there = size = 0
    for original in wanted:
        source = original_path(original)
        relative = Path("originals") / original.sha256[:2] / source.name
        target = folder / relative
        listed[original.sha256] = str(relative)
        if target.exists() and target.stat().st_size == original.byte_size:
            there += 1
            continue
        _copy_durably(source, target)
        copied += 1
        size += original.byte_size
    return listed, BackupDone(copied, there, size)


def _copy_durably(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f"{DRAFT_PREFIX}{target.name}")
    with source.open("rb") as reader, draft.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1024 * 1024)
        writer.flush()
        os.fsync(writer.fileno())
    draft.replace(target)
