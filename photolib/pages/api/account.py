"""Signing in for a token, and who one is."""

from typing import ClassVar

from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.accounts.authentication import TokenAuthentication
from photolib.accounts.models import User
from photolib.accounts.requests import address_of
from photolib.accounts.services import create_token
from photolib.accounts.tries import check_tries, count_failure, forget_failures
from photolib.pages.api.base import viewer_of
from photolib.pages.api.serializers import AccountSerializer, SignInSerializer, TokenSerializer


class AccountView(APIView):
    """The account whose token or session asks."""

    scopes: ClassVar[dict[str, str]] = {"GET": "account:read"}

    @extend_schema(operation_id="account_read", responses=AccountSerializer)
    def get(self, request: Request) -> Response:
        return Response(AccountSerializer(viewer_of(request)).data)


class TokensView(APIView):
    """A name and a password for a token. The password is counted like one on the sign-in page."""

    # Tokens alone: a browser's session is not wanted here, and a failure is then a 401.
    authentication_classes = (TokenAuthentication,)
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="tokens_create",
        request=SignInSerializer,
        responses={201: TokenSerializer},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        form = SignInSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        name, address = form.validated_data["username"], address_of(request)
        check_tries(name=name, address=address)
        user = authenticate(request, username=name, password=form.validated_data["password"])
        if not isinstance(user, User):
            count_failure(name=name, address=address)
            raise AuthenticationFailed(_("The name or the password is not right."))
        forget_failures(name=name, address=address)
        token, secret = create_token(
            user=user,
            name=form.validated_data["name"],
            scopes=form.validated_data["scopes"],
        )
        return Response({"token": secret, "scopes": token.scopes}, status=status.HTTP_201_CREATED)
