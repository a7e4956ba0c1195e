"""Who said yes or no to what, and the invitations by which people without an account can say it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from photolib.consent.erasure_models import DoomedKey, ErasureReceipt, KeystoreLink, Renewal
from photolib.library.models import Library
from photolib.people.models import Person

__all__ = [
    "Channel", "Decision", "DoomedKey", "ErasureReceipt", "Invitation", "KeystoreLink", "Purpose",
    "Renewal",
]  # fmt: skip


class Purpose(models.TextChoices):
    """What a person can say yes or no to, each on its own. Refusing one leaves all else working."""

    RECOGNISE = "recognise", _("recognise me in new photos")
    NAME = "name", _("say my name in descriptions")
    EXPORT = "export", _("write my name into exports and shared copies")
    FIND_ME = "find_me", _("show me the photos I am in")


class Channel(models.TextChoices):
    SIGNED_IN = "signed_in", _("signed in")
    INVITATION = "invitation", _("by invitation")
    GUARDIAN = "guardian", _("by the guardian")
    RESTORED = "restored", _("taken back again after a backup was put back")
    LAPSED = "lapsed", _("not confirmed again in time")


class Decision(models.Model):
    """One answer of one person about one library and one purpose. The newest counts; none is altered."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="decisions")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="decisions")
    purpose = models.CharField(max_length=12, choices=Purpose)
    granted = models.BooleanField()
    channel = models.CharField(max_length=12, choices=Channel)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The text the person read: its id, language and SHA-256.
    text_id = models.CharField(max_length=40)
    text_language = models.CharField(max_length=5)
    text_sha256 = models.CharField(max_length=64)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["person", "library", "purpose", "-id"], name="newest_decision")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {'yes' if self.granted else 'no'} to {self.purpose}"


class Invitation(models.Model):
    """A link by which a person without an account sees what is asked, and says yes or no.

    Only the token's SHA-256 is kept. The link can be used again to take a yes back.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"invitation for {self.person}"
