"""Putting a backup back: into an empty photolib only, every byte checked before anything is taken."""

import hashlib
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from photolib.accounts.models import User
from photolib.consent.errors import KeystoreLocked
from photolib.consent.replay import replay_erasures
from photolib.consent.verification import accept_restored_copy, verify_and_note
from photolib.core.files import DRAFT_PREFIX
from photolib.core.formats import FORMATS
from photolib.intake.services import rerun
from photolib.library.models import Library, Original
from photolib.library.storage import keep_original
from photolib.safekeeping.backup import Manifest, read_manifest
from photolib.safekeeping.database import BackupError, count_rows, load_from


@dataclass(frozen=True, slots=True)
class RestoreDone:
    """What a restore put back."""

    rows: int
    originals: int


def restore_backup(*, folder: Path) -> RestoreDone:
    """Put the backup in `folder` into this photolib, which must be empty.

    First every original is checked against its SHA-256, then the originals are copied, then the
    database, whose rows are counted against the manifest. Renditions are made anew by the workers.
    Raises BackupError; where it is raised before the database was put back, nothing is changed but
    originals that are harmless.
    """
    folder = folder.resolve()
    manifest = read_manifest(folder)
    _check_empty()
    _check_files(folder, manifest)
    for sha256, relative in manifest.originals.items():
        _bring_back(folder / relative, sha256)
    load_from(folder / manifest.database)
    counted = count_rows()
    lost = [
        f"{table}: {counted.get(table, 0)} instead of {expected}"
        for table, expected in manifest.rows.items()
        if counted.get(table, 0) != expected
    ]
    if lost:
        raise BackupError(f"Rows are missing after the restore ({'; '.join(lost)}).")
    # A backup of an older version is brought up to this one.
    call_command("migrate", interactive=False, verbosity=0)
    # What was erased since the backup was made is erased again, before anybody is answered.
    replay_erasures()
    _accept_the_older_ledger()
    for library in Library.objects.all():
        rerun(step="make_renditions", library=library)
    return RestoreDone(rows=sum(counted.values()), originals=Original.objects.count())


def _accept_the_older_ledger() -> None:
    """The record of answers is shorter than it was, on purpose: say so beside the keys, and prove it.

    Where the keys are not there no yes counts, and nothing has to be said.
    """
    with suppress(KeystoreLocked):
        accept_restored_copy()
    verify_and_note()


def _bring_back(source: Path, sha256: str) -> None:
    """Copy one original to its place, by way of a draft on the same disk."""
    format_ = next(name for name, form in FORMATS.items() if source.suffix == f".{form.suffix}")
    incoming = Path(settings.PHOTOLIB_DATA) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=incoming, prefix=DRAFT_PREFIX) as draft:
        with source.open("rb") as file:
            shutil.copyfileobj(file, draft, 1024 * 1024)
        draft.flush()
        keep_original(draft=Path(draft.name), sha256=sha256, format=format_)


def _check_empty() -> None:
    if User._meta.db_table in connection.introspection.table_names() and User.objects.exists():
        raise BackupError(
            "This photolib has accounts already: restore into a new one, with another PHOTOLIB_DATA "
            "(and an empty database, where PHOTOLIB_DATABASE is set)."
        )


def _check_files(folder: Path, manifest: Manifest) -> None:
    bad = []
    for sha256, relative in manifest.originals.items():
        try:
            with (folder / relative).open("rb") as file:
                good = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            good = False
        if not good:
            bad.append(relative)
    if not (folder / manifest.database).exists():
        bad.append(manifest.database)
    if bad:
        raise BackupError(
            f"{len(bad)} files of the backup are missing or damaged, such as {bad[0]}: take another "
            "copy of the backup. Nothing was restored."
        )
