"""What an entry of the journal changed, put back where nobody said anything else since."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from faces.again import look_again_at_photo
from faces.erasure import drop_empty_groups
from faces.journal import State, scope_of, snapshot, words_since
from faces.merging import put_person_back
from faces.models import FaceGroup, JournalEntry, Pile, PiledFace, UnknownFace
from faces.piles import in_units, live_faces, put_into, with_mates
from photolib.accounts.models import User
from photolib.library.models import Library
from photolib.people.corrections import put_said, put_without_face, remove_said
from photolib.people.models import (
    Appearance,
    AppearanceSource,
    FaceRegion,
    NotThisPerson,
    Person,
)

Pair = tuple[State, State]
# What was before a face was drawn: nothing. Its box is kept, as "not a face".
NOT_DRAWN: State = {"names": [], "not": [], "dismissed": True, "pile": None, "group": None}


def put_back(entry: JournalEntry, by: User) -> int:
    """Put back what it changed; returns how many faces and photos were left as they are now.

    Call it inside the transaction that writes the undo's own entry.
    """
    now = snapshot(scope_of(entry))
    pairs, free = _pairs_of(entry, now["faces"])
    photos = {int(key): pair for key, pair in entry.undo.get("photos", {}).items()}
    same = {key: pair for key, pair in photos.items() if now["photos"].get(key) == pair[1]}
    _take_names(free, same)
    _put_names(free, same)
    _put_refusals(free, now["faces"])
    _put_piles(free)
    _put_groups(free, entry)
    left = _people_back(entry, now["people"], by)
    return left + len(pairs) - len(free) + len(photos) - len(same)


def _pairs_of(
    entry: JournalEntry, now: Mapping[int, State]
) -> tuple[dict[int, Pair], dict[int, Pair]]:
    """What each face was and became by this entry; and of these, those that may go back."""
    pairs = {int(key): _as_pair(pair) for key, pair in entry.undo.get("faces", {}).items()}
    later = words_since(entry)
    free = {
        key: pair
        for key, pair in pairs.items()
        if key in now
        and later.get(key, set()).isdisjoint(pair[0])
        and _is_free(key, now[key], *pair)
    }
    return pairs, free


def _as_pair(pair: list[State | None]) -> Pair:
    was, then = pair
    return was or NOT_DRAWN, then or NOT_DRAWN


def _is_free(region: int, now: State, was: State, then: State) -> bool:
    """Whether nobody said anything of this face since that going back would overwrite."""
    named = "names" in was or "dismissed" in was
    if named and (now["names"], now["dismissed"]) != (
        then.get("names", []),
        then.get("dismissed", False),
    ):
        return False
    if "pile" in was and now["pile"] != then["pile"]:
        return False
    return _names_fit(region, now, was, then) and _refusals_fit(now, was, then)


def _names_fit(region: int, now: State, was: State, then: State) -> bool:
    """Whether those who were named can be named again: there, not refused, at no other face."""
    ended = {person for person, _by in _gone(then, was)}
    refused = {person for person, _by in now["not"]} - ended
    for person, *_rest in was.get("names", []):
        elsewhere = Appearance.objects.filter(
            person=person, region__isnull=False, photo__regions=region
        ).exclude(Q(region=region) | Q(source=AppearanceSource.MACHINE))
        if person in refused or not Person.objects.filter(pk=person).exists():
            return False
        if elsewhere.exists():
            return False
    return True


def _refusals_fit(now: State, was: State, then: State) -> bool:
    """Whether no refusal that goes was said again by somebody else, and none that returns is named."""
    theirs = {tuple(refusal) for refusal in now["not"]}
    goes = _gone(then, was)
    for person, by in goes:
        if (person, by) not in theirs and any(person == other for other, _by in theirs):
            return False
    names = was["names"] if "names" in was else now["names"]
    named = {person for person, *_rest in names}
    return not any(person in named for person, _by in _gone(was, then))


def _gone(one: State, other: State) -> list[tuple[int, int | None]]:
    """The refusals of one state that the other does not have."""
    kept = [tuple(refusal) for refusal in other.get("not", [])]
    return [(person, by) for person, by in one.get("not", []) if (person, by) not in kept]


def _take_names(free: Mapping[int, Pair], photos: Mapping[int, list[Any]]) -> None:
    for key, (was, _then) in free.items():
        region = _region(key)
        if "names" in was:
            remove_said(region=region)
        if "dismissed" in was:
            Appearance.objects.filter(region=region, source=AppearanceSource.MACHINE).delete()
            region.dismissed = was["dismissed"]
            region.save(update_fields=["dismissed"])
            transaction.on_commit(partial(look_again_at_photo, region.photo_id))
    for key, (before, after) in photos.items():
        gone = [name[0] for name in after if name not in before]
        rows = Appearance.objects.filter(photo=key, person__in=gone, region__isnull=True)
        rows.exclude(source=AppearanceSource.MACHINE).delete()


def _put_names(free: Mapping[int, Pair], photos: Mapping[int, list[Any]]) -> None:
    for key, (was, _then) in free.items():
        for person, state, source, by in was.get("names", []):
            put_said(region=_region(key), person=person, state=state, source=source, by=by)
    for key, (before, after) in photos.items():
        for person, state, source, by in before:
            if [person, state, source, by] not in after and Person.objects.filter(pk=person):
                put_without_face(photo=key, person=person, state=state, source=source, by=by)


def _put_refusals(free: Mapping[int, Pair], now: Mapping[int, State]) -> None:
    for key, (was, then) in free.items():
        if "not" not in was:
            continue
        for person, by in _gone(then, was):
            NotThisPerson.objects.filter(region=key, person=person, by=by).delete()
        for person, by in _gone(was, then):
            if Person.objects.filter(pk=person).exists():
                NotThisPerson.objects.get_or_create(
                    region_id=key, person_id=person, defaults={"by_id": by}
                )
                Appearance.objects.filter(
                    region=key, person=person, source=AppearanceSource.MACHINE
                ).delete()
        # The machine may ask again, or has to be told that it asks the wrong one.
        transaction.on_commit(partial(look_again_at_photo, _region(key).photo_id))


def _put_piles(free: Mapping[int, Pair]) -> None:
    """Point to the piles of before. Those that ended with their grouping stay away."""
    wanted = {key: was["pile"] for key, (was, _then) in free.items() if "pile" in was}
    there = set(Pile.objects.filter(pk__in=wanted.values()).values_list("pk", flat=True))
    PiledFace.objects.filter(region__in=list(wanted)).delete()
    PiledFace.objects.bulk_create(
        PiledFace(region_id=key, pile_id=pile) for key, pile in wanted.items() if pile in there
    )


def _put_groups(free: Mapping[int, Pair], entry: JournalEntry) -> None:
    """Back into the groups of before, made again where they went, as far as the rules allow."""
    library = entry.library
    hiding = {int(key): pair for key, pair in entry.undo.get("groups", {}).items()}
    for key, (was, then) in hiding.items():
        if was is not None and then is not None:
            FaceGroup.objects.filter(pk=key, library=library, hidden=then).update(hidden=was)
    wanted = {key: was["group"] for key, (was, _then) in free.items() if "group" in was}
    faces = live_faces(library).filter(region__in=list(wanted)).select_related("region")
    by_number: dict[int | None, list[UnknownFace]] = {}
    for face in faces.order_by("pk"):
        by_number.setdefault(wanted[face.region_id], []).append(face)
    faces.update(group=None)
    for number, rows in by_number.items():
        if number is not None:
            group = _group(number, library, hidden=bool(hiding.get(number, [False])[0]))
            for unit in in_units(rows):
                put_into(unit, library=library, group=group)
    _gather_piles(list(free), library)
    drop_empty_groups(library=library)


def _gather_piles(regions: list[int], library: Library) -> None:
    """The faces of a pile are in one group, whatever was put back and whatever was left."""
    touched = live_faces(library).filter(region__in=regions).select_related("region")
    for unit in in_units(touched):
        mates = with_mates(unit)
        numbers = sorted({face.group_id for face in mates if face.group_id is not None})
        if len(mates) > 1 and (len(numbers) != 1 or any(face.group_id is None for face in mates)):
            group = FaceGroup.objects.filter(pk__in=numbers).order_by("pk").first()
            put_into(mates, library=library, group=group)


def _group(number: int, library: Library, *, hidden: bool) -> FaceGroup:
    """The group of this number; one that went comes back under it, for numbers are used once."""
    group, _made = FaceGroup.objects.get_or_create(
        pk=number, defaults={"library": library, "hidden": hidden}
    )
    return group


def _people_back(entry: JournalEntry, now: Mapping[int, State], by: User) -> int:
    left = 0
    for key, (was, then) in entry.undo.get("people", {}).items():
        person, state = Person.objects.filter(pk=int(key)).first(), now.get(int(key), {})
        if person is None or any(state[name] != value for name, value in (then or {}).items()):
            left += 1
        else:
            put_person_back(person, was, by)
    return left


def _region(key: int) -> FaceRegion:
    return FaceRegion.objects.select_related("photo__library__owner").get(pk=key)
