"""What people said about faces, where it lies: numbers only, in its own place, for its own time."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from faces.audit.finding import GRACE, Finding
from faces.journal import JOURNAL_DAYS
from faces.models import JournalEntry, PiledFace
from photolib.library.models import RecognitionState
from photolib.people.models import AppearanceSource, AppearanceState

# The only words an entry may hold beside the names of its fields: how a name was said.
_CODES = {*AppearanceState.values, AppearanceSource.HUMAN.value, AppearanceSource.IMPORT.value}


def said_without_right() -> Iterator[Finding]:
    """Entries of the journal that are too old or hold more than numbers; piles where nothing is grouped."""
    where = "database rows: faces_journalentry"
    late = timezone.now() - GRACE
    for entry in JournalEntry.objects.order_by("pk").iterator(chunk_size=200):
        if (late - entry.created_at).days >= JOURNAL_DAYS:
            yield Finding(where, f"entry {entry.pk}: its time is over")
        if not all(_is_number(value) for value in _values(entry.undo)):
            yield Finding(where, f"entry {entry.pk}: it holds more than numbers of rows")
    piles = PiledFace.objects.exclude(pile__library__recognition=RecognitionState.HOUSEHOLD)
    for pk in piles.values_list("pk", flat=True):
        yield Finding(
            "database rows: faces_piledface", f"piled face {pk}: its library does not group faces"
        )


def _values(kept: Any) -> Iterator[Any]:
    if isinstance(kept, dict):
        kept = kept.values()
    if isinstance(kept, str) or not hasattr(kept, "__iter__"):
        yield kept
        return
    for value in kept:
        yield from _values(value)


def _is_number(value: Any) -> bool:
    return value is None or isinstance(value, int) or value in _CODES
