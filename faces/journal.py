"""The journal: what somebody did with faces, as the difference between before and after.

What is written down is human words only (names, refusals, "not a face", piles, hiding) and which group
a face was in: numbers of rows, never a name, a vector or anything a machine concluded about a person.
So an entry can bring no template and no match back: names that come back ask for consent like any other.

    {"faces": {region: [was, is]}, "photos": {photo: [was, is]}, "groups": {group: [was, is]},
     "people": {person: [was, is]}}

A face's state holds only what changed of: names (person, state, source, by), not (person, by),
dismissed, pile, group. A photo's are the names without a face. A group's is whether it is hidden, None
where there is none. A person's: hidden, and merged (into whom).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from faces.models import (
    EmptiedPerson,
    FaceGroup,
    JournalEntry,
    PiledFace,
    UnknownFace,
)
from photolib.accounts.models import User
from photolib.library.models import Library
from photolib.people.models import Appearance, AppearanceSource, FaceRegion, NotThisPerson, Person

# An entry can be taken back for so long.
JOURNAL_DAYS = 90

State = dict[str, Any]
_BATCH = 500


@dataclass(slots=True)
class Scope:
    """The rows that a deed may change. A deed adds what it makes while it runs."""

    regions: set[int] = field(default_factory=set)
    photos: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    # How many faces the entry says, where it is not those whose state changed.
    faces: int | None = None
    # Written down with their groups although those change only when a worker gets to it.
    rearranged: bool = False
    entry: JournalEntry | None = None


@contextmanager
def recording(
    *,
    library: Library,
    by: User,
    kind: str,
    regions: Iterable[int] = (),
    photos: Iterable[int] = (),
    groups: Iterable[int] = (),
    people: Iterable[int] = (),
    undoes: JournalEntry | None = None,
) -> Iterator[Scope]:
    """Do something with these faces in one transaction, and write down what changed.

    Nothing is written where nothing changed. The photos of the faces are watched by themselves. One
    deed at a time in one library: the row of the library is locked, as writers of findings do.
    """
    with transaction.atomic():
        Library.objects.select_for_update(of=("self",)).get(pk=library.pk)
        scope = Scope(set(regions), set(photos), set(groups), set(people))
        scope.photos.update(_photos_of(scope.regions))
        before = snapshot(scope)
        yield scope
        changes = _difference(before, snapshot(scope))
        if scope.rearranged:
            changes["faces"] = {
                str(key): [{"group": state["group"]}] * 2 for key, state in before["faces"].items()
            }
        if changes or scope.faces is not None:
            scope.entry = JournalEntry.objects.create(
                library=library,
                by=by,
                kind=kind,
                faces=len(changes.get("faces", {})) if scope.faces is None else scope.faces,
                undo=changes,
                undoes=undoes,
            )


def scope_of(entry: JournalEntry) -> Scope:
    """The rows that an entry tells of."""
    faces, photos, groups, people = (
        {int(key) for key in entry.undo.get(part, {})} for part in _PARTS
    )
    return Scope(faces, photos, groups, people)


def end_entries(now: datetime) -> None:
    """The daily chore: what was done 90 days ago can be taken back no more."""
    JournalEntry.objects.filter(created_at__lt=now - timedelta(days=JOURNAL_DAYS)).delete()


def newest_entry(library: Library) -> int:
    """The key of the library's newest entry: another one means that somebody said something since."""
    return JournalEntry.objects.filter(library=library).aggregate(key=Max("pk"))["key"] or 0


def words_since(entry: JournalEntry) -> dict[int, set[str]]:
    """By face, what was said of it after this entry and holds: of the names, of a pile, and so on.

    What was said and taken back since is no word any more, nor is the taking back.
    """
    rows = JournalEntry.objects.filter(
        library=entry.library_id, pk__gt=entry.pk, undone_at__isnull=True
    ).exclude(undoes__gt=entry.pk)
    words: dict[int, set[str]] = {}
    for faces in rows.values_list("undo__faces", flat=True).iterator(chunk_size=50):
        for key, pair in (faces or {}).items():
            fields = set().union(*(state or () for state in pair))
            words.setdefault(int(key), set()).update(fields - {"group"})
    return words


