"""Recording answers, switching recognition, and inviting people who have no account."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.consent.decisions import newest_decisions
from photolib.consent.errors import ConsentRefused
from photolib.consent.models import Channel, Decision, Invitation, Purpose
from photolib.consent.public_links import check_no_links
from photolib.consent.signals import decision_recorded, recognition_changed
from photolib.consent.standing import standing_of
from photolib.consent.wording import ConsentText, text_for
from photolib.core.errors import NotAllowed
from photolib.library.models import Library, RecognitionState
from photolib.people.models import Person

INVITATION_DAYS = 30


@transaction.atomic
def record_decision(
    *,
    person: Person,
    library: Library,
    purpose: str,
    granted: bool,
    by: User | Invitation,
    channel: str,
    text: ConsentText,
) -> Decision:
    """Write down one answer. What was answered before stays on record; the newest counts.

    by: the account that answers, or the invitation by which somebody without an account does.
    Raises NotAllowed where somebody answers for a person who decides alone, ConsentRefused where
    the text is not the one that is asked now.
    """
    # Read again, and locked: an account may have been linked, or a guardian changed, meanwhile.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _check_who(person=person, library=library, granted=granted, by=by, channel=channel)
    if text != text_for(purpose, text.language):
        raise ConsentRefused(_("The question was reworded meanwhile. Please read it again."))
    raise_epoch(library=library)
    decision = Decision.objects.create(
        person=person,
        library=library,
        purpose=purpose,
        granted=granted,
        channel=channel,
        decided_by=by if isinstance(by, User) else None,
        text_id=text.id,
        text_language=text.language,
        text_sha256=text.sha256,
    )
    decision_recorded.send(sender=Decision, decision=decision)
    return decision


def _check_who(
    *, person: Person, library: Library, granted: bool, by: User | Invitation, channel: str
) -> None:
    """Raises NotAllowed unless this is who decides for the person."""
    if library.owner.household_id != person.household_id:
        raise NotAllowed(_("This person and this library are not of the same household."))
    standing = standing_of(person)
    if isinstance(by, Invitation):
        right = channel == Channel.INVITATION and _invitation_answers(by, person, library, granted)
    elif channel == Channel.GUARDIAN:
        right = standing.guardian is not None and standing.guardian.pk == by.pk
    else:
        itself = person.user_id == by.pk and by.is_active
        right = channel == Channel.SIGNED_IN and itself and not standing.minor
    if not right:
        raise NotAllowed(
            _("Only {name} can answer this; for a child, only the guardian can.").format(
                name=person.name
            )
        )


def _invitation_answers(
    invitation: Invitation, person: Person, library: Library, granted: bool
) -> bool:
    if (invitation.person_id, invitation.library_id) != (person.pk, library.pk):
        return False
    if not granted:
        # Taking back is never harder than giving: an ended link, or an account made since, do not
        # stand in the way.
        return True
    return person.user_id is None and not standing_of(person).minor and is_open(invitation)


def raise_epoch(*, library: Library) -> None:
    """Begin a new time of consent: work that began before it may not write any more."""
    Library.objects.filter(pk=library.pk).update(consent_epoch=F("consent_epoch") + 1)
    library.refresh_from_db(fields=["consent_epoch"])


@transaction.atomic
def set_recognition(*, library: Library, state: str, by: User, declared: bool = False) -> Library:
    """Switch face recognition in one library (core.RecognitionState: off, consented, household).

    declared: the owner said that this is a private household, not an organisation, without public
    links; household grouping needs it.
    Raises NotAllowed unless `by` owns the library, ConsentRefused for grouping without declaration.
    """
    if by.pk != library.owner_id:
        raise NotAllowed(_("Only the owner of a library can switch its face recognition."))
    new = RecognitionState(state)
    if new != RecognitionState.OFF and by.household_id is None:
        raise ConsentRefused(_("Face recognition needs a household: this account has none."))
    if new == RecognitionState.HOUSEHOLD and not declared:
        raise ConsentRefused(
            _(
                "Household grouping is only for a private household that is not an organisation "
                "and has no public links. Please declare that first."
            )
        )
    locked = Library.objects.select_for_update().get(pk=library.pk)
    old = RecognitionState(locked.recognition)
    library.recognition = new
    if new == old:
        return library
    if new == RecognitionState.HOUSEHOLD:
        # After the lock: a link that is being made waits for it, or is counted here.
        check_no_links(library)
    library.save(update_fields=["recognition"])
    raise_epoch(library=library)
    recognition_changed.send(sender=Library, library=library, old=old, new=new)
    return library


def invite(*, person: Person, library: Library, by: User) -> tuple[Invitation, str]:
    """Make a link for a person without an account; the second value is its token, never stored.

    It can be answered for 30 days, and used to take a yes back for as long as there is one.
    Raises NotAllowed unless `by` owns the library, ConsentRefused for people who answer otherwise.
    """
    if by.pk != library.owner_id or by.household_id != person.household_id:
        raise NotAllowed(_("Only the owner of a library can invite people to answer for it."))
    if person.user_id is not None:
        raise ConsentRefused(
            _("{name} has an account and answers there, signed in.").format(name=person.name)
        )
    if standing_of(person).minor:
        raise ConsentRefused(
            _("{name} is a child: the guardian answers, signed in.").format(name=person.name)
        )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person,
        library=library,
        invited_by=by,
        token_sha256=_hash(token),
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    return invitation, token


def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """End a link: no yes can be given by it any more. What was answered stays answered."""
    if by.pk != invitation.library.owner_id:
        raise NotAllowed(_("Only the owner of a library can revoke its invitations."))
    Invitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )


def is_open(invitation: Invitation) -> bool:
    """Whether a yes can still be given by this link."""
    return invitation.revoked_at is None and invitation.expires_at > timezone.now()


def find_invitation(token: str) -> Invitation | None:
    """The invitation of this link, if it can still be answered or there is a yes to take back.

    None for a wrong link, and for one that ended or was revoked without a yes.
    """
    invitation = (
        Invitation.objects.select_related("person__household", "library__owner")
        .filter(token_sha256=_hash(token))
        .first()
    )
    if invitation is None or is_open(invitation):
        return invitation
    standing_yes = newest_decisions().filter(
        person=invitation.person, library=invitation.library, granted=True
    )
    return invitation if standing_yes.exists() else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def channel_of(*, person: Person, by: User | Invitation) -> Channel:
    """By which way this person's answer comes when `by` gives it."""
    if isinstance(by, Invitation):
        return Channel.INVITATION
    return Channel.SIGNED_IN if person.user_id == by.pk else Channel.GUARDIAN


def answer(
    *, person: Person, library: Library, purpose: str, granted: bool, by: User | Invitation,
    language: str,
) -> Decision:  # fmt: skip
    """Record an answer to the question as it is worded now in this language (record_decision)."""
    return record_decision(
        person=person,
        library=library,
        purpose=Purpose(purpose),
        granted=granted,
        by=by,
        channel=channel_of(person=person, by=by),
        text=text_for(purpose, language),
    )
