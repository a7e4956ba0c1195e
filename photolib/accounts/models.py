"""The people who sign in, the household they share, and the tokens of their programs."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Household(models.Model):
    """The people who share this server. There is one a server."""

    name = models.CharField(max_length=100)
    # ISO 3166 code: the age from which a young person decides alone differs by country.
    country = models.CharField(max_length=2, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_household")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    ADMIN = "admin", _("admin, who runs the machine")
    ADULT = "adult", _("adult")
    CHILD = "child", _("child")
    GUEST = "guest", _("guest")


class User(AbstractUser):
    """An account. Without a household it is a stranger's: it sees its own library and nothing else.

    An admin runs the machine and sees nobody's private photos by that.
    """

    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="members"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.ADULT)
    display_name = models.CharField(max_length=100)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")
    # What photos are described in; empty: as the pages are.
    description_language = models.CharField(
        max_length=5, choices=settings.DESCRIPTION_LANGUAGES, blank=True
    )
    birthday = models.DateField(null=True, blank=True)
    guardian = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="wards"
    )

    # createsuperuser would make an account without a household: the first page makes the owner's.
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def described_in(self, page: str) -> str:
        """The language that this account reads descriptions in, on pages in the language `page`."""
        return self.description_language or page


class ApiToken(models.Model):
    """A program's key to one account. Only its SHA-256 is kept; the token is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, unique=True)
    # Any of accounts.scopes.SCOPES.
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class SignInTries(models.Model):
    """How often signing in failed lately, for one name from one address.

    Only a hash of the two is kept: no list of addresses or of mistyped passwords in the name field.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "sign-in tries"

    def __str__(self) -> str:
        return f"{self.failures} failed tries"
