"""Requests as views see them."""

from django.conf import settings
from django.http import HttpRequest

from photolib.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through: somebody is signed in."""

    user: User


def absolute(request: HttpRequest, path: str) -> str:
    """The full address of a path, as people outside this machine type it where that is known."""
    public: str = settings.PUBLIC_URL
    return f"{public}{path}" if public else request.build_absolute_uri(path)


def address_of(request: HttpRequest) -> str:
    """The address a request came from, as far as this server saw it."""
    return str(request.META.get("REMOTE_ADDR", ""))
