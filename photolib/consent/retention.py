"""What ends by itself: a yes of two years ago is asked again, and old invitations go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from photolib.accounts.models import User
from photolib.consent.decisions import newest_decisions
from photolib.consent.erasure_models import Renewal
from photolib.consent.models import Channel, Decision, Invitation, Purpose
from photolib.consent.queries import people_decided_by
from photolib.consent.services import record_unasked_no
from photolib.library.models import Library
from photolib.people.models import Person

# A template whose yes is older than 24 months is asked about again …
CONFIRM_AFTER = timedelta(days=730)
# … and shredded when that was not answered for so long.
ANSWER_WITHIN = timedelta(days=30)
# An invitation that ended stands in the list of what was asked for a year.
KEEP_INVITATIONS = timedelta(days=365)


def keep_up(now: datetime) -> None:
    """The daily chore."""
    ask_again(now)
    end_unanswered(now)
    drop_old_invitations(now)


def ask_again(now: datetime) -> int:
    """Ask about every yes to recognition that is older than 24 months. Returns how many are new."""
    asked = Renewal.objects.filter(person=OuterRef("person"), library=OuterRef("library"))
    old = _standing_yes().filter(~Exists(asked), decided_at__lte=now - CONFIRM_AFTER)
    questions = [
        Renewal(
            person_id=answer.person_id,
            library_id=answer.library_id,
            asked_at=now,
            ends_at=now + ANSWER_WITHIN,
        )
        for answer in old
    ]
    Renewal.objects.bulk_create(questions, ignore_conflicts=True)
    return len(questions)


def end_unanswered(now: datetime) -> int:
    """End each yes that was not confirmed in time: templates and key go, as with a withdrawal."""
    ended = 0
    for renewal in Renewal.objects.filter(ends_at__lte=now).select_related("person", "library"):
        yes = _standing_yes().filter(person=renewal.person, library=renewal.library)
        # A yes given since is younger than the question.
        if yes.filter(decided_at__lte=renewal.asked_at).exists():
            record_unasked_no(
                person=renewal.person,
                library=renewal.library,
                purpose=Purpose.RECOGNISE,
                channel=Channel.LAPSED,
            )
            ended += 1
        Renewal.objects.filter(pk=renewal.pk).delete()
    return ended


def drop_old_invitations(now: datetime) -> int:
    """Remove invitations a year after they ended, but not the way to take a standing yes back."""
    yes = newest_decisions().filter(
        person=OuterRef("person"), library=OuterRef("library"), granted=True
    )
    old = Invitation.objects.filter(~Exists(yes), expires_at__lte=now - KEEP_INVITATIONS)
    return old.delete()[0]


def _standing_yes() -> QuerySet[Decision]:
    return newest_decisions().filter(purpose=Purpose.RECOGNISE, granted=True)


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A yes that ends on `ends_at` unless it is given again."""

    person: Person
    library: Library
    ends_at: datetime


def asked_again_of(viewer: User) -> list[AskedAgain]:
    """What this viewer is asked again, for themselves and their wards."""
    rows = Renewal.objects.filter(person__in=people_decided_by(viewer))
    return [
        AskedAgain(row.person, row.library, row.ends_at)
        for row in rows.select_related("person", "library__owner").order_by("ends_at")
    ]


def yes_ends_on(*, person: Person, library: Library) -> datetime | None:
    """When the person's yes to recognition is shredded unless it is confirmed; None without a yes."""
    renewal = Renewal.objects.filter(person=person, library=library).first()
    if renewal is not None:
        return renewal.ends_at
    yes = _standing_yes().filter(person=person, library=library).first()
    return None if yes is None else yes.decided_at + CONFIRM_AFTER + ANSWER_WITHIN