def snapshot(scope: Scope) -> dict[str, dict[int, Any]]:
    """How these rows are now, as human beings said, by part and key."""
    return {
        "faces": face_states(scope.regions),
        "photos": _photo_states(scope.photos),
        "groups": _group_states(scope.groups),
        "people": _person_states(scope.people),
    }


_PARTS = ("faces", "photos", "groups", "people")


def face_states(regions: Iterable[int]) -> dict[int, State]:
    """For each of these faces what people said of it, and the group it is in. Gone ones are missing."""
    keys = sorted(regions)
    states: dict[int, State] = {}
    for start in range(0, len(keys), _BATCH):
        states.update(_face_states(keys[start : start + _BATCH]))
    return states


def _face_states(keys: list[int]) -> dict[int, State]:
    states: dict[int, State] = {
        pk: {"names": [], "not": [], "dismissed": dismissed, "pile": None, "group": None}
        for pk, dismissed in FaceRegion.objects.filter(pk__in=keys).values_list("pk", "dismissed")
    }
    for region, *name in _said().filter(region__in=keys).values_list("region", *_NAME):
        states[region]["names"].append(name)
    refusals = NotThisPerson.objects.filter(region__in=keys).order_by("pk")
    for region, person, by in refusals.values_list("region", "person", "by"):
        states[region]["not"].append([person, by])
    for region, pile in PiledFace.objects.filter(region__in=keys).values_list("region", "pile"):
        states[region]["pile"] = pile
    grouped = UnknownFace.objects.filter(region__in=keys, expired=False, group__isnull=False)
    for region, group in grouped.values_list("region", "group"):
        states[region]["group"] = group
    return states


_NAME = ("person", "state", "source", "by")


def _photo_states(photos: Iterable[int]) -> dict[int, list[Any]]:
    states: dict[int, list[Any]] = {photo: [] for photo in photos}
    rows = _said().filter(photo__in=list(photos), region__isnull=True)
    for photo, *name in rows.values_list("photo", *_NAME):
        states[photo].append(name)
    return states


def _said() -> Any:
    """What is not by machine: by hand, or come with the picture."""
    return Appearance.objects.exclude(source=AppearanceSource.MACHINE).order_by("pk")


def _group_states(groups: Iterable[int]) -> dict[int, bool | None]:
    states: dict[int, bool | None] = dict.fromkeys(groups)
    states.update(FaceGroup.objects.filter(pk__in=list(groups)).values_list("pk", "hidden"))
    return states


def _person_states(people: Iterable[int]) -> dict[int, State]:
    merged = dict(
        EmptiedPerson.objects.filter(person__in=list(people)).values_list("person", "merged_into")
    )
    rows = Person.objects.filter(pk__in=list(people)).values_list("pk", "hidden")
    return {pk: {"hidden": hidden, "merged": merged.get(pk)} for pk, hidden in rows}


def _photos_of(regions: Iterable[int]) -> set[int]:
    rows = FaceRegion.objects.filter(pk__in=list(regions))
    return set(rows.values_list("photo_id", flat=True))


def _difference(
    before: dict[str, dict[int, Any]], after: dict[str, dict[int, Any]]
) -> dict[str, dict[str, list[Any]]]:
    changes: dict[str, dict[str, list[Any]]] = {}
    for part in _PARTS:
        for key in before[part].keys() | after[part].keys():
            pair = _pair(before[part].get(key), after[part].get(key))
            if pair is not None:
                changes.setdefault(part, {})[str(key)] = pair
    return changes


def _pair(was: Any, now: Any) -> list[Any] | None:
    """What changed from one state to the other; of two dicts only the fields that differ."""
    if was == now:
        return None
    if isinstance(was, dict) and isinstance(now, dict):
        fields = [name for name in was if was[name] != now[name]]
        return [{name: was[name] for name in fields}, {name: now[name] for name in fields}]
    return [was, now]
