"""Bringing in a folder of this machine: every file received or named with the reason why not."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import PhotolibError, RefusedFile
from photolib.intake.drafts import unreadable
from photolib.intake.folders import FoundFile, find_files
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState
from photolib.intake.services import note_refusal, receive
from photolib.library.services import LONGEST_SIDECAR, library_of

logger = logging.getLogger(__name__)

# Keys asked for at once: SQLite has a limit on the values of one query.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or folder that was not taken in: its path inside the folder, and why."""

    file: str
    reason: str
    code: str


@dataclass(slots=True)
class ImportReport:
    """What became of each file; the last four stay 0 until the workers have been waited for."""

    files: int = 0
    sidecars: int = 0
    skipped: int = 0
    received: int = 0
    refused: list[Refusal] = field(default_factory=list)
    accepted: int = 0
    duplicates: int = 0
    parked: int = 0
    waiting: int = 0


class FolderImport:
    """One import of one folder into one account's library."""

    def __init__(self, *, folder: Path, owner: User) -> None:
        """Raises PhotolibError where `folder` is no folder that can be read."""
        self._folder = folder.resolve()
        self._owner = owner
        self._library = library_of(owner)
        self._names: dict[int, str] = {}
        self.report = ImportReport()
        try:
            next(self._folder.iterdir(), None)
        except OSError as error:
            raise PhotolibError(
                _("The folder %(folder)s cannot be read: %(why)s.")
                % {"folder": folder, "why": error.strerror or str(error)}
            ) from error

    def find(self) -> list[FoundFile]:
        """The files to bring in, in order; what is passed over is counted."""
        found = list(find_files(self._folder, on_error=self._note_folder))
        wanted = [file for file in found if file.wanted]
        self.report.files = len(wanted)
        sidecars = {file.sidecar for file in wanted if file.sidecar}
        self.report.sidecars = len(sidecars)
        self.report.skipped = len(found) - len(wanted) - len(sidecars)
        return wanted

    def receive_all(self, files: list[FoundFile]) -> Iterator[str]:
        """Receive each file, yielding its name. Refusals are noted, and the rest goes on."""
        for file in files:
            name = self._inside(file.path)
            try:
                incoming = self._receive(file.path, _read_sidecar(file.sidecar))
            except RefusedFile as refusal:
                self.report.refused.append(Refusal(name, refusal.reason, refusal.code))
            else:
                self.report.received += 1
                self._names[incoming.pk] = name
            yield name

    def look_back(self) -> ImportReport:
        """Fill in what the workers made of it so far."""
        report = self.report
        states = dict.fromkeys(IncomingState, 0)
        parked: set[int] = set()
        for batch in _batches(sorted(self._names)):
            rows = Incoming.objects.filter(pk__in=batch)
            for pk, state, error, code in rows.values_list("pk", "state", "error", "refusal"):
                states[IncomingState(state)] += 1
                if state == IncomingState.REFUSED:
                    report.refused.append(Refusal(self._names[pk], error, code))
            photos = rows.exclude(photo=None).values("photo")
            parked_here = StepRun.objects.filter(photo__in=photos, state=StepState.PARKED)
            parked.update(parked_here.values_list("photo_id", flat=True))
        report.accepted = states[IncomingState.ACCEPTED]
        report.duplicates = states[IncomingState.DUPLICATE]
        report.waiting = states[IncomingState.RECEIVED] + states[IncomingState.RUNNING]
        report.parked = len(parked)
        return report

    def _receive(self, path: Path, sidecar: bytes | None) -> Incoming:
        try:
            with path.open("rb") as file:
                date = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
                return receive(
                    file=file,
                    name=path.name,
                    library=self._library,
                    received_by=self._owner,
                    file_date=date,
                    sidecar=sidecar,
                )
        except (OSError, OverflowError, ValueError) as error:
            cause = error if isinstance(error, OSError) else OSError(str(error))
            refusal = unreadable(path.name, cause)
            note_refusal(refusal=refusal, library=self._library, received_by=self._owner)
            raise refusal from error

    def _note_folder(self, error: OSError) -> None:
        name = self._inside(Path(str(error.filename)))
        reason = _("The folder could not be read: %(why)s.") % {"why": error.strerror or str(error)}
        self.report.refused.append(Refusal(name, reason, "unreadable"))

    def _inside(self, path: Path) -> str:
        return str(path.relative_to(self._folder))


def _read_sidecar(path: Path | None) -> bytes | None:
    """The sidecar's bytes; None where it cannot be read or is too long to be one: the photo comes alone."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_SIDECAR + 1)
    except OSError:
        logger.warning("A sidecar could not be read.", exc_info=True)
        return None
    return content if 0 < len(content) <= LONGEST_SIDECAR else None


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]
