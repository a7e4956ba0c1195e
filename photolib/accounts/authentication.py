"""How a program signs in to the API: `Authorization: Bearer TOKEN`, and what its scopes allow."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from photolib.accounts.models import ApiToken, User
from photolib.accounts.queries import find_live_token
from photolib.accounts.services import hash_token, note_token_use

if TYPE_CHECKING:
    # The framework loads this file for its settings, before its views are there.
    from rest_framework.views import APIView

# Asking what a thing looks like needs what reading it needs.
SAME_AS = {"HEAD": "GET", "OPTIONS": "GET"}


class TokenAuthentication(BaseAuthentication):
    """Signs in the account of the token; request.auth is then the ApiToken."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None without a Bearer header: a browser's session may still do."""
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = find_live_token(hash_token(secret.strip().decode("latin-1")))
        if token is None:
            raise AuthenticationFailed(
                _("This token is unknown, was revoked or has ended. Make one in your settings.")
            )
        note_token_use(token=token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Makes the answer to a request without credentials 401, not 403."""
        return "Bearer"


class HasScope(BasePermission):
    """A token needs the scope that the view's `scopes` names for the method; a session has all.

    A view that names none is closed to tokens: forgetting it must not open a door.
    """

    message = "This token does not have the scope that this request needs."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not isinstance(request.auth, ApiToken):
            return True
        method = request.method or "GET"
        scopes: dict[str, str] = getattr(view, "scopes", {})
        needed = scopes.get(method) or scopes.get(SAME_AS.get(method, ""))
        return needed is not None and needed in request.auth.scopes
