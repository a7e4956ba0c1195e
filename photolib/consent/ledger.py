"""The ledger of consent: adding to it, and knowing whether it may be relied on.

Every answer is an entry that follows the one before it (consent.chain). The database refuses to change
or remove entries (consent.guards), a check finds what was changed all the same (consent.verification),
and while something is wrong no yes counts: nothing is recognised, and nothing is lost.
"""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.enums import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from photolib.consent.chain import (
    ORIGIN,
    Chained,
    chain_hash,
    commit_to,
    new_entry_id,
    new_salt,
    subject_reference,
)
from photolib.consent.models import LedgerEntry, LedgerHead, LedgerSubject
from photolib.consent.wording import ConsentText
from photolib.core import guards
from photolib.library.models import Library
from photolib.people.models import Person


class Trouble(TextChoices):
    """Why the ledger cannot be relied on."""

    GUARDS = "guards", _("rules of the database that protect the record of answers are missing")
    CHAIN = "chain", _("entries in the record of answers were changed, removed or added")
    ANSWERS = "answers", _("answers and the record of answers do not say the same")
    EXPORT = "export", _("the record of answers is not the one that was noted beside the keys")


def append(
    *,
    person: Person,
    library: Library,
    purpose: str,
    granted: bool,
    channel: str,
    actor: str,
    text: ConsentText,
) -> LedgerEntry:
    """Add one answer. Call it inside a transaction; other writers wait until that has ended.

    actor: who acts, such as user:7; only a commitment to it is kept.
    """
    subject = subject_of(person=person, library=library)
    head = _lock_head()
    # The entries themselves say what comes next: the head's row is there to be locked.
    last = LedgerEntry.objects.order_by("-sequence").first()
    clock = timezone.now()
    known = max(moment for moment in (clock, head.seen_at, last and last.at) if moment)
    chained = Chained(
        sequence=last.sequence + 1 if last else 1,
        entry_id=new_entry_id(),
        subject=subject.commitment,
        purpose=purpose,
        granted=granted,
        channel=channel,
        actor=commit_to(subject.salt, actor),
        text_id=text.id,
        text_language=text.language,
        text_sha256=text.sha256,
        at=known,
        clock_behind=(known - clock) // timedelta(seconds=1),
    )
    previous = last.hash if last else ORIGIN
    entry = LedgerEntry.objects.create(
        **asdict(chained), previous=previous, hash=chain_hash(chained, previous)
    )
    head.sequence, head.hash, head.seen_at = entry.sequence, entry.hash, known
    head.save(update_fields=["sequence", "hash", "seen_at"])
    return entry


def subject_of(*, person: Person, library: Library) -> LedgerSubject:
    """The row behind this person's commitment in this library, made at the first answer."""
    salt = new_salt()
    values = {
        "name": person.name,
        "salt": salt,
        "commitment": commit_to(salt, subject_reference(person.pk, library.pk)),
    }
    subject, _made = LedgerSubject.objects.get_or_create(
        person=person, library=library, defaults=values
    )
    return subject


def chained_part(entry: LedgerEntry) -> Chained:
    """What of this row is hashed."""
    return Chained(**{name: getattr(entry, name) for name in Chained.__dataclass_fields__})


def own_hash_holds(entry: LedgerEntry) -> bool:
    """Whether the entry is what was hashed when it was added."""
    return chain_hash(chained_part(entry), entry.previous) == entry.hash


def trouble() -> Trouble | None:
    """Why the ledger cannot be relied on now; None where it can, as far as the last check knew.

    Whether the database still keeps its rules is asked now, the rest is what the last check found.
    """
    if guards.missing():
        return Trouble.GUARDS
    noted = LedgerHead.objects.values_list("trouble", flat=True).first()
    return Trouble(noted) if noted else None


def is_sound() -> bool:
    """Whether a yes in the ledger counts."""
    return trouble() is None


@transaction.atomic
def note(found: Trouble | None) -> None:
    """Keep what a check found: from now on a yes counts, or does not."""
    head = _lock_head()
    if head.trouble != (found or ""):
        head.trouble = found or ""
        head.save(update_fields=["trouble"])


@transaction.atomic
def note_time(now: datetime) -> None:
    """Remember that it was this late: a clock set back does not undo it."""
    head = _lock_head()
    if head.seen_at is None or head.seen_at < now:
        head.seen_at = now
        head.save(update_fields=["seen_at"])


def latest_time() -> datetime:
    """Now, or the latest moment on record where the machine's clock is behind it."""
    seen = LedgerHead.objects.values_list("seen_at", flat=True).first()
    now = timezone.now()
    return max(now, seen) if seen else now


def _lock_head() -> LedgerHead:
    LedgerHead.objects.get_or_create(pk=1)
    return LedgerHead.objects.select_for_update().get(pk=1)
