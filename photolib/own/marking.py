"""What people do with things of their own: mark one, answer a question, take it back, rename, delete."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.words import words_changed
from photolib.describe.boxes import Box
from photolib.describe.models import Fact, FactKind
from photolib.library.models import Library, Photo
from photolib.own.errors import MarkRefused
from photolib.own.models import OwnRegion, OwnThing, Said
from photolib.own.names import LONGEST, tidy_name
from photolib.own.no_faces import faces_in, is_a_person, is_on_a_face, people_in
from photolib.own.readable import read_again
from photolib.people.models import Person

# A smaller piece, on either side, has nothing to go by: 32 pixels of what is looked at.
SMALLEST = 0.02
# A second mark of the same thing in the same place takes the place of the first.
SAME_MARK = 0.5
# What is written where a person says so: no analyser's step, so that no switch takes it away.
SAID_BY_HAND = "marked"


@transaction.atomic
def mark(*, photo: Photo, name: str, box: Box, by: User) -> OwnRegion:
    """Say that this piece of a photo, which `by` may see, is something of the family's own.

    The owner's word is said; a housemate's is asked of the owner. A worker then looks for it in the
    other photos. Raises MarkRefused for a name or a box that cannot be, for a face and for a person.
    """
    name = _checked_name(name, photo.library)
    _check_box(photo, box)
    owner = photo.library.owner_id == by.pk
    thing = _thing_called(photo.library, name)
    region = _same_mark(photo, thing, box)
    if region is None:
        region = OwnRegion(photo=photo, thing=thing)
    elif not owner and (region.said != Said.ASKED or region.by_id is not None):
        # What the owner said is not changed by anybody else.
        return region
    region.left, region.top, region.width, region.height = box.left, box.top, box.width, box.height
    region.by = by
    _say(region, Said.YES if owner else Said.ASKED)
    return region


@transaction.atomic
def answer_marks(*, rows: Sequence[OwnRegion], yes: bool, by: User) -> None:
    """Say yes or no. A no is kept, and never asked again; a yes is a new example.

    Raises NotAllowed for anybody but the owner; MarkRefused for a yes to what turned out to be a face.
    """
    for row in rows:
        _check_owner(row.photo.library, by)
        if yes:
            _check_nobody(row.photo, row.box)
        row.by = by
        _say(row, Said.YES if yes else Said.NO)


@transaction.atomic
def take_back_marks(*, rows: Sequence[OwnRegion], by: User) -> None:
    """Undo answers: what the machine had asked is a question again, what was drawn is off the photo.

    Owner only (NotAllowed).
    """
    for row in rows:
        _check_owner(row.photo.library, by)
        if row.score is None:
            _forget_said(row)
            row.delete()
            words_changed.send(sender=OwnRegion, photo=row.photo)
        else:
            row.by = None
            _say(row, Said.ASKED)


@transaction.atomic
def rename_thing(*, thing: OwnThing, name: str, by: User) -> None:
    """Call it something else, everywhere. Owner only (NotAllowed). Raises MarkRefused."""
    _check_owner(thing.library, by)
    name = _checked_name(name, thing.library)
    others = OwnThing.objects.filter(library=thing.library, name__iexact=name)
    if others.exclude(pk=thing.pk).exists():
        raise MarkRefused(_("%(name)s is another thing already.") % {"name": name})
    before, thing.name = thing.name, name
    thing.save(update_fields=["name"])
    for one in (before, name):
        read_again(thing.library, one)
    Fact.objects.filter(own_region__thing=thing).update(text=name)
    for photo in _photos_of(thing):
        words_changed.send(sender=OwnThing, photo=photo)


@transaction.atomic
def delete_thing(*, thing: OwnThing, by: User) -> None:
    """Delete it: off every photo, with what was learnt and what was answered. Owner only (NotAllowed)."""
    _check_owner(thing.library, by)
    photos = _photos_of(thing)
    thing.delete()
    read_again(thing.library, thing.name)
    for photo in photos:
        words_changed.send(sender=OwnThing, photo=photo)


def _photos_of(thing: OwnThing) -> list[Photo]:
    said = Photo.objects.filter(own_regions__thing=thing, own_regions__said=Said.YES)
    return list(said.distinct())


def _say(row: OwnRegion, said: Said) -> None:
    """Write the answer, what the descriptions say by it, and that a worker has something to learn."""
    _forget_said(row)
    row.said = said
    # Of the box as it was: a worker looks at it again.
    row.look = row.points = None
    if said == Said.YES:
        row.fact = Fact.objects.create(
            photo=row.photo,
            kind=FactKind.OWN,
            label=str(row.thing_id),
            text=row.thing.name,
            left=row.left,
            top=row.top,
            width=row.width,
            height=row.height,
            confidence=1.0,
            step=SAID_BY_HAND,
        )
    row.save()
    OwnThing.objects.filter(pk=row.thing_id).update(wanted=True)
    words_changed.send(sender=OwnRegion, photo=row.photo)


def _forget_said(row: OwnRegion) -> None:
    if row.fact_id is not None:
        Fact.objects.filter(pk=row.fact_id).delete()
        row.fact = None


def _same_mark(photo: Photo, thing: OwnThing, box: Box) -> OwnRegion | None:
    rows = OwnRegion.objects.filter(photo=photo, thing=thing).select_related("thing", "photo")
    alike = [row for row in rows if row.box.overlap(box) >= SAME_MARK]
    return max(alike, key=lambda row: row.box.overlap(box), default=None)


def _thing_called(library: Library, name: str) -> OwnThing:
    found = OwnThing.objects.filter(library=library, name__iexact=name).first()
    if found is None:
        found = OwnThing.objects.create(library=library, name=name)
        read_again(library, name)
    return found


def _checked_name(name: str, library: Library) -> str:
    name = tidy_name(name)
    if not name:
        raise MarkRefused(_("Write a name for it."))
    if len(name) > LONGEST:
        raise MarkRefused(_("A name has %(longest)s letters at most.") % {"longest": LONGEST})
    household = library.owner.household_id
    if household and Person.objects.filter(household=household, name__iexact=name).exists():
        raise MarkRefused(
            _("%(name)s is a person here. People are named under People only.") % {"name": name}
        )
    return name


def _check_box(photo: Photo, box: Box) -> None:
    right, low = box.left + box.width, box.top + box.height
    if min(box.left, box.top) < 0 or max(right, low) > 1.0001:
        raise MarkRefused(_("The box goes over the edge of the picture. Make it smaller."))
    if min(box.width, box.height) < SMALLEST:
        raise MarkRefused(
            _("The box is too small: make it two percent of the picture wide and high at least.")
        )
    _check_nobody(photo, box)


def _check_nobody(photo: Photo, box: Box) -> None:
    if is_on_a_face(box, faces_in(photo)):
        raise MarkRefused(
            _(
                "There is a face in this box. Faces are recognised under People only, with the "
                "consent of whom they show. Draw the box around the thing alone."
            )
        )
    if is_a_person(box, people_in(photo)):
        raise MarkRefused(
            _(
                "This box holds a person. People are recognised under People only, with their "
                "consent. Draw the box around the thing alone."
            )
        )


def _check_owner(library: Library, by: User) -> None:
    if library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of these photos decides on things of their own."))
