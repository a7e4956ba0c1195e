"""Everything that brings files in or asks for work to be done again."""

import logging
from datetime import datetime
from typing import BinaryIO
from uuid import uuid4

from django.db import Error, transaction
from django.db.models import QuerySet
from django.utils import timezone

from photolib.accounts.models import User
from photolib.core.errors import RefusedFile
from photolib.intake import doorbell
from photolib.intake.drafts import store_draft
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState
from photolib.intake.names import clean_name
from photolib.intake.paths import incoming_path
from photolib.intake.plan import make_due
from photolib.library.models import Library, Photo

logger = logging.getLogger(__name__)

_MOST_RINGS = 16


def receive(
    *,
    file: BinaryIO,
    name: str,
    library: Library,
    received_by: User | None,
    file_date: datetime | None = None,
    sidecar: bytes | None = None,
) -> Incoming:
    """Take a file in: to disk, checked by size and first bytes only; a worker looks at the rest.

    name: as the sender calls it; a path loses all but its last part.
    file_date: the file's own date, where it came from a folder. sidecar: the XMP file beside it there.
    Returns once the file and its row are safe. Raises RefusedFile, after noting the refusal, and
    PhotolibError where the server's folder cannot be written.
    """
    known_as = clean_name(name)
    key = uuid4().hex
    try:
        draft = store_draft(file, key=key, name=known_as)
    except RefusedFile as refusal:
        note_refusal(refusal=refusal, library=library, received_by=received_by)
        raise
    try:
        with transaction.atomic():
            incoming = Incoming.objects.create(
                library=library,
                name=known_as,
                file_key=key,
                sha256=draft.sha256,
                byte_size=draft.byte_size,
                file_date=file_date,
                sidecar=sidecar,
                received_by=received_by,
            )
            doorbell.ring_incoming(incoming.pk)
    except BaseException:
        incoming_path(key).unlink(missing_ok=True)
        raise
    return incoming


def note_refusal(*, refusal: RefusedFile, library: Library, received_by: User | None) -> None:
    """Keep a refused file's name and reason for seven days, so that the page can tell.

    A database that cannot write (the disk is full) does not hide the refusal itself.
    """
    try:
        Incoming.objects.create(
            library=library,
            state=IncomingState.REFUSED,
            name=clean_name(refusal.name),
            file_key=uuid4().hex,
            sha256="",
            byte_size=0,
            refusal=refusal.code,
            error=refusal.reason,
            received_by=received_by,
            finished_at=timezone.now(),
        )
    except Error:
        logger.exception("The refusal of a file could not be noted.")


def retry_parked(*, by: User, photo: Photo | None = None) -> int:
    """Try again what was set aside in this account's own library, or on one photo of it.

    Returns how many steps are due again.
    """
    parked = StepRun.objects.filter(state=StepState.PARKED, photo__library__owner=by)
    if photo is not None:
        parked = parked.filter(photo=photo)
    with transaction.atomic():
        _ring_for(parked)
        return make_due(parked)


def rerun(*, step: str, library: Library, photo: Photo | None = None) -> int:
    """Have this step done again on every photo of the library, or on one. Returns on how many.

    What runs at this moment is done again as well: it may have begun before what made this needful.
    """
    runs = StepRun.objects.filter(step=step, photo__library=library)
    if photo is not None:
        runs = runs.filter(photo=photo)
    with transaction.atomic():
        _ring_for(runs)
        return make_due(runs)


def _ring_for(runs: QuerySet[StepRun]) -> None:
    """Once for each worker there may be, not for each photo: they go on until nothing is due."""
    newest = runs.order_by("-photo_id").values_list("photo_id", flat=True)
    for photo_id in newest[:_MOST_RINGS]:
        doorbell.ring(photo_id)
