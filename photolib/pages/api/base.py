"""What every API view shares: the viewer, the language of its texts, and errors as JSON."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework import status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from photolib.accounts.errors import TooManyTries
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError


def viewer_of(request: Request) -> User:
    """The account that asks. Views are closed to everybody else; this tells the type checker so."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def language_of(request: Request) -> str:
    """`?language=fr`, else the best of `Accept-Language`, else what the account reads descriptions in."""
    known = dict(settings.DESCRIPTION_LANGUAGES)
    wanted = [request.query_params.get("language", "")]
    wanted += [
        said
        for said, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    ]
    for language in (said.partition("-")[0] for said in wanted):
        if language in known:
            return language
    viewer = viewer_of(request)
    return viewer.described_in(viewer.language or get_language() or "en")


def answer_error(error: Exception, context: dict[str, object]) -> Response | None:
    """photolib's own errors as {"detail": sentence}: 403, 429 or 400."""
    if isinstance(error, NotAllowed):
        return Response({"detail": str(error)}, status=status.HTTP_403_FORBIDDEN)
    if isinstance(error, TooManyTries):
        return Response({"detail": str(error)}, status=status.HTTP_429_TOO_MANY_REQUESTS)
    if isinstance(error, PhotolibError):
        return Response({"detail": str(error)}, status=status.HTTP_400_BAD_REQUEST)
    return exception_handler(error, context)
