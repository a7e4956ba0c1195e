"""Saying who a face is, who it is not, and what is no face."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from faces.again import look_again_at_photo
from faces.boxes import SAME_FACE, Box, overlap
from faces.journal import Scope, recording
from faces.models import EntryKind, FaceGroup, UnknownFace
from faces.piles import in_units, put_into, with_mates
from faces.services.common import check_owner, new_person
from photolib.accounts.models import User
from photolib.core.errors import PhotolibError
from photolib.library.models import Photo
from photolib.people.models import (
    Appearance,
    AppearanceState,
    FaceRegion,
    NotThisPerson,
    Person,
)
from photolib.people.refusals import is_or_cares_for, own_refusals
from photolib.people.services import (
    dismiss_region,
    draw_region,
    remove_appearance,
    say_not,
    say_who,
)


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """named: faces that now have the name. skipped: faces of photos where the person is already."""

    person: Person
    named: int
    skipped: int


def name_face(
    *, region: FaceRegion, by: User, person: Person | None = None, name: str = ""
) -> Appearance:
    """Say who a face is: somebody the household knows, or somebody new by this name.

    Raises NotAllowed and PersonRefused, as people.services.say_who does.
    """
    library = region.photo.library
    check_owner(library, by)
    with recording(library=library, by=by, kind=EntryKind.NAME_FACE, regions=[region.pk]) as scope:
        somebody = person or _newcomer(name, by, scope)
        return say_who(region=region, photo=region.photo, person=somebody, by=by)


def name_group(
    *,
    group: FaceGroup,
    by: User,
    shown_regions: Collection[int],
    chosen_regions: Collection[int] | None = None,
    person: Person | None = None,
    name: str = "",
) -> NamedGroup:
    """Say who a group of faces is.

    shown_regions: the faces that were on the page; chosen_regions: those of them that are this
    person, all unless said otherwise. The others that were shown are not this person, for good; faces
    that joined the group since, and so were not looked at, stay in it without a name. With the
    person's yes the named faces' vectors become templates; without it they are shredded.
    Raises NotAllowed, PersonRefused, and PhotolibError where no face is chosen.
    """
    check_owner(group.library, by)
    members = UnknownFace.objects.filter(group=group).values_list("region_id", flat=True)
    with recording(
        library=group.library,
        by=by,
        kind=EntryKind.NAME_GROUP,
        regions=members,
        groups=[group.pk],
    ) as scope:
        faces = list(
            UnknownFace.objects.filter(group=group, region__in=shown_regions)
            .select_related("region__photo__library__owner")
            .order_by("-region__quality", "pk")
        )
        wanted = set(shown_regions if chosen_regions is None else chosen_regions)
        chosen = [face.region for face in faces if face.region_id in wanted]
        if not chosen:
            raise PhotolibError(_("Choose at least one face of this group."))
        somebody = person or _newcomer(name, by, scope)
        named = _name_all(chosen, somebody, by)
        others = [face for face in faces if face.region not in chosen]
        _not_them(others, somebody, by)
    return NamedGroup(person=somebody, named=named, skipped=len(chosen) - named)


def _name_all(regions: Collection[FaceRegion], person: Person, by: User) -> int:
    """Name these faces; not those of photos where the person is at another face, nor those of which
    they said themselves that it is somebody else. Returns how many were named."""
    taken = set(
        Appearance.objects.filter(
            person=person, region__isnull=False, state=AppearanceState.CONFIRMED
        ).values_list("photo_id", flat=True)
    )
    denied: set[int] = set()
    if not is_or_cares_for(by, person):
        denied.update(own_refusals(person).values_list("region_id", flat=True))
    free = [
        region for region in regions if region.photo_id not in taken and region.pk not in denied
    ]
    for region in free:
        say_who(region=region, photo=region.photo, person=person, by=by)
    return len(free)


def _not_them(faces: list[UnknownFace], person: Person, by: User) -> None:
    """These are somebody else: out of the group, but no further from each other than before."""
    for face in faces:
        say_not(region=face.region, person=person, by=by)
    for unit in in_units(faces):
        # Whoever was said to be the same person goes along, also where the page did not show them.
        put_into(with_mates(unit), library=unit[0].region.photo.library)


def answer_suggestion(*, appearance: Appearance, yes: bool, by: User) -> None:
    """Answer the machine's question: a yes confirms it, a no is kept for good."""
    region, library = appearance.region, appearance.photo.library
    if region is None or appearance.state != AppearanceState.ASKED:
        raise PhotolibError(_("This question has been answered already."))
    check_owner(library, by)
    kind = EntryKind.YES if yes else EntryKind.NO
    with recording(library=library, by=by, kind=kind, regions=[region.pk]):
        if yes:
            say_who(region=region, photo=appearance.photo, person=appearance.person, by=by)
        else:
            say_not(region=region, person=appearance.person, by=by)


