"""One-time links by which somebody chooses a new password: no e-mail needed."""

from datetime import timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from photolib.accounts.models import User

LASTS = timedelta(hours=24)


class OneDayTokens(PasswordResetTokenGenerator):
    """Django's tokens, that end after 24 hours whatever the settings say.

    A token is signed over the account's password and last sign-in: choosing a password, or signing
    in, ends every link made before.
    """

    key_salt = "photolib.accounts.reset_links"

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether this token may still set this account's password."""
        if not super().check_token(user, token) or not token:
            return False
        made = base36_to_int(token.partition("-")[0])
        age = self._num_seconds(self._now()) - made
        return 0 <= age <= LASTS.total_seconds()


tokens = OneDayTokens()


def link_path(user: User) -> str:
    """The path of a new one-time link for this account. Anybody who has it can use it, once."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("accounts:reset", args=[uid, tokens.make_token(user)])
