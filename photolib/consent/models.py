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
    PAPER = "paper", _("on paper")
    RESTORED = "restored", _("taken back again after a backup was put back")
    LAPSED = "lapsed", _("not confirmed again in time")


class LedgerEntry(models.Model):
    """One answer as it was given, for good: the database refuses to change or remove it.

    consent.chain says what is hashed and how. No name and no key of another table stands here: what
    leads back to a person is LedgerSubject, which can be erased.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3 … without a gap
    entry_id = models.CharField(max_length=32, unique=True)
    subject = models.CharField(max_length=64)  # LedgerSubject.commitment
    purpose = models.CharField(max_length=12, choices=Purpose)
    granted = models.BooleanField()
    channel = models.CharField(max_length=12, choices=Channel)
    # SHA-256(the subject's salt ‖ who acted: an account, an invitation, a signature on paper).
    actor = models.CharField(max_length=64)
    text_id = models.CharField(max_length=40)
    text_language = models.CharField(max_length=5)
    text_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    clock_behind = models.PositiveIntegerField(default=0)  # seconds
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(fields=["subject", "purpose", "-sequence"], name="newest_ledger_entry")
        ]

    def __str__(self) -> str:
        return f"ledger entry {self.sequence}"


class LedgerSubject(models.Model):
    """Who stands behind a commitment in the ledger: one person, as far as one library is concerned.

    Goes with the person or the library. The entries stay and the chain still holds, but nobody can
    tell any more whose they were.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    salt = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "library"], name="one_subject_per_library"),
        ]

    def __str__(self) -> str:
        return self.name


class LedgerHead(models.Model):
    """The one row that is locked while an entry is added, and that remembers what a check found."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    # A consent.verification.Trouble, or empty. While there is one, no yes counts.
    trouble = models.CharField(max_length=20, blank=True)
    # The latest moment this photolib has known: a clock that is set back opens nothing again.
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_ledger_head")]

    def __str__(self) -> str:
        return f"ledger up to {self.sequence}"


class Decision(models.Model):
    """One answer of one person about one library and one purpose. The newest counts; none is altered.

    The erasable side of a ledger entry: it names the person, and counts only as far as the two agree.
    """

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="decision")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="decisions")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="decisions")
    purpose = models.CharField(max_length=12, choices=Purpose)
    granted = models.BooleanField()
    channel = models.CharField(max_length=12, choices=Channel)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # On paper: who signed, and when. The paper itself stays with the family.
    signed_by = models.CharField(max_length=100, blank=True)
    signed_on = models.DateField(null=True, blank=True)
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

    Only the token's SHA-256 is kept. The link can be used again to take a yes back. A yes needs a short
    code as well, which is told by another way than the link; of it, only a slow hash is kept.
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
    code_hash = models.CharField(max_length=128, blank=True)  # empty: no code was made yet
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    last_wrong_code_at = models.DateTimeField(null=True, blank=True)
    last_answer_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"invitation for {self.person}"