def take_name_off(*, appearance: Appearance, by: User) -> None:
    """Take a name off a face, for good: the machine does not bring it back."""
    region, photo = appearance.region, appearance.photo
    with recording(
        library=photo.library,
        by=by,
        kind=EntryKind.NAME_OFF,
        regions=[] if region is None else [region.pk],
        photos=[photo.pk],
    ):
        if region is None:
            remove_appearance(appearance=appearance, by=by)
        else:
            say_not(region=region, person=appearance.person, by=by)


def take_back_refusal(*, refusal: NotThisPerson, by: User) -> None:
    """The face may be this person after all: it can be suggested again."""
    region = refusal.region
    library = region.photo.library
    check_owner(library, by)
    with recording(library=library, by=by, kind=EntryKind.MAY_BE, regions=[region.pk]):
        refusal.delete()
        transaction.on_commit(partial(look_again_at_photo, region.photo_id))


def not_a_face(*, region: FaceRegion, by: User) -> None:
    """Say that a box is no face: it is kept, so that it is not found again, and its vector goes."""
    with recording(
        library=region.photo.library, by=by, kind=EntryKind.NOT_A_FACE, regions=[region.pk]
    ):
        dismiss_region(region=region, by=by)


def is_a_face(*, region: FaceRegion, by: User) -> None:
    """Take "not a face" back."""
    library = region.photo.library
    check_owner(library, by)
    with recording(library=library, by=by, kind=EntryKind.IS_A_FACE, regions=[region.pk]):
        region.dismissed = False
        region.save(update_fields=["dismissed"])
        transaction.on_commit(partial(look_again_at_photo, region.photo_id))


def draw_face(
    *,
    photo: Photo,
    left: float,
    top: float,
    width: float,
    height: float,
    by: User,
    person: Person | None = None,
    name: str = "",
) -> FaceRegion:
    """Draw a face that was not found, in fractions (0..1) of the upright picture, and say who it is.

    Without a person and a name it has none yet. Taken back, the box is kept as "not a face".
    Raises NotAllowed and PersonRefused, as people.services.draw_region and say_who do, and PhotolibError
    where a face has a box already (faces.boxes.SAME_FACE).
    """
    library = photo.library
    check_owner(library, by)
    _check_no_box_there(photo, (left, top, width, height))
    with recording(library=library, by=by, kind=EntryKind.DRAW, photos=[photo.pk]) as scope:
        region = draw_region(photo=photo, left=left, top=top, width=width, height=height, by=by)
        scope.regions.add(region.pk)
        somebody = person or (_newcomer(name, by, scope) if name.strip() else None)
        if somebody is not None:
            say_who(region=region, photo=photo, person=somebody, by=by)
        transaction.on_commit(partial(look_again_at_photo, photo.pk))
    return region


def _check_no_box_there(photo: Photo, box: Box) -> None:
    for known in FaceRegion.objects.filter(photo=photo):
        if overlap(box, (known.left, known.top, known.width, known.height)) < SAME_FACE:
            continue
        if known.dismissed:
            raise PhotolibError(
                _(
                    "You said that this place is not a face. Take that back on the page of this "
                    "photo's faces."
                )
            )
        raise PhotolibError(
            _("There is a face at this place already. Name it on the page of this photo's faces.")
        )


def _newcomer(name: str, by: User, scope: Scope) -> Person:
    person = new_person(name, by)
    scope.people.add(person.pk)
    return person
