"""What people ask about themselves: that recognising them stops for a while, and questions to answer."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from photolib.library.models import Library
from photolib.people.models import Person


class FreezeKind(models.TextChoices):
    FREEZE = "freeze", _("recognising is stopped for a while")
    OBJECTION = "objection", _("objected")


class FreezeQuerySet(models.QuerySet["Freeze"]):
    def in_force(self, now: datetime | None = None) -> "FreezeQuerySet":
        """Those that hold at `now` (this moment unless given)."""
        moment = now or timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment), lifted_at__isnull=True)


class Freeze(models.Model):
    """Recognising a person stops (GDPR Art. 18, 21): nothing new is matched, and no name the machine
    gave is shown. What is kept stays until the person takes the freeze or the yes back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="freezes")
    # Empty: in every library of the household.
    library = models.ForeignKey(
        Library, null=True, blank=True, on_delete=models.CASCADE, related_name="freezes"
    )
    kind = models.CharField(max_length=10, choices=FreezeKind, default=FreezeKind.FREEZE)
    since = models.DateTimeField(auto_now_add=True)
    # Empty: until it is lifted.
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    # Who asked for it; empty where it came by an invitation's link.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = FreezeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "library"], name="freeze_of_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class RequestKind(models.TextChoices):
    ACCESS = "access", _("What do you keep about me?")
    CORRECT = "correct", _("Something about me is wrong")
    ERASE = "erase", _("Please remove something about me")
    OBJECT = "object", _("I object: stop recognising me")
    OTHER = "other", _("Something else")


class RightsRequest(models.Model):
    """What somebody asked about themselves without an account. Its answer is due within a month."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rights_requests")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="rights_requests")
    kind = models.CharField(max_length=10, choices=RequestKind)
    text = models.TextField()
    # How to reach them, in their own words; nobody has to say.
    contact = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answered_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} asks: {self.get_kind_display()}"

    def is_late(self, today: date | None = None) -> bool:
        """Whether the answer should have been given before `today`."""
        return self.answered_at is None and self.due_on < (today or timezone.localdate())
