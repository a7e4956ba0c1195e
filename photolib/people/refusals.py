"""A person says "that is not me", in a photo that need not be theirs (GDPR Art. 16)."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.people.models import Appearance, NotThisPerson, Person
from photolib.people.signals import appearance_unsaid


def is_or_cares_for(user: User, person: Person) -> bool:
    """Whether this account is the person's own, or their guardian's."""
    guardians = {person.guardian_id, person.user.guardian_id if person.user else None}
    return user.pk == person.user_id or user.pk in guardians


def own_refusals(person: Person) -> QuerySet[NotThisPerson]:
    """The faces of which the person, or who decides for them, said that it is somebody else."""
    guardian = person.user.guardian_id if person.user else None
    keys = {person.user_id, person.guardian_id, guardian} - {None}
    return NotThisPerson.objects.filter(person=person, by__in=keys)


@transaction.atomic
def say_not_me(*, appearance: Appearance, by: User) -> None:
    """Take one's own name off a photo for good. At a face it is kept, without any vector, as (face,
    person), so that neither the machine nor a new grouping brings it back.

    Raises NotAllowed unless `by` is the person or their guardian.
    """
    person, region = appearance.person, appearance.region
    if not is_or_cares_for(by, person):
        raise NotAllowed(_("Only {name} can say that.").format(name=person.name))
    if region is None:
        appearance.delete()
        return
    # Everything that is said of this person at this face, questions too.
    Appearance.objects.filter(region=region, person=person).delete()
    # Their own word from now on, also where the photo's owner had said so before.
    NotThisPerson.objects.update_or_create(region=region, person=person, defaults={"by": by})
    appearance_unsaid.send(sender=Appearance, region=region, person=person)
