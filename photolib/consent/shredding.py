"""Destroying keys so that it is done in the end, whatever is in the way, and listed for restores."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils import timezone

from photolib.consent import keys
from photolib.consent.erasure_models import DoomedKey, ErasureReceipt, new_id
from photolib.consent.errors import KeyGone, KeystoreLocked
from photolib.consent.keystore import erasures
from photolib.consent.keystore.erasures import Tombstone

logger = logging.getLogger(__name__)

# How long the journal's emptying may wait for readers; a minute later it is tried again.
_JOURNAL_WAIT_MS = 2000


def shred_key(key_id: str) -> None:
    """Destroy a key and list it as destroyed; what cannot be done now is done within a minute.

    Nothing happens for a key that has gone already. It never raises: a keystore that is away must
    not stand in the way of a withdrawal.
    """
    try:
        if not keys.exists(key_id):
            return
    except KeyGone:
        return
    except KeystoreLocked:
        doom(key_id)
        return
    if not _shred(key_id):
        doom(key_id)


def doom(key_id: str, *, after: datetime | None = None) -> None:
    """Note that this key is to be destroyed, as soon as that can be, but not before `after`."""
    DoomedKey.objects.update_or_create(key_id=key_id, defaults={"after": after or timezone.now()})


def _shred(key_id: str) -> bool:
    """Both halves are tried: on a full disk a key can be destroyed and not be listed."""
    stone = Tombstone(id=new_id(), at=timezone.now().isoformat(), keys=(key_id,))
    listed = _done(lambda: erasures.append(stone))
    destroyed = _done(lambda: keys.destroy(key_id))
    return listed and destroyed


def _done(deed: Callable[[], None]) -> bool:
    try:
        deed()
    except KeystoreLocked as error:
        logger.warning("An erasure waits for the keystore: %s", error)
        return False
    return True


def list_receipt(receipt: ErasureReceipt, *, keys_gone: tuple[str, ...] = ()) -> None:
    """Write the erasure into the keystore's list, or leave it for the next minute."""
    stone = Tombstone(
        id=receipt.tombstone,
        at=receipt.happened_at.isoformat(),
        keys=keys_gone,
        person=receipt.person_id,
        library=receipt.library_id,
        purpose=receipt.purpose,
    )
    if _done(lambda: erasures.append(stone)):
        receipt.listed = True
        receipt.save(update_fields=["listed"])


def finish_all(now: datetime) -> None:
    """Every minute: keys whose time has come, erasures not listed yet, and the journal."""
    for doomed in DoomedKey.objects.filter(after__lte=now):
        if _shred(doomed.key_id):
            doomed.delete()
    for receipt in ErasureReceipt.objects.filter(listed=False):
        list_receipt(receipt)
    open_ones = ErasureReceipt.objects.filter(finished_at__isnull=True, listed=True)
    waits = DoomedKey.objects.filter(after__lte=now).exists()
    if open_ones.exists() and not waits and empty_journal():
        open_ones.update(finished_at=timezone.now())


def finish_soon() -> None:
    """After the commit of an erasure; what fails here is done within the minute."""
    try:
        finish_all(timezone.now())
    except DatabaseError:
        logger.exception("An erasure is committed; its last part waits for the next minute.")


def empty_journal() -> bool:
    """Empty SQLite's journal, where copies of overwritten pages lie. False while somebody reads it.

    secure_delete has zeroed the rows in the pages themselves. PostgreSQL keeps dead rows until it
    vacuums, and its journal for as long as it is set to: both sealed, under a key that is gone.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_JOURNAL_WAIT_MS}")
        try:
            (busy, _pages, _moved) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
    return not busy
