"""Who is where in which photo. Nothing here is biometric: boxes and names, no vectors."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from photolib.accounts.models import Household
from photolib.library.models import Photo


class Person(models.Model):
    """Somebody the household knows, with an account or without."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=100)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )
    guardian = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person_wards",
    )
    birthday = models.DateField(null=True, blank=True)
    hidden = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class RegionSource(models.TextChoices):
    MACHINE = "machine", _("found by the machine")
    HUMAN = "human", _("drawn by hand")
    IMPORT = "import", _("came with the picture")


class FaceRegion(models.Model):
    """A face's box, in fractions (0..1) of the upright picture. A box alone identifies nobody."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="regions")
    left = models.FloatField()
    top = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    source = models.CharField(max_length=10, choices=RegionSource, default=RegionSource.MACHINE)
    detector = models.CharField(max_length=60, blank=True)  # model and version
    confidence = models.FloatField(default=1.0)  # the detector's, 0..1
    quality = models.FloatField(default=0.0)  # 0..1: how well it can be recognised, docs/models.md
    # The machine suspects a picture of a person: on a poster, a print or a screen.
    on_picture = models.BooleanField(default=False)
    # The same as a person said it, if anybody did; that counts.
    said_on_picture = models.BooleanField(null=True)
    # "Not a face", said by a person; kept, so that a later run does not bring it back.
    dismissed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["photo", "left", "top"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, width__gt=0, height__gt=0)
                & Q(left__lte=1.001 - F("width"))
                & Q(top__lte=1.001 - F("height")),
                name="region_inside_the_picture",
            )
        ]

    def __str__(self) -> str:
        return f"face {self.pk} of {self.photo}"

    @property
    def is_picture(self) -> bool:
        """Whether this is to be taken for a picture of a person: a human's word before the machine's."""
        return self.on_picture if self.said_on_picture is None else self.said_on_picture


class AppearanceState(models.TextChoices):
    ASKED = "asked", _("asked")
    AUTO = "auto", _("matched by the machine")
    CONFIRMED = "confirmed", _("confirmed by a person")


class AppearanceSource(models.TextChoices):
    HUMAN = "human", _("by hand")
    MACHINE = "machine", _("by the machine")
    IMPORT = "import", _("came with the picture")


class Appearance(models.Model):
    """A person is in a photo, at a region where it is known.

    Rows by hand are written by people.services, rows by machine by faces alone.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appearances")
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="appearances")
    region = models.ForeignKey(
        FaceRegion, null=True, blank=True, on_delete=models.CASCADE, related_name="appearances"
    )
    state = models.CharField(max_length=10, choices=AppearanceState)
    source = models.CharField(max_length=10, choices=AppearanceSource)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A question nobody answers ends by itself.
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["photo", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=~Q(state="asked"),
                name="one_known_person_per_face",
            ),
            models.UniqueConstraint(
                fields=["region"], condition=Q(state="asked"), name="one_question_per_face"
            ),
            models.UniqueConstraint(
                fields=["person", "photo"],
                condition=Q(region__isnull=True),
                name="person_once_per_photo_without_a_face",
            ),
            models.CheckConstraint(
                condition=~Q(source="human") | Q(state="confirmed"),
                name="what_a_person_says_is_confirmed",
            ),
        ]
        # The photos of a person in order, without a look at the rows: for the search of several names.
        indexes = [models.Index(fields=["person", "photo"], name="photos_of_a_person")]

    def __str__(self) -> str:
        return f"{self.person} in {self.photo}"


class NotThisPerson(models.Model):
    """A person said that this face is not that person: kept without any vector, for good."""

    region = models.ForeignKey(FaceRegion, on_delete=models.CASCADE, related_name="refusals")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="refusals")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "person"], name="refused_once"),
        ]

    def __str__(self) -> str:
        return f"{self.region} is not {self.person}"
