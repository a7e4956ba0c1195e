"""Two entries of one human being become one, or two again; and entries of which nothing is left."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faces.enrolment import look_at_confirmed_faces
from faces.erasure import shred_person
from faces.journal import JOURNAL_DAYS, State
from faces.models import EmptiedPerson
from photolib.accounts.models import User
from photolib.consent.decisions import newest_decisions
from photolib.consent.models import Invitation
from photolib.consent.services import raise_epoch
from photolib.core.errors import NotAllowed
from photolib.library.models import Library, Photo, RecognitionState
from photolib.library.queries import photos_visible_to
from photolib.people.errors import PersonRefused
from photolib.people.models import Appearance, AppearanceSource, Person
from photolib.people.queries import may_delete, may_rename
from photolib.people.refusals import is_or_cares_for, own_refusals


def check_may_merge(person: Person, into: Person, by: User) -> None:
    """Whether one entry may go into the other. Raises NotAllowed and PersonRefused.

    Nobody's answer is moved or lost by it: who has an account, a guardian, a yes or an open invitation
    answers under that entry, and it has to stay.
    """
    if not may_delete(by, person) or not may_rename(by, into):
        raise NotAllowed(_("You cannot put {name} together with another.").format(name=person.name))
    if person.pk == into.pk or person.household_id != into.household_id:
        raise PersonRefused(_("Choose two different people of your household."))
    reason = _why_not(Person.objects.get(pk=person.pk))
    if reason:
        raise PersonRefused(reason)
    _check_never_both(person, into, by)
    _check_own_word(person, into, by)


def _why_not(person: Person) -> str:
    name = {"name": person.name}
    if person.user_id is not None:
        return _("{name} has an account: keep that entry, and put the other into it.").format(
            **name
        )
    if person.guardian_id is not None:
        return _("{name} has a guardian: keep that entry, and put the other into it.").format(
            **name
        )
    if newest_decisions().filter(person=person, granted=True).exists():
        return _(
            "{name} said yes to something: keep that entry, or have the yes taken back."
        ).format(**name)
    waiting = Invitation.objects.filter(
        person=person, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
    if waiting.exists():
        return _("{name} has an open invitation: end it first.").format(**name)
    return ""


def _check_never_both(person: Person, into: Person, by: User) -> None:
    """Raises PersonRefused where both are named in one photo at two faces, and says where.

    What `by` may not see is neither counted nor dated.
    """
    photos = Photo.objects.filter(pk__in=_named(person).values("photo")).filter(
        pk__in=_named(into).values("photo")
    )
    if not photos.exists():
        return
    seen = photos_visible_to(by).filter(pk__in=photos.values("pk")).order_by("taken_on", "pk")
    first, count = seen.first(), seen.count()
    names = {"one": person.name, "other": into.name, "count": count}
    if first is None:
        said = _("%(one)s and %(other)s are two faces of one photo: they are two people there.")
        raise PersonRefused(said % names)
    said = ngettext(
        "%(one)s and %(other)s are two faces of %(count)s photo: they are two people there.",
        "%(one)s and %(other)s are two faces of %(count)s photos: they are two people there.",
        count,
    )
    look = _("Look at the photo of {date} first.").format(
        date=date_format(first.taken_on, "DATE_FORMAT")
    )
    raise PersonRefused(f"{said % names} {look}")


def _check_own_word(person: Person, into: Person, by: User) -> None:
    """Raises PersonRefused where the one is named at a face of which the other said "not me"."""
    if is_or_cares_for(by, into):
        return
    denied = own_refusals(into).values("region")
    if _named(person).filter(region__in=denied).exists():
        said = _(
            "%(one)s is named at a face of which %(other)s said that it is somebody else: take the "
            "name %(one)s off there first."
        )
        raise PersonRefused(said % {"one": person.name, "other": into.name})


def _named(person: Person) -> QuerySet[Appearance]:
    rows = Appearance.objects.filter(person=person, region__isnull=False)
    return rows.exclude(source=AppearanceSource.MACHINE)


def put_away(person: Person, into: Person) -> None:
    """Hide an entry whose names have moved; whatever the machine had of it is erased, not moved."""
    for library in Library.objects.filter(owner__household=person.household_id):
        shred_person(person=person, library=library)
        if library.recognition != RecognitionState.OFF:
            # Who is being matched with either of the two right now is looked for again.
            raise_epoch(library=library)
            transaction.on_commit(partial(look_at_confirmed_faces, library=library, person=into))
    Person.objects.filter(pk=person.pk).update(hidden=True)
    EmptiedPerson.objects.update_or_create(person=person, defaults={"merged_into": into})


def put_person_back(person: Person, was: State | None, by: User) -> None:
    """Bring a person's entry to what it was, after the names. Raises NotAllowed and PersonRefused."""
    if was is None:
        # Made by the naming that is taken back: out of sight, if it is nobody else's word by now.
        if is_empty(person):
            Person.objects.filter(pk=person.pk).update(hidden=True)
            EmptiedPerson.objects.get_or_create(person=person)
        return
    if was.get("merged") is not None:
        into = Person.objects.filter(pk=was["merged"]).first()
        if into is None or _named(person).exists():
            raise PersonRefused(_("The two cannot be put together again: one was changed since."))
        check_may_merge(person, into, by)
        put_away(person, into)
        return
    if not may_rename(by, person):
        raise NotAllowed(_("You cannot change how {name} is called.").format(name=person.name))
    EmptiedPerson.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(hidden=was.get("hidden", person.hidden))


def is_empty(person: Person) -> bool:
    """Whether nothing is said of this person, and nobody answers for or as them."""
    return (
        person.user_id is None
        and person.guardian_id is None
        and not person.appearances.exists()
        and not person.refusals.exists()
        and not person.decisions.exists()
        and not person.invitations.exists()
    )


def emptied_people() -> QuerySet[EmptiedPerson, int]:
    """The keys of entries whose names have moved, unless somebody was named there since."""
    rows = EmptiedPerson.objects.filter(person__appearances__isnull=True)
    return rows.values_list("person_id", flat=True)


def remove_emptied(now: datetime) -> None:
    """The daily chore: entries of people of which nothing is left, once nothing can bring them back."""
    rows = EmptiedPerson.objects.filter(since__lt=now - timedelta(days=JOURNAL_DAYS))
    for row in rows.select_related("person"):
        if row.person.hidden and is_empty(row.person):
            row.person.delete()
        else:
            row.delete()
