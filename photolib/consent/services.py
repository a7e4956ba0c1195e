"""Recording answers, switching recognition, and inviting people who have no account."""

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.consent import ledger
from photolib.consent.codes import Proof
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
    proof: Proof | None = None,
) -> Decision:
    """Write down one answer. What was answered before stays on record; the newest counts.

    by: the account that answers, or the invitation by which somebody without an account does; for a
    yes by invitation, `proof` that its code was given (consent.codes).
    Raises NotAllowed where somebody answers for a person who decides alone, ConsentRefused where
    the text is not the one that is asked now, the code is missing or the ledger does not hold. A no
    is taken whatever is wrong with the ledger.
    """
    # Read again, and locked: an account may have been linked, or a guardian changed, meanwhile.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _check_who(person=person, library=library, granted=granted, by=by, channel=channel)
    if text != text_for(purpose, text.language):
        raise ConsentRefused(_("The question was reworded meanwhile. Please read it again."))
    if isinstance(by, Invitation):
        if granted and proof != Proof(invitation=by.pk):
            raise ConsentRefused(_("A yes by a link needs the code that belongs to it."))
        Invitation.objects.filter(pk=by.pk).update(last_answer_at=timezone.now())
    return _write(
        Decision(
            person=person,
            library=library,
            purpose=purpose,
            granted=granted,
            channel=channel,
            decided_by=by if isinstance(by, User) else None,
        ),
        actor=f"user:{by.pk}" if isinstance(by, User) else f"invitation:{by.pk}",
        text=text,
    )


@transaction.atomic
def record_paper(
    *,
    person: Person,
    library: Library,
    purpose: str,
    granted: bool,
    by: User,
    signed_by: str,
    signed_on: date,
    text: ConsentText,
) -> Decision:
    """Write down what somebody without an account signed on paper: the printed notice with the texts.

    A yes counts in household grouping only. A no on paper is taken in every state.
    Raises NotAllowed unless `by` owns the library, ConsentRefused for people who answer otherwise,
    another state, no signature, and a day that has not come yet.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    library = Library.objects.select_related("owner").get(pk=library.pk)
    if by.pk != library.owner_id or by.household_id != person.household_id:
        raise NotAllowed(_("Only the owner of a library can write down an answer on paper."))
    if person.user_id is not None or standing_of(person).minor:
        raise ConsentRefused(
            _("{name} answers signed in, or by a guardian: paper does not count here.").format(
                name=person.name
            )
        )
    if granted and library.recognition != RecognitionState.HOUSEHOLD:
        raise ConsentRefused(
            _("A yes on paper counts in household grouping only: give a link instead.")
        )
    if not signed_by.strip() or signed_on > timezone.localdate():
        raise ConsentRefused(_("Write down who signed, and a day that is not in the future."))
    if text != text_for(purpose, text.language):
        raise ConsentRefused(_("The question was reworded meanwhile. Please read it again."))
    return _write(
        Decision(
            person=person,
            library=library,
            purpose=purpose,
            granted=granted,
            channel=Channel.PAPER,
            decided_by=by,
            signed_by=signed_by.strip(),
            signed_on=signed_on,
        ),
        actor=f"paper:{signed_by.strip()}/{signed_on.isoformat()}/user:{by.pk}",
        text=text,
    )


@transaction.atomic
def record_unasked_no(
    *, person: Person, library: Library, purpose: str, channel: Channel
) -> Decision:
    """Write down a no that nobody says now: it was said before a restore, or a yes lapsed.

    channel: Channel.RESTORED or Channel.LAPSED. There is no such way to a yes.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    decision = Decision(
        person=person, library=library, purpose=Purpose(purpose), granted=False, channel=channel
    )
    return _write(decision, actor=f"photolib:{channel}", text=text_for(purpose, "en"))


def _write(decision: Decision, *, actor: str, text: ConsentText) -> Decision:
    """Add the answer to the ledger, keep it, and tell everybody, in the transaction of the caller."""
    found = ledger.trouble() if decision.granted else None
    if found is not None:
        raise ConsentRefused(
            _("No yes can be written down now: {reason}. Run `manage.py verify_ledger`.").format(
                reason=found.label
            )
        )
    raise_epoch(library=decision.library)
    decision.text_id, decision.text_language = text.id, text.language
    decision.text_sha256 = text.sha256
    decision.entry = ledger.append(
        person=decision.person,
        library=decision.library,
        purpose=decision.purpose,
        granted=decision.granted,
        channel=decision.channel,
        actor=actor,
        text=text,
    )
    decision.save(force_insert=True)
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
    """Whether a yes can still be given by this link. A clock set back does not open it again."""
    return invitation.revoked_at is None and invitation.expires_at > ledger.latest_time()


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


def invitation_of(token: str) -> Invitation | None:
    """The invitation of this link, ended or not: for the receipt of what was taken back by it."""
    return Invitation.objects.filter(token_sha256=_hash(token)).first()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def channel_of(*, person: Person, by: User | Invitation) -> Channel:
    """By which way this person's answer comes when `by` gives it."""
    if isinstance(by, Invitation):
        return Channel.INVITATION
    return Channel.SIGNED_IN if person.user_id == by.pk else Channel.GUARDIAN


def answer(
    *, person: Person, library: Library, purpose: str, granted: bool, by: User | Invitation,
    language: str, proof: Proof | None = None,
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
        proof=proof,
    )
