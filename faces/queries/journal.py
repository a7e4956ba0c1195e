"""The journal of what was done with faces, in words. It holds numbers of rows; names are looked up now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from faces.models import EntryKind, JournalEntry
from faces.queries.words import alt_of, places_of
from photolib.accounts.models import User
from photolib.people.models import FaceRegion
from photolib.people.queries import people_of

# Faces of an entry that are named one by one, each as a link.
NAMED = 3


@dataclass(frozen=True, slots=True)
class ToldFace:
    """A face that an entry is about, with its text."""

    region: FaceRegion
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as a page tells of it.

    what: in words, with the names it gave as the viewer knows them. faces: how many it changed.
    about: the first of them that are still there. undoes: what it took back, in words.
    """

    entry: JournalEntry
    what: str
    faces: int
    about: tuple[ToldFace, ...]
    undoes: str = ""


def entries_for(viewer: User) -> QuerySet[JournalEntry]:
    """What was done in the viewer's own library, the newest first."""
    return (
        JournalEntry.objects.filter(library__owner=viewer)
        .select_related("undoes", "library")
        .order_by("-pk")
    )


def get_entry(viewer: User, pk: int) -> JournalEntry:
    """An entry of the viewer's own journal. Raises Http404."""
    entry = entries_for(viewer).filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


def newest_entry_by(viewer: User) -> int:
    """The key of the last thing the viewer did, 0 for none."""
    rows = JournalEntry.objects.filter(by=viewer).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def told(viewer: User, entries: Sequence[JournalEntry]) -> list[Told]:
    """These entries in words. The number of queries does not grow with them."""
    names = {person.pk: person.name for person in people_of(viewer, with_hidden=True)}
    shown = {pk for entry in entries for pk in regions_of_entry(entry)[:NAMED]}
    rows = FaceRegion.objects.filter(
        pk__in=shown, photo__library__owner=viewer, photo__trashed_at__isnull=True
    ).select_related("photo")
    texts = _texts(rows)
    return [
        Told(
            entry=entry,
            what=words_of(entry, names),
            faces=entry.faces,
            about=tuple(texts[pk] for pk in regions_of_entry(entry)[:NAMED] if pk in texts),
            undoes=words_of(entry.undoes, names) if entry.undoes else "",
        )
        for entry in entries
    ]


def days_of_journal(viewer: User, entries: Sequence[JournalEntry]) -> list[tuple[date, list[Told]]]:
    """The same under the days on which it was done."""
    return [
        (day, list(rows)) for day, rows in groupby(told(viewer, entries), key=lambda row: _day(row))
    ]


def words_of(entry: JournalEntry, names: dict[int, str]) -> str:
    """What an entry tells of, with the names that it gave or took."""
    what = str(EntryKind(entry.kind).label)
    people = sorted({names[pk] for pk in people_of_entry(entry) if pk in names})
    if not people:
        return what
    return _("%(what)s: %(names)s") % {"what": what, "names": ", ".join(people)}


def regions_of_entry(entry: JournalEntry) -> list[int]:
    """The faces that an entry changed."""
    return sorted(int(key) for key in entry.undo.get("faces", {}))


def people_of_entry(entry: JournalEntry) -> set[int]:
    """Whose names it gave, took or refused, and which people it hid or put together."""
    found = {int(key) for key in entry.undo.get("people", {})}
    for pair in entry.undo.get("faces", {}).values():
        was, now = (state or {} for state in pair)
        found |= _differ(was.get("names"), now.get("names"))
        found |= _differ(was.get("not"), now.get("not"))
    for was, now in entry.undo.get("photos", {}).values():
        found |= _differ(was, now)
    return found


def _differ(was: Iterable[list[object]] | None, now: Iterable[list[object]] | None) -> set[int]:
    """The people in one of two lists of [person, …] and not in the other."""
    before = {row[0] for row in was or ()}
    after = {row[0] for row in now or ()}
    return {pk for pk in before ^ after if isinstance(pk, int)}


def _texts(regions: Iterable[FaceRegion]) -> dict[int, ToldFace]:
    rows = list(regions)
    places = places_of(rows)
    found = {}
    for region in rows:
        if region.pk in places:
            text = alt_of(region, region.photo, *places[region.pk])
        else:
            text = _("a box that is no face")
        found[region.pk] = ToldFace(region=region, text=text)
    return found


def _day(row: Told) -> date:
    return _local(row.entry.created_at).date()


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)
