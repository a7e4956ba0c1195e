"""How programs sign in, and what their scopes open."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from photolib.accounts.authentication import TokenAuthentication
from photolib.accounts.errors import AccountRefused
from photolib.accounts.models import ApiToken, User
from photolib.accounts.services import create_token


class Open(APIView):
    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read", "POST": "photos:write"}

    def get(self, request: Request) -> Response:
        return Response({"who": request.user.get_username()})

    def post(self, request: Request) -> Response:
        return Response(status=201)

    def delete(self, request: Request) -> Response:
        return Response(status=204)


class Forgotten(APIView):
    def get(self, request: Request) -> Response:
        return Response({})


def ask(secret: str, method: str = "get", view: type[APIView] = Open) -> int:
    request = getattr(APIRequestFactory(), method)("/", HTTP_AUTHORIZATION=f"Bearer {secret}")
    return view.as_view()(request).status_code


def test_a_token_signs_its_account_in(alice: User) -> None:
    _token, secret = create_token(user=alice, name="phone", scopes=["photos:read"])
    request = APIRequestFactory().get("/", HTTP_AUTHORIZATION=f"bearer {secret}")
    response = Open.as_view()(request)
    assert response.data == {"who": "alice"}


def test_a_token_opens_what_its_scopes_name(alice: User) -> None:
    _token, secret = create_token(user=alice, name="phone", scopes=["photos:read"])
    assert ask(secret) == 200
    assert ask(secret, "head") == 200
    assert ask(secret, "options") == 200
    assert ask(secret, "post") == 403


def test_a_method_or_view_without_a_scope_is_closed_to_tokens(alice: User) -> None:
    _token, secret = create_token(user=alice, name="all", scopes=["photos:read", "photos:write"])
    assert ask(secret, "delete") == 403
    assert ask(secret, view=Forgotten) == 403


@pytest.mark.django_db
def test_an_unknown_token_is_refused() -> None:
    assert ask("photolib_nothing") == 401
    assert ask("pâté") == 401


def test_no_token_is_asked_for_one(alice: User) -> None:
    response = Open.as_view()(APIRequestFactory().get("/"))
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_that_has_ended_is_refused(alice: User) -> None:
    soon = timezone.now() + timedelta(minutes=1)
    token, secret = create_token(user=alice, name="phone", scopes=["photos:read"], expires_at=soon)
    assert ask(secret) == 200
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    assert ask(secret) == 401


def test_the_token_of_an_account_that_was_switched_off_is_refused(alice: User) -> None:
    _token, secret = create_token(user=alice, name="phone", scopes=["photos:read"])
    User.objects.update(is_active=False)
    request = APIRequestFactory().get("/", HTTP_AUTHORIZATION=f"Bearer {secret}")
    with pytest.raises(AuthenticationFailed):
        TokenAuthentication().authenticate(Request(request))


def test_the_last_use_is_written_once_a_minute(alice: User) -> None:
    token, secret = create_token(user=alice, name="phone", scopes=["photos:read"])
    ask(secret)
    token.refresh_from_db()
    first = token.last_used_at
    ask(secret)
    token.refresh_from_db()
    assert token.last_used_at == first is not None
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(minutes=2))
    ask(secret)
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert token.last_used_at > timezone.now() - timedelta(minutes=1)


def test_an_unknown_scope_is_refused_with_the_list(alice: User) -> None:
    with pytest.raises(AccountRefused, match="photos:read"):
        create_token(user=alice, name="phone", scopes=["everything"])
