"""Making and changing accounts. Forms check what people type; these check who may do it."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.accounts.errors import AccountRefused
from photolib.accounts.models import ApiToken, Household, Role, User
from photolib.accounts.queries import is_admin, is_last_admin
from photolib.accounts.scopes import SCOPES
from photolib.core.errors import NotAllowed

# A token's last use is worth knowing, but not a write for each of a hundred requests.
LAST_USE_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_owner(
    *,
    username: str,
    display_name: str,
    password: str,
    household_name: str,
    language: str = "en",
    country: str = "",
) -> User:
    """Make the household and its first account, an admin.

    country: ISO 3166 code of two letters, or empty where it is not known.
    Raises AccountRefused when there is an account already.
    """
    Household.objects.get_or_create(pk=1, defaults={"name": household_name})
    # Two first visitors at once: the second waits here, then finds the first one's account.
    household = Household.objects.select_for_update().get(pk=1)
    if User.objects.exists():
        raise AccountRefused(
            _("This server has an owner already. Sign in, or ask the owner for an account.")
        )
    household.name, household.country = household_name, country.upper()
    household.save(update_fields=["name", "country"])
    return _add_user(
        username=username,
        display_name=display_name,
        password=password,
        role=Role.ADMIN,
        household=household,
        language=language,
    )


@transaction.atomic
def create_account(
    *,
    by: User,
    username: str,
    display_name: str,
    password: str | None = None,
    role: str = Role.ADULT,
    in_household: bool = True,
    language: str = "en",
    birthday: date | None = None,
    guardian: User | None = None,
) -> User:
    """Add an account. Without a password it is opened by a one-time link (reset_links.make_link).

    in_household: False makes an account that sees its own library and nothing else.
    Raises NotAllowed unless `by` is an admin, AccountRefused for a name that is taken and for a
    child without a guardian.
    """
    if not is_admin(by):
        raise NotAllowed(_("Only an admin of the household can add accounts."))
    _check_guardian(by=by, role=role, guardian=guardian)
    return _add_user(
        username=username,
        display_name=display_name,
        password=password,
        role=role,
        household=by.household if in_household else None,
        language=language,
        birthday=birthday,
        guardian=guardian,
    )


def _check_guardian(*, by: User, role: str, guardian: User | None) -> None:
    if role == Role.CHILD and guardian is None:
        raise AccountRefused(_("Choose a guardian: a child's account needs one."))
    if guardian is None:
        return
    if role != Role.CHILD:
        raise AccountRefused(_("Only a child's account has a guardian."))
    if guardian.household_id != by.household_id or guardian.role not in {Role.ADMIN, Role.ADULT}:
        raise AccountRefused(_("Choose a guardian who is an adult of this household."))


def _add_user(
    *,
    username: str,
    display_name: str,
    password: str | None,
    role: str,
    household: Household | None,
    language: str,
    birthday: date | None = None,
    guardian: User | None = None,
) -> User:
    username = User.normalize_username(username)
    if User.objects.filter(username__iexact=username).exists():
        raise AccountRefused(
            _("The sign-in name “{name}” is taken. Choose another.").format(name=username)
        )
    try:
        # A savepoint: on PostgreSQL a failed INSERT would end the caller's transaction too.
        with transaction.atomic():
            return User.objects.create(
                username=username,
                display_name=display_name,
                password=make_password(password),
                role=role,
                household=household,
                language=language,
                birthday=birthday,
                guardian=guardian,
            )
    except IntegrityError as error:
        raise AccountRefused(
            _("The sign-in name “{name}” is taken. Choose another.").format(name=username)
        ) from error


def change_profile(
    *, user: User, display_name: str, language: str, description_language: str = ""
) -> User:
    """Change how an account is called, and which languages it reads on pages and in descriptions.

    description_language: one of settings.DESCRIPTION_LANGUAGES; empty: as the pages are.
    """
    user.display_name, user.language = display_name, language
    user.description_language = description_language
    user.save(update_fields=["display_name", "language", "description_language"])
    return user


def change_household(*, household: Household, name: str, country: str, by: User) -> Household:
    """Change the household's name and country. Raises NotAllowed unless `by` is its admin."""
    if not is_admin(by) or by.household_id != household.pk:
        raise NotAllowed(_("Only an admin of the household can change it."))
    household.name, household.country = name, country.upper()
    household.save(update_fields=["name", "country"])
    return household


@transaction.atomic
def change_role(*, user: User, role: str, by: User, guardian: User | None = None) -> User:
    """Give a member another role.

    Raises NotAllowed unless `by` is an admin of the same household, AccountRefused where it would
    be left without an admin and for a child without a guardian.
    """
    # Locked in one order: two admins who demote each other at once cannot both succeed.
    list(User.objects.select_for_update().filter(role=Role.ADMIN).order_by("pk"))
    user.refresh_from_db()
    by.refresh_from_db()
    if not is_admin(by) or by.household_id != user.household_id:
        raise NotAllowed(_("Only an admin of the household can change roles."))
    if role != Role.ADMIN and is_last_admin(user):
        raise AccountRefused(
            _("{name} is the last admin. Make somebody else an admin first.").format(name=user)
        )
    if role == Role.CHILD and user.role != Role.CHILD:
        # A guardian answers for a child: nobody may be made one to be answered for.
        raise AccountRefused(_("An account can only be a child's from the start."))
    guardian = guardian or (user.guardian if role == Role.CHILD else None)
    _check_guardian(by=by, role=role, guardian=guardian)
    user.role, user.guardian = role, guardian
    user.save(update_fields=["role", "guardian"])
    return user


def set_password(*, user: User, password: str) -> None:
    """Give an account another password. Every open session of it ends."""
    user.set_password(password)
    user.save(update_fields=["password"])


def hash_token(token: str) -> str:
    """SHA-256, in hex. Enough for 256 random bits: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_token(
    *, user: User, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a program's key to this account; the second value is the token itself, never stored.

    Raises AccountRefused for a scope that is not in scopes.SCOPES, and for none at all.
    """
    wanted = sorted(set(scopes))
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        raise AccountRefused(
            _("Choose what the token may do, from: {scopes}.").format(scopes=", ".join(SCOPES))
        )
    secret = f"photolib_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user, name=name, sha256=hash_token(secret), scopes=wanted, expires_at=expires_at
    )
    return token, secret


def revoke_token(*, token: ApiToken) -> None:
    """End a token at once."""
    token.delete()


def note_token_use(*, token: ApiToken) -> None:
    """Remember that a token was used, at most once a minute."""
    now = timezone.now()
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - LAST_USE_EVERY)
    if token.last_used_at is None or token.last_used_at < now - LAST_USE_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
