"""Who decides for a person today: they themselves, or their guardian."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from photolib.accounts.models import Role, User
from photolib.consent.ages import age_of_consent, age_on
from photolib.people.models import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """minor: a guardian decides. guardian: who that is, None where there is nobody (nobody can)."""

    minor: bool
    guardian: User | None


def standing_of(person: Person, *, today: date | None = None) -> Standing:
    """Who decides for this person on `today` (the server's date unless given).

    An adult's account is an adult's, whatever birthday somebody wrote beside the name. Without a
    birthday a person counts as a minor exactly when there is a guardian or a child's account.
    """
    user = person.user
    if user is not None and user.role != Role.CHILD:
        return Standing(minor=False, guardian=None)
    birthday = (user.birthday if user else None) or person.birthday
    guardian = (user.guardian if user else None) or person.guardian
    if birthday is None:
        minor = user is not None or guardian is not None
    else:
        day = today or timezone.localdate()
        minor = age_on(birthday, day) < age_of_consent(person.household.country)
    if not minor or (guardian is not None and not guardian.is_active):
        guardian = None
    return Standing(minor=minor, guardian=guardian)
