"""Who the people of a household are, and who is in which photo, as people say by hand."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.accounts.models import Household, Role, User
from photolib.accounts.queries import is_admin
from photolib.core.errors import NotAllowed
from photolib.library.models import Photo
from photolib.people.errors import PersonRefused
from photolib.people.models import (
    Appearance,
    AppearanceSource,
    AppearanceState,
    FaceRegion,
    NotThisPerson,
    Person,
    RegionSource,
)
from photolib.people.queries import may_delete, may_rename
from photolib.people.refusals import is_or_cares_for, own_refusals
from photolib.people.signals import appearance_said, appearance_unsaid, picture_said


@transaction.atomic
def create_person(
    *,
    household: Household,
    name: str,
    by: User,
    user: User | None = None,
    guardian: User | None = None,
    birthday: date | None = None,
) -> Person:
    """Add somebody the household knows.

    user: the account that is this person's own. guardian: the grown-up who decides for a child.
    Raises NotAllowed for guests and other households, PersonRefused for an empty name and for an
    account that has a person already.
    """
    if by.household_id != household.pk or by.role == Role.GUEST:
        raise NotAllowed(_("Only members of the household can add people to it."))
    _check_birthday(birthday)
    if guardian is not None:
        _check_guardian(guardian, household)
    person = Person.objects.create(
        household=household,
        name=_clean_name(name),
        guardian=guardian,
        birthday=birthday,
        created_by=by,
    )
    return person if user is None else link_account(person=person, user=user, by=by)


@transaction.atomic
def link_account(*, person: Person, user: User, by: User) -> Person:
    """Say that this account is this person's own: from then on they answer for themselves.

    Raises NotAllowed unless `by` is that account, its guardian or an admin, PersonRefused where one
    of the two is taken.
    """
    may = by.pk in {user.pk, user.guardian_id} or is_admin(by)
    if user.household_id != person.household_id or not may:
        raise NotAllowed(
            _("Only an admin, the account itself or its guardian can say whose account it is.")
        )
    if person.user_id not in {None, user.pk}:
        raise PersonRefused(_("{name} has another account.").format(name=person.name))
    if Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise PersonRefused(_("The account {name} is another person's.").format(name=user))
    person.user = user
    person.save(update_fields=["user"])
    return person


@transaction.atomic
def take_guardianship(*, person: Person, by: User) -> Person:
    """Say that one is the guardian of a child without an account, and answers for the child.

    Raises NotAllowed for guests, children and other households, PersonRefused for somebody with an
    account or a guardian, and without a birthday in the last eighteen years.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if by.household_id != person.household_id or by.role not in {Role.ADMIN, Role.ADULT}:
        raise NotAllowed(_("Only an adult of the household can be a child's guardian."))
    if person.user_id is not None or person.guardian_id not in {None, by.pk}:
        raise PersonRefused(_("{name} has an account or a guardian.").format(name=person.name))
    today = timezone.localdate()
    eighteen = (today.year - 18, today.month, today.day)
    born = person.birthday
    if born is None or (born.year, born.month, born.day) <= eighteen:
        raise PersonRefused(
            _("Write down the child's birthday first: only children have guardians.")
        )
    person.guardian = by
    person.save(update_fields=["guardian"])
    return person


def rename_person(*, person: Person, name: str, by: User) -> Person:
    """Change a person's name everywhere. Raises NotAllowed, or PersonRefused for an empty name."""
    _check_may_change(person, by)
    person.name = _clean_name(name)
    person.save(update_fields=["name"])
    return person


def set_birthday(*, person: Person, birthday: date | None, by: User) -> Person:
    """Write down a birthday, or take it away. Raises NotAllowed; PersonRefused for the future."""
    _check_may_change(person, by)
    _check_birthday(birthday)
    person.birthday = birthday
    person.save(update_fields=["birthday"])
    return person


