"""What an erasure leaves behind: its receipt, and what could not be done at once. Nothing biometric."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from photolib.library.models import Library
from photolib.people.models import Person


def new_id() -> str:
    """32 random hex digits."""
    return secrets.token_hex(16)


class KeystoreLink(models.Model):
    """Which keystore belongs to this database: one row.

    counter: raised with every answer; the keystore remembers the highest it saw, so that an older
    copy of the database is noticed.
    """

    instance = models.CharField(max_length=32, default=new_id)
    keystore = models.CharField(max_length=32, blank=True)
    counter = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"instance {self.instance}"


class DoomedKey(models.Model):
    """A key that is to be destroyed and could not be yet: the keystore was away, or work goes on."""

    key_id = models.CharField(max_length=64, unique=True)
    # Not before: a key that is just being made is doomed until rows are sealed under it.
    after = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_id


class ReceiptKind(models.TextChoices):
    WITHDRAWN = "withdrawn", _("A yes was taken back")
    LAPSED = "lapsed", _("A yes was not confirmed again in time")
    RESTORED = "restored", _("Erased again after an older copy was put back")
    ROLLED_BACK = "rolled_back", _("An older copy of the database was put back")


class ErasureReceipt(models.Model):
    """What went when a yes ended, and what could not be reached. Kept without any biometric content.

    items: [{"code", "count"}]; unreached: codes (photolib.consent.receipts has their words);
    links: public links that showed the person, as they were called. happened_at: of the erasure
    itself; made_at is later where it was done again after a restore. finished_at: keys destroyed,
    listed in the keystore, and the database's journal emptied; None while something is left to do.
    """

    kind = models.CharField(max_length=12, choices=ReceiptKind)
    # The same number as in the keystore's list of erasures: this database knows of it.
    tombstone = models.CharField(max_length=32, unique=True, default=new_id)
    listed = models.BooleanField(default=False)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="erasure_receipts"
    )
    library = models.ForeignKey(
        Library, null=True, on_delete=models.SET_NULL, related_name="erasure_receipts"
    )
    purpose = models.CharField(max_length=12, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    items = models.JSONField(default=list)
    unreached = models.JSONField(default=list)
    links = models.JSONField(default=list)
    happened_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.tombstone}"


class Renewal(models.Model):
    """A yes of two years ago was asked again; without an answer it ends on ends_at."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="renewals")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="renewals")
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "library"], name="asked_again_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} asked again"
