"""Stopping and resuming, asking and answering."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.consent.models import Invitation
from photolib.consent.services import raise_epoch
from photolib.consent.signals import rest_changed
from photolib.consent.standing import standing_of
from photolib.core.errors import NotAllowed
from photolib.library.models import Library
from photolib.people.models import Person
from photolib.rights.deadlines import one_month_after
from photolib.rights.errors import RequestRefused
from photolib.rights.models import Freeze, FreezeKind, RequestKind, RightsRequest

LONGEST_TEXT = 5000
# More than so many questions in a day about one person and library are no questions any more.
REQUESTS_A_DAY = 5


@transaction.atomic
def freeze(
    *,
    person: Person,
    by: User | Invitation,
    library: Library | None = None,
    until: datetime | None = None,
    reason: str = "",
    kind: str = FreezeKind.FREEZE,
) -> Freeze:
    """Stop recognising a person at once, in one library or (library=None) in the whole household.

    Work that began before it writes nothing more. Nothing is erased: taking the yes back does that.
    Raises NotAllowed unless `by` is the person, who decides for them, or their invitation.
    """
    _check_who(person=person, library=library, by=by)
    row = Freeze.objects.create(
        person=person,
        library=library,
        until=until,
        reason=reason.strip()[:LONGEST_TEXT],
        kind=kind,
        by=by if isinstance(by, User) else None,
    )
    _begin_new_time(person, library, resting=True)
    return row


@transaction.atomic
def lift(*, freeze: Freeze, by: User | Invitation) -> None:
    """Let the person's yes count again, and have photos looked at that came meanwhile.

    Raises NotAllowed unless `by` may have asked for the freeze. An owner cannot lift it.
    """
    _check_who(person=freeze.person, library=freeze.library, by=by)
    changed = Freeze.objects.in_force().filter(pk=freeze.pk).update(lifted_at=timezone.now())
    if changed:
        _begin_new_time(freeze.person, freeze.library, resting=False)


def end_expired(now: datetime) -> int:
    """The daily chore: freezes whose last day has come. Returns how many ended."""
    rows = Freeze.objects.filter(lifted_at__isnull=True, until__lte=now)
    ended = list(rows.select_related("person", "library"))
    for row in ended:
        with transaction.atomic():
            Freeze.objects.filter(pk=row.pk).update(lifted_at=row.until)
            _begin_new_time(row.person, row.library, resting=False)
    return len(ended)


@transaction.atomic
def ask(
    *, invitation: Invitation, kind: str, text: str, contact: str = ""
) -> tuple[RightsRequest, Freeze | None]:
    """Take a request from somebody without an account to the library's owner.

    An objection also stops recognising the person at once, until they lift it (Art. 18(1)(d)).
    Raises RequestRefused for an empty or too long text, and after REQUESTS_A_DAY in a day.
    """
    words = text.strip()
    wanted = RequestKind(kind)
    person, library = invitation.person, invitation.library
    # One at a time for a library, or two would both be the last of the day.
    Library.objects.select_for_update().filter(pk=library.pk).first()
    _check_request(person, library, words)
    request = RightsRequest.objects.create(
        person=person,
        library=library,
        kind=wanted,
        text=words,
        contact=" ".join(contact.split())[:200],
        due_on=one_month_after(timezone.localdate()),
    )
    stopped = None
    if wanted == RequestKind.OBJECT:
        stopped = freeze(
            person=person, library=library, by=invitation, kind=FreezeKind.OBJECTION, reason=words
        )
    return request, stopped


def answer_request(*, request: RightsRequest, answer: str, by: User) -> RightsRequest:
    """Keep what the owner answered, and when. Raises NotAllowed, and RequestRefused for no words."""
    if by.pk != request.library.owner_id:
        raise NotAllowed(_("Only the owner of these photos can answer this."))
    words = answer.strip()
    if not words:
        raise RequestRefused(_("Write what you answered, or what you did about it."))
    if len(words) > LONGEST_TEXT:
        raise _too_long(len(words))
    request.answer, request.answered_at, request.answered_by = words, timezone.now(), by
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    return request


def _check_request(person: Person, library: Library, words: str) -> None:
    if not words:
        raise RequestRefused(_("Write what you want to know, or what should be changed."))
    if len(words) > LONGEST_TEXT:
        raise _too_long(len(words))
    lately = RightsRequest.objects.filter(
        person=person, library=library, received_at__gt=timezone.now() - timedelta(days=1)
    )
    if lately.count() >= REQUESTS_A_DAY:
        raise RequestRefused(
            _(
                "That is enough for one day: what you asked so far has arrived. Write again tomorrow."
            )
        )


def _too_long(length: int) -> RequestRefused:
    return RequestRefused(
        _("The text has {length} letters: shorten it to {limit}.").format(
            length=length, limit=LONGEST_TEXT
        )
    )


def _check_who(*, person: Person, library: Library | None, by: User | Invitation) -> None:
    if isinstance(by, Invitation):
        right = (by.person_id, by.library_id) == (person.pk, library.pk if library else None)
    else:
        # A child may stop being recognised without asking anybody; so may the guardian for it.
        standing = standing_of(person)
        itself = person.user_id == by.pk
        right = by.is_active and (itself or standing.guardian == by)
    if not right:
        raise NotAllowed(_("Only {name} can ask for this.").format(name=person.name))


def _begin_new_time(person: Person, library: Library | None, *, resting: bool) -> None:
    """What a worker found out before this moment is not written any more."""
    libraries = (
        [library]
        if library is not None
        else Library.objects.filter(owner__household=person.household_id)
    )
    for entry in libraries:
        raise_epoch(library=entry)
    rest_changed.send(sender=Freeze, person=person, library=library, resting=resting)
