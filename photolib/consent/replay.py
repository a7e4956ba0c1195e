"""After a restore: what was erased since the copy was made is erased again, before anybody is answered.

The keystore's list names every erasure; the database has a receipt for each that it knows of. What the
list has and the database has not, happened after the copy was made. Safe to run at any time.
"""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from photolib.consent import keys
from photolib.consent.decisions import newest_decisions
from photolib.consent.erasure import erase_person_vectors
from photolib.consent.erasure_models import ErasureReceipt, ReceiptKind
from photolib.consent.errors import KeyGone, KeystoreLocked
from photolib.consent.keystore import erasures, identity
from photolib.consent.keystore.erasures import Tombstone
from photolib.consent.models import Channel
from photolib.consent.services import record_unasked_no
from photolib.consent.shredding import finish_soon
from photolib.consent.vaults import all_vaults
from photolib.library.models import Library
from photolib.people.models import Person

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Replayed:
    """erasures: done again. rows: that lay under keys which are gone. older: the database is older
    than the keystore has seen. locked: why nothing could be looked at, "" where it could."""

    erasures: int = 0
    rows: int = 0
    older: bool = False
    locked: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.erasures or self.rows or self.older)


def replay_erasures() -> Replayed:
    """Erase again what the keystore lists and this database does not know. Never raises KeystoreLocked:
    with a locked keystore nothing can be opened either."""
    try:
        stones = list(erasures.read_all())
        older = _is_older()
        rows = _drop_dead_rows(stones)
        unknown = _unknown(stones)
        for stone in unknown:
            _replay(stone)
        if older:
            _note_rollback()
    except KeystoreLocked as error:
        return Replayed(locked=str(error))
    if unknown or rows or older:
        finish_soon()
        logger.warning(
            "The database was put back from an older copy: %s erasures were done again, %s rows "
            "under destroyed keys were removed.",
            len(unknown),
            rows,
        )
    return Replayed(erasures=len(unknown), rows=rows, older=older)


def waiting_erasures() -> int:
    """How many erasures are listed that this database does not know. Raises KeystoreLocked."""
    return len(_unknown(list(erasures.read_all())))


def _unknown(stones: list[Tombstone]) -> list[Tombstone]:
    known = set(ErasureReceipt.objects.values_list("tombstone", flat=True))
    return [stone for stone in stones if stone.purpose and stone.id not in known]


def _drop_dead_rows(stones: list[Tombstone]) -> int:
    """Rows under keys that were destroyed; and the keys themselves, if an old keystore has them."""
    dead = {key for stone in stones for key in stone.keys}
    for key in dead:
        try:
            keys.destroy(key)
        except KeyGone:
            logger.warning("The list of erasures names a key that is none.")
    dropped = 0
    for vault in all_vaults():
        orphaned = dead & vault.keys_in_use()
        if orphaned:
            dropped += vault.drop_under(orphaned)
    return dropped


@transaction.atomic
def _replay(stone: Tombstone) -> None:
    person = Person.objects.filter(pk=stone.person or 0).first()
    library = Library.objects.filter(pk=stone.library or 0).first()
    if person is None or library is None:
        _note_known(stone)
        return
    newest = newest_decisions().filter(person=person, library=library, purpose=stone.purpose)
    answer = newest.first()
    if answer is None or not answer.granted or answer.decided_at > stone.moment:
        # Nothing is allowed, or somebody said yes after it: there is nothing to take back.
        _note_known(stone)
        return
    record_unasked_no(
        person=person, library=library, purpose=stone.purpose, channel=Channel.RESTORED
    )
    erase_person_vectors(
        person=person,
        library=library,
        purpose=stone.purpose,
        kind=ReceiptKind.RESTORED,
        tombstone=stone.id,
        happened_at=stone.moment,
    )


def _note_known(stone: Tombstone) -> None:
    ErasureReceipt.objects.create(
        kind=ReceiptKind.RESTORED,
        tombstone=stone.id,
        listed=True,
        purpose=stone.purpose,
        happened_at=stone.moment,
        finished_at=timezone.now(),
    )


def _is_older() -> bool:
    return identity.own_link().counter < identity.seen()


@transaction.atomic
def _note_rollback() -> None:
    """Answers are lost that the list of erasures does not have: a page says so."""
    identity.remember(identity.own_link().counter)
    now = timezone.now()
    ErasureReceipt.objects.create(
        kind=ReceiptKind.ROLLED_BACK, listed=True, happened_at=now, finished_at=now
    )
