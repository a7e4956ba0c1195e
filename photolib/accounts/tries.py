"""How often somebody may try a password: ten times, then a wait, for each name from each address.

Counted in the database, so that every web process knows. Behind a proxy that hides the visitors'
addresses all of them share one, and the count is per name alone.
"""

import hashlib
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import ngettext

from photolib.accounts.errors import TooManyTries
from photolib.accounts.models import SignInTries

ALLOWED = 10
WAIT = timedelta(minutes=15)


def check_tries(*, name: str, address: str) -> None:
    """Raises TooManyTries, with the minutes to wait, after ten failures without a pause."""
    row = SignInTries.objects.filter(key=_key(name, address), failures__gte=ALLOWED).first()
    if row is None:
        return
    left = row.last_at + WAIT - timezone.now()
    if left > timedelta(0):
        minutes = int(left.total_seconds() // 60) + 1
        raise TooManyTries(
            ngettext(
                "Signing in failed ten times in a row. Try again in one minute.",
                "Signing in failed ten times in a row. Try again in {minutes} minutes.",
                minutes,
            ).format(minutes=minutes)
        )


def count_failure(*, name: str, address: str) -> None:
    """Count one failed try. A pause of fifteen minutes starts the count anew."""
    now = timezone.now()
    SignInTries.objects.filter(last_at__lt=now - WAIT).delete()
    key = _key(name, address)
    SignInTries.objects.get_or_create(key=key, defaults={"last_at": now})
    SignInTries.objects.filter(key=key).update(failures=F("failures") + 1, last_at=now)


def forget_failures(*, name: str, address: str) -> None:
    """Start anew, after a right password."""
    SignInTries.objects.filter(key=_key(name, address)).delete()


def _key(name: str, address: str) -> str:
    return hashlib.sha256(f"{name.casefold()}\n{address}".encode()).hexdigest()
