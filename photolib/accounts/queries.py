"""Who is in the household, as far as the viewer may know it."""

from datetime import datetime
from typing import TypeGuard

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from photolib.accounts.models import ApiToken, Household, Role, User


def household_of(viewer: User) -> Household:
    """The viewer's household. Raises Http404 for an account without one."""
    if viewer.household is None:
        raise Http404
    return viewer.household


def members_visible_to(viewer: User) -> QuerySet[User]:
    """The accounts of the viewer's household, removed ones left out; none for a stranger."""
    if viewer.household_id is None:
        return User.objects.none()
    return User.objects.filter(household_id=viewer.household_id, is_active=True).order_by(
        "display_name", "pk"
    )


def get_visible_member(viewer: User, pk: int) -> User:
    """One account of the viewer's household. Raises Http404 for any other."""
    member = members_visible_to(viewer).select_related("guardian").filter(pk=pk).first()
    if member is None:
        raise Http404
    return member


def possible_guardians(viewer: User) -> QuerySet[User]:
    """The grown-ups of the viewer's household."""
    return members_visible_to(viewer).filter(role__in=[Role.ADMIN, Role.ADULT])


def is_admin(user: AbstractBaseUser | AnonymousUser) -> TypeGuard[User]:
    """Whether this is an account that runs the household's machine."""
    return (
        isinstance(user, User)
        and user.is_active
        and user.role == Role.ADMIN
        and user.household_id is not None
    )


def is_last_admin(user: User) -> bool:
    """Whether the household would be left without anybody who runs the machine."""
    if not is_admin(user):
        return False
    return not members_visible_to(user).filter(role=Role.ADMIN).exclude(pk=user.pk).exists()


def tokens_of(viewer: User) -> QuerySet[ApiToken]:
    """The viewer's own API tokens, newest first."""
    return ApiToken.objects.filter(user=viewer)


def get_own_token(viewer: User, pk: int) -> ApiToken:
    """One of the viewer's own tokens. Raises Http404 for any other."""
    token = tokens_of(viewer).filter(pk=pk).first()
    if token is None:
        raise Http404
    return token


def find_live_token(sha256: str, *, now: datetime | None = None) -> ApiToken | None:
    """The token with this SHA-256, if it has not ended and its account is active."""
    token = ApiToken.objects.select_related("user").filter(sha256=sha256).first()
    if token is None or not token.user.is_active:
        return None
    if token.expires_at is not None and token.expires_at <= (now or timezone.now()):
        return None
    return token
