"""The short code of an invitation: told by voice or on paper, never sent along with the link.

A link can be passed on. The code shows that who answers also heard from whoever invited them; it does
not prove who they are. Eight digits, easy to say and to type; wrong ones are counted.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.consent.errors import ConsentRefused
from photolib.consent.models import Invitation
from photolib.core.errors import NotAllowed

DIGITS = 8
# After each five wrong codes a wait, after fifteen the code is dead: 15 in 100 million guesses.
PAUSE_EVERY = 5
MOST_WRONG = 15
WAIT = timedelta(minutes=15)
# How long one browser need not type it again.
REMEMBERED = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Proof:
    """The right code of this invitation was given. Made by prove() and recall() only."""

    invitation: int


def make_code(*, invitation: Invitation, by: User) -> str:
    """Give the invitation a new code, such as 4711 0815; it is shown once, only a slow hash is kept.

    Raises NotAllowed unless `by` owns the library.
    """
    if by.pk != invitation.library.owner_id:
        raise NotAllowed(_("Only the owner of a library can invite people to answer for it."))
    digits = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    invitation.code_hash = make_password(digits)
    invitation.wrong_codes = 0
    invitation.last_wrong_code_at = None
    invitation.save(update_fields=["code_hash", "wrong_codes", "last_wrong_code_at"])
    return f"{digits[:4]} {digits[4:]}"


def prove(*, invitation: Invitation, code: str) -> Proof:
    """Compare a code that somebody typed; blanks and dashes in it do not matter.

    Raises ConsentRefused, saying what to do, for a wrong one and after too many.
    """
    with transaction.atomic():
        # Locked: guesses side by side are counted one by one.
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        _check_wait(row)
        typed = "".join(sign for sign in code if sign.isdigit())
        if row.code_hash and check_password(typed, row.code_hash):
            return Proof(invitation=row.pk)
        row.wrong_codes += 1
        row.last_wrong_code_at = timezone.now()
        row.save(update_fields=["wrong_codes", "last_wrong_code_at"])
    raise ConsentRefused(
        _("This is not the code of this link. Ask whoever gave you the link to tell it to you.")
    )


def remember(session: SessionBase, proof: Proof) -> None:
    """Have this browser not be asked again for half an hour."""
    session[_key(proof.invitation)] = timezone.now().timestamp()


def recall(session: SessionBase, invitation: Invitation) -> Proof | None:
    """The proof this browser gave lately, for the code as it is now."""
    given_at = session.get(_key(invitation.pk))
    if given_at is None or not invitation.code_hash:
        return None
    age = timezone.now().timestamp() - float(given_at)
    return Proof(invitation=invitation.pk) if 0 <= age < REMEMBERED.total_seconds() else None


def _check_wait(row: Invitation) -> None:
    if row.wrong_codes >= MOST_WRONG:
        raise ConsentRefused(
            _("Too many wrong codes were tried. Ask whoever gave you the link for a new code.")
        )
    paused = row.wrong_codes and row.wrong_codes % PAUSE_EVERY == 0 and row.last_wrong_code_at
    if paused and timezone.now() - paused < WAIT:
        raise ConsentRefused(
            _("Several wrong codes were tried. Wait a quarter of an hour, then try again.")
        )


def _key(invitation: int) -> str:
    return f"invitation-{invitation}-code"
