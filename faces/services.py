"""What people do with faces: answer questions, name groups, say what is no face, switch recognition.

Only the library's owner decides; people.services checks the same for what it writes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from faces.again import look_again_at_photo
from faces.models import FaceGroup, GroupingSession, UnknownFace
from photolib.accounts.models import User
from photolib.consent.services import set_recognition
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import Library, RecognitionState
from photolib.people.models import (
    Appearance,
    AppearanceState,
    FaceRegion,
    NotThisPerson,
    Person,
)
from photolib.people.services import (
    create_person,
    dismiss_region,
    remove_appearance,
    say_not,
    say_who,
)

LONGEST_KEPT = 90


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """named: faces that now have the name. skipped: faces of photos where the person is already."""

    person: Person
    named: int
    skipped: int


@transaction.atomic
def name_face(
    *, region: FaceRegion, by: User, person: Person | None = None, name: str = ""
) -> Appearance:
    """Say who a face is: somebody the household knows, or somebody new by this name.

    Raises NotAllowed and PersonRefused, as people.services.say_who does.
    """
    _check_owner(region.photo.library, by)
    somebody = person or _new_person(name, by)
    return say_who(region=region, photo=region.photo, person=somebody, by=by)


@transaction.atomic
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
    _check_owner(group.library, by)
    faces = list(
        UnknownFace.objects.filter(group=group, region__in=shown_regions)
        .select_related("region__photo__library__owner")
        .order_by("-region__quality", "pk")
    )
    wanted = set(shown_regions if chosen_regions is None else chosen_regions)
    chosen = [face.region for face in faces if face.region_id in wanted]
    if not chosen:
        raise PhotolibError(_("Choose at least one face of this group."))
    somebody = person or _new_person(name, by)
    named = _name_all(chosen, somebody, by)
    for face in faces:
        if face.region not in chosen:
            say_not(region=face.region, person=somebody, by=by)
            UnknownFace.objects.filter(pk=face.pk).update(group=None)
    return NamedGroup(person=somebody, named=named, skipped=len(chosen) - named)


def _name_all(regions: Collection[FaceRegion], person: Person, by: User) -> int:
    """Name these faces, but those of photos where the person is at another face. How many were."""
    taken = set(
        Appearance.objects.filter(
            person=person, region__isnull=False, state=AppearanceState.CONFIRMED
        ).values_list("photo_id", flat=True)
    )
    free = [region for region in regions if region.photo_id not in taken]
    for region in free:
        say_who(region=region, photo=region.photo, person=person, by=by)
    return len(free)


def answer_suggestion(*, appearance: Appearance, yes: bool, by: User) -> None:
    """Answer the machine's question: a yes confirms it, a no is kept for good."""
    region = appearance.region
    if region is None or appearance.state != AppearanceState.ASKED:
        raise PhotolibError(_("This question has been answered already."))
    _check_owner(appearance.photo.library, by)
    if yes:
        say_who(region=region, photo=appearance.photo, person=appearance.person, by=by)
    else:
        say_not(region=region, person=appearance.person, by=by)


def take_name_off(*, appearance: Appearance, by: User) -> None:
    """Take a name off a face, for good: the machine does not bring it back."""
    if appearance.region is None:
        remove_appearance(appearance=appearance, by=by)
    else:
        say_not(region=appearance.region, person=appearance.person, by=by)


@transaction.atomic
def take_back_refusal(*, refusal: NotThisPerson, by: User) -> None:
    """The face may be this person after all: it can be suggested again."""
    _check_owner(refusal.region.photo.library, by)
    photo_id = refusal.region.photo_id
    refusal.delete()
    transaction.on_commit(partial(look_again_at_photo, photo_id))


def not_a_face(*, region: FaceRegion, by: User) -> None:
    """Say that a box is no face: it is kept, so that it is not found again, and its vector goes."""
    dismiss_region(region=region, by=by)


@transaction.atomic
def is_a_face(*, region: FaceRegion, by: User) -> None:
    """Take "not a face" back."""
    _check_owner(region.photo.library, by)
    region.dismissed = False
    region.save(update_fields=["dismissed"])
    transaction.on_commit(partial(look_again_at_photo, region.photo_id))


def hide_group(*, group: FaceGroup, by: User, hidden: bool = True) -> None:
    """Leave a group of strangers out of the page, or show it again. Nothing else changes."""
    _check_owner(group.library, by)
    group.hidden = hidden
    group.save(update_fields=["hidden"])


@transaction.atomic
def switch_recognition(
    *, library: Library, state: str, by: User, declared: bool = False, keep_days: int = 30
) -> Library:
    """Switch a library's face recognition (consent.services.set_recognition).

    keep_days: how long unknown faces' vectors are kept in household grouping, 1..90. Shortened, it
    also holds for what is kept already. Raises NotAllowed and ConsentRefused, as that does.
    """
    if not 1 <= keep_days <= LONGEST_KEPT:
        raise PhotolibError(_("Choose between 1 and 90 days."))
    changed = set_recognition(library=library, state=state, by=by, declared=declared)
    if state == RecognitionState.HOUSEHOLD:
        session = GroupingSession.objects.select_for_update().get(library=library)
        session.keep_days = keep_days
        session.save(update_fields=["keep_days"])
        # Counted from the day a vector was made: the page shows the date that comes of it.
        session.faces.filter(expired=False).update(
            expires_at=F("created_at") + timedelta(days=keep_days)
        )
    return changed


def _new_person(name: str, by: User) -> Person:
    if by.household is None:
        raise NotAllowed(_("People belong to a household, and this account has none."))
    return create_person(household=by.household, name=name, by=by)


def _check_owner(library: Library, by: User) -> None:
    if library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of these photos decides who is in them."))
