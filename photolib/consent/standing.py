"""Who decides for a person today: they themselves, or their guardian."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from photolib.accounts.models import Role, User
from photolib.consent.ages import age_of_consent, age_on
from photolib.people.models import Person


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What it follows from. country: the household's, an ISO 3166 code or empty.

    role: of the person's account; None without one. birthday: the account's, else the person's.
    guardian_id: the account's guardian, else the person's; guardian_active: whether they can sign in.
    """

    country: str
    role: str | None
    birthday: date | None
    guardian_id: int | None
    guardian_active: bool

    def minor_on(self, day: date) -> bool:
        """Whether a guardian decides.

        An adult's account is an adult's, whatever birthday somebody wrote beside the name. Without a
        birthday a person counts as a minor exactly when there is a guardian or a child's account.
        """
        if self.role is not None and self.role != Role.CHILD:
            return False
        if self.birthday is None:
            return self.role is not None or self.guardian_id is not None
        return age_on(self.birthday, day) < age_of_consent(self.country)

    def guardian_on(self, day: date) -> int | None:
        """Who decides for a minor; None where the person decides alone, or where nobody can."""
        return self.guardian_id if self.guardian_active and self.minor_on(day) else None


@dataclass(frozen=True, slots=True)
class Standing:
    """minor: a guardian decides. guardian: who that is, None where there is nobody (nobody can)."""

    minor: bool
    guardian: User | None


def standing_of(person: Person, *, today: date | None = None) -> Standing:
    """Who decides for this person on `today` (the server's date unless given)."""
    user = person.user
    guardian = (user.guardian if user else None) or person.guardian
    who = Circumstances(
        country=person.household.country,
        role=user.role if user else None,
        birthday=(user.birthday if user else None) or person.birthday,
        guardian_id=guardian.pk if guardian else None,
        guardian_active=guardian is not None and guardian.is_active,
    )
    day = today or timezone.localdate()
    return Standing(
        minor=who.minor_on(day), guardian=None if who.guardian_on(day) is None else guardian
    )