def set_hidden(*, person: Person, hidden: bool, by: User) -> Person:
    """Leave a person out of every list and description, or show them again. Raises NotAllowed."""
    _check_may_change(person, by)
    person.hidden = hidden
    person.save(update_fields=["hidden"])
    return person


@transaction.atomic
def delete_person(*, person: Person, by: User) -> None:
    """Remove a person from the household: appearances, answers and all. Photos stay as they are.

    Raises NotAllowed unless `by` is an admin, the person, or who added a person without account.
    """
    linked_to_other = person.user_id not in {None, by.pk}
    if not may_delete(by, person) or (linked_to_other and not is_admin(by)):
        raise NotAllowed(_("You cannot remove {name}.").format(name=person.name))
    person.delete()


@transaction.atomic
def say_who(*, region: FaceRegion | None, photo: Photo, person: Person, by: User) -> Appearance:
    """Write down by hand that a person is in a photo, at a face or without one.

    What was said or matched about this face before is replaced. Naming a face again as the same
    person changes nothing.
    Raises NotAllowed unless `by` owns the photo and the person is of the household, PersonRefused
    where the person is confirmed at another face of this photo, and where they said themselves that
    this face is somebody else.
    """
    _lock_own(photo, by)
    if person.household_id != by.household_id:
        raise NotAllowed(_("This person is not of your household."))
    if region is None:
        return _say_without_face(photo=photo, person=person, by=by)
    _check_free(region=region, photo=photo, person=person)
    _check_own_word(region=region, person=person, by=by)
    _forget_others(region=region, photo=photo, person=person)
    appearance, _made = Appearance.objects.update_or_create(
        region=region,
        person=person,
        photo=photo,
        defaults={
            "state": AppearanceState.CONFIRMED,
            "source": AppearanceSource.HUMAN,
            "by": by,
            "expires_at": None,
        },
    )
    NotThisPerson.objects.filter(region=region, person=person).delete()
    if region.dismissed:
        region.dismissed = False
        region.save(update_fields=["dismissed"])
    appearance_said.send(sender=Appearance, appearance=appearance)
    return appearance


def _say_without_face(*, photo: Photo, person: Person, by: User) -> Appearance:
    known = Appearance.objects.filter(
        photo=photo, person=person, state=AppearanceState.CONFIRMED
    ).first()
    return known or Appearance.objects.create(
        photo=photo,
        person=person,
        state=AppearanceState.CONFIRMED,
        source=AppearanceSource.HUMAN,
        by=by,
    )


def _check_free(*, region: FaceRegion, photo: Photo, person: Person) -> None:
    if region.photo_id != photo.pk:
        raise PersonRefused(_("This face is in another photo."))
    elsewhere = Appearance.objects.filter(
        photo=photo, person=person, region__isnull=False, state=AppearanceState.CONFIRMED
    ).exclude(region=region)
    if elsewhere.exists():
        raise PersonRefused(
            _(
                "{name} is already at another face in this photo. Take the name off there first."
            ).format(name=person.name)
        )


def _check_own_word(*, region: FaceRegion, person: Person, by: User) -> None:
    """Their own word is not undone in passing: who owns the photo takes it back by itself first."""
    if is_or_cares_for(by, person) or not own_refusals(person).filter(region=region).exists():
        return
    raise PersonRefused(
        _(
            "{name} said that this face is somebody else. Ask {name}: if it was a mistake, first take "
            "back there that it is not {name}, on the page of this photo’s faces."
        ).format(name=person.name)
    )


def _forget_others(*, region: FaceRegion, photo: Photo, person: Person) -> None:
    """Remove what else is said of this face, and the machine's other guesses at the person."""
    rows = Appearance.objects.filter(photo=photo).select_related("region", "person")
    on_this_face = Q(region=region) & ~Q(person=person)
    no_face = Q(region__isnull=True, person=person)
    other_guess = Q(person=person) & ~Q(region=region) & ~Q(state=AppearanceState.CONFIRMED)
    # A question and a match of the same person at the same face become one answer.
    open_question = Q(region=region, person=person, state=AppearanceState.ASKED)
    for row in rows.filter(on_this_face | no_face | other_guess | open_question):
        _remove(row)


