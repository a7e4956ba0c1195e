"""Putting back what was said about a face, and moving it from one entry of a person to another.

Whose right it is was asked by the caller: an undo is for whoever may say it anew, merging for whoever
may change both people. What follows from a name (templates, the machine's guesses) follows from these
too, by the same signals as in people.services.
"""

from collections.abc import Iterable

from django.db.models import Q

from photolib.people.models import Appearance, AppearanceSource, FaceRegion, NotThisPerson
from photolib.people.signals import appearance_said, appearance_unsaid


def remove_said(*, region: FaceRegion) -> None:
    """Take off a face every name that is not by machine; nothing is refused by it."""
    rows = Appearance.objects.filter(region=region).exclude(source=AppearanceSource.MACHINE)
    for row in rows.select_related("person"):
        row.delete()
        appearance_unsaid.send(sender=Appearance, region=region, person=row.person)


def put_said(
    *, region: FaceRegion, person: int, state: str, source: str, by: int | None
) -> Appearance:
    """Write a name down as it once was; the machine's guesses at this face and person go, and so does
    that the person is in the photo somewhere."""
    by_machine = (Q(region=region) | Q(person=person)) & Q(source=AppearanceSource.MACHINE)
    somewhere = Q(person=person, region__isnull=True)
    Appearance.objects.filter(by_machine | somewhere, photo=region.photo_id).delete()
    row = Appearance.objects.create(
        region=region,
        photo_id=region.photo_id,
        person_id=person,
        state=state,
        source=source,
        by_id=by,
    )
    appearance_said.send(sender=Appearance, appearance=row)
    return row


def put_without_face(
    *, photo: int, person: int, state: str, source: str, by: int | None
) -> Appearance | None:
    """The same for a person in a photo without a face; None where they are in it already."""
    said = Appearance.objects.filter(photo=photo, person=person)
    if said.exclude(source=AppearanceSource.MACHINE).exists():
        return None
    said.delete()
    return Appearance.objects.create(
        photo_id=photo, person_id=person, state=state, source=source, by_id=by
    )


def move_said(*, source: int, target: int, photos: Iterable[int] | None = None) -> int:
    """What people said of one entry of a person is said of another from now on.

    Names and refusals that are double then become one; a refusal where the other is named goes: the
    name is the better word. Machine rows stay where they are. Returns how many names moved.
    Both may not be at two faces of one photo; the caller checked that.
    """
    names = Appearance.objects.filter(person=source).exclude(source=AppearanceSource.MACHINE)
    moved = 0
    for row in names.select_related("region").order_by("pk"):
        there = Appearance.objects.filter(person=target, photo=row.photo_id)
        there.filter(source=AppearanceSource.MACHINE).delete()
        said = there.exclude(source=AppearanceSource.MACHINE)
        if row.region_id is None and said.exists():
            row.delete()
            continue
        if row.region_id is not None:
            said.filter(region__isnull=True).delete()
            NotThisPerson.objects.filter(region=row.region_id, person=target).delete()
        Appearance.objects.filter(pk=row.pk).update(person=target)
        moved += 1
    for refusal in NotThisPerson.objects.filter(person=source):
        named = Appearance.objects.filter(region=refusal.region_id, person=target)
        known = NotThisPerson.objects.filter(region=refusal.region_id, person=target)
        if named.exclude(source=AppearanceSource.MACHINE).exists() or known.exists():
            refusal.delete()
            continue
        refusal.person_id = target
        refusal.save(update_fields=["person"])
        # A guess of the machine at whom this face is not.
        Appearance.objects.filter(
            region=refusal.region_id, person=target, source=AppearanceSource.MACHINE
        ).delete()
    return moved
