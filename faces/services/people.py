"""People as a whole: two entries of one human being put together, somebody left out of the lists."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from faces.journal import recording
from faces.merging import check_may_merge, put_away
from faces.models import EntryKind
from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.library.services import library_of
from photolib.people.corrections import move_said
from photolib.people.errors import PersonRefused
from photolib.people.models import Appearance, AppearanceSource, FaceRegion, Person
from photolib.people.services import set_hidden


@transaction.atomic
def merge_people(*, people: Sequence[Person], into: Person, by: User) -> int:
    """Say that these entries are the same human being as `into`. Returns how many names moved.

    What people said moves, in every library of the household; templates and the machine's names of the
    merged entries are erased, never moved: the yes was given for that entry. The empty entry is
    hidden, and removed with the journal's entry.
    Raises NotAllowed unless `by` may remove the one and change the other; PersonRefused where a merged
    entry has an account, a guardian, a yes or an open invitation, and where both are in one photo.
    """
    merged = [person for person in people if person.pk != into.pk]
    if not merged:
        raise PersonRefused(_("Choose two different people of your household."))
    keys = [person.pk for person in merged]
    said = ~Q(source=AppearanceSource.MACHINE) & Q(person__in=keys)
    names = Appearance.objects.filter(said)
    regions = FaceRegion.objects.filter(Q(appearances__in=names) | Q(refusals__person__in=keys))
    with recording(
        library=library_of(by),
        by=by,
        kind=EntryKind.MERGE_PEOPLE,
        regions=regions.values_list("pk", flat=True).distinct(),
        photos=Photo.objects.filter(appearances__in=names).values_list("pk", flat=True).distinct(),
        people=keys,
    ):
        moved = 0
        for person in merged:
            # One after the other: two of them may be in one photo as well.
            check_may_merge(person, into, by)
            moved += move_said(source=person.pk, target=into.pk)
            put_away(person, into)
    return moved


def hide_person(*, person: Person, by: User, hidden: bool = True) -> None:
    """Leave a person out of every list and description, or show them again. Raises NotAllowed."""
    if person.hidden == hidden:
        return
    kind = EntryKind.HIDE_PERSON if hidden else EntryKind.SHOW_PERSON
    with recording(library=library_of(by), by=by, kind=kind, people=[person.pk]) as scope:
        set_hidden(person=person, hidden=hidden, by=by)
        scope.faces = person.appearances.filter(region__isnull=False).count()
