"""Files that nothing leads to: what a crash between a file and its row left behind.

Nothing younger than an hour is touched: a file is written before the row that names it is committed,
so for some moments every new file looks like an orphan. Its age is counted from ctime, which a rename
or a link sets anew; mtime would still be the camera's.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from photolib.core.files import DRAFT_PREFIX
from photolib.intake.models import Incoming, IncomingState
from photolib.library.models import Original

logger = logging.getLogger(__name__)

_IN_FLIGHT = timedelta(hours=1)


def remove_orphans(now: datetime) -> int:
    """The daily chore: every folder. Returns how many files were removed.

    Renditions of photos that are gone are library's (purge_expired_trash).
    """
    removed = remove_orphans_of_incoming(now)
    for folder in ("originals", "renditions"):
        drafts = [path for path in _old_files(folder, now) if path.name.startswith(DRAFT_PREFIX)]
        removed += sum(_remove(path) for path in drafts)
    return removed + _remove_originals(now)


def remove_orphans_of_incoming(now: datetime | None = None) -> int:
    """At the start of a worker: uploads that were never finished, files that were worked off."""
    files = {path.name: path for path in _old_files("incoming", now or timezone.now())}
    waiting = Incoming.objects.filter(state__in=[IncomingState.RECEIVED, IncomingState.RUNNING])
    wanted = set(waiting.values_list("file_key", flat=True)) if files else set()
    return sum(_remove(path) for key, path in files.items() if key not in wanted)


def _remove_originals(now: datetime) -> int:
    """Of which no row speaks. Quick look at all, then a sure one at each that has none."""
    files = {path.stem: path for path in _old_files("originals", now)}
    known = set(Original.objects.values_list("sha256", flat=True)) if files else set()
    return sum(_remove_original(path) for sha256, path in files.items() if sha256 not in known)


def _remove_original(path: Path) -> bool:
    """Who accepts the same bytes now waits for our row to go, and then finds the file missing."""
    with transaction.atomic():
        blank = {"format": "", "byte_size": 0}
        row, is_ours = Original.objects.get_or_create(sha256=path.stem, defaults=blank)
        if not is_ours:
            return False
        removed = _remove(path)
        row.delete()
    return removed


def _old_files(folder: str, now: datetime) -> Iterator[Path]:
    """Files under this folder of PHOTOLIB_DATA that are older than what may be in flight."""
    limit = (now - _IN_FLIGHT).timestamp()
    for path in (Path(settings.PHOTOLIB_DATA) / folder).rglob("*"):
        try:
            if path.is_file() and path.lstat().st_ctime < limit:
                yield path
        except OSError:
            continue  # it went in this moment


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        logger.warning("The orphan %s could not be removed.", path, exc_info=True)
        return False
    logger.info("Removed %s: nothing leads to it.", path)
    return True