@transaction.atomic
def say_not(*, region: FaceRegion, person: Person, by: User) -> None:
    """Write down for good that a face is not this person. Raises NotAllowed unless `by` owns it."""
    _lock_own(region.photo, by)
    for row in Appearance.objects.filter(region=region, person=person).select_related(
        "region", "person"
    ):
        _remove(row)
    NotThisPerson.objects.get_or_create(region=region, person=person, defaults={"by": by})


@transaction.atomic
def remove_appearance(*, appearance: Appearance, by: User) -> None:
    """Take a name off a photo; the face stays. A machine's match is refused for good, or it would
    come back. Raises NotAllowed unless `by` owns the photo."""
    _lock_own(appearance.photo, by)
    region = appearance.region
    if region is not None and appearance.source == AppearanceSource.MACHINE:
        say_not(region=region, person=appearance.person, by=by)
    else:
        _remove(appearance)


@transaction.atomic
def dismiss_region(*, region: FaceRegion, by: User) -> None:
    """Say that a box is not a face. Raises NotAllowed unless `by` owns the photo."""
    _lock_own(region.photo, by)
    for row in Appearance.objects.filter(region=region).select_related("region", "person"):
        _remove(row)
    region.dismissed = True
    region.save(update_fields=["dismissed"])


@transaction.atomic
def say_on_picture(*, region: FaceRegion, on_picture: bool, by: User) -> None:
    """Say that a face is a picture of somebody (a poster, a screen), or that the person was there.

    Raises NotAllowed unless `by` owns the photo.
    """
    _lock_own(region.photo, by)
    region.said_on_picture = on_picture
    region.save(update_fields=["said_on_picture"])
    picture_said.send(sender=FaceRegion, region=region)


def draw_region(
    *, photo: Photo, left: float, top: float, width: float, height: float, by: User
) -> FaceRegion:
    """Draw a face's box by hand, in fractions (0..1) of the upright picture.

    Raises NotAllowed unless `by` owns the photo, PersonRefused for a box outside the picture.
    """
    _lock_own(photo, by, lock=False)
    inside = min(left, top) >= 0 and max(left + width, top + height) <= 1
    if not inside or min(width, height) <= 0:
        raise PersonRefused(_("The box does not lie inside the picture."))
    return FaceRegion.objects.create(
        photo=photo, left=left, top=top, width=width, height=height, source=RegionSource.HUMAN
    )


def _remove(row: Appearance) -> None:
    region, person = row.region, row.person
    row.delete()
    if region is not None:
        appearance_unsaid.send(sender=Appearance, region=region, person=person)


def _lock_own(photo: Photo, by: User, *, lock: bool = True) -> None:
    """One naming at a time in one photo, and only by its owner."""
    if lock:
        Photo.objects.select_for_update(of=("self",)).filter(pk=photo.pk).first()
    if photo.library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of a photo can say who is in it."))


def _check_may_change(person: Person, by: User) -> None:
    if not may_rename(by, person):
        raise NotAllowed(_("You cannot change how {name} is called.").format(name=person.name))


def _check_guardian(guardian: User, household: Household) -> None:
    grown_up = guardian.role in {Role.ADMIN, Role.ADULT} and guardian.is_active
    if guardian.household_id != household.pk or not grown_up:
        raise PersonRefused(_("Choose a guardian who is an adult of this household."))


def _check_birthday(birthday: date | None) -> None:
    if birthday is not None and birthday > timezone.localdate():
        raise PersonRefused(_("A birthday cannot be in the future."))


def _clean_name(name: str) -> str:
    cleaned = " ".join(name.split())[:100]
    if not cleaned:
        raise PersonRefused(_("Write the person's name."))
    return cleaned
