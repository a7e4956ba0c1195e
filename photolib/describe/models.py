"""Facts that analysers saw, and the words that people wrote. Sentences are not stored: they are composed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from photolib.library.models import Photo


class FactKind(models.TextChoices):
    OBJECT = "object", _("a thing or living being")


class Fact(models.Model):
    """One thing one analyser saw in one photo. Boxes are fractions (0..1) of the upright picture."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=20, choices=FactKind)
    # A stable id of describe.vocabulary, such as `dog`; never the model's own string.
    label = models.CharField(max_length=60)
    left = models.FloatField(null=True, blank=True)
    top = models.FloatField(null=True, blank=True)
    width = models.FloatField(null=True, blank=True)
    height = models.FloatField(null=True, blank=True)
    confidence = models.FloatField()  # the model's own score, 0..1
    step = models.CharField(max_length=60)
    model = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)
    # A person said that this is wrong: it stays, so that the next run does not say it again.
    rejected = models.BooleanField(default=False)

    class Meta:
        ordering = ["photo", "kind", "-confidence", "pk"]
        indexes = [models.Index(fields=["kind", "label"], name="fact_label")]

    def __str__(self) -> str:
        return f"{self.label} in {self.photo}"


class HumanText(models.Model):
    """What a person wrote about a photo, in one language. No machine ever changes it."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="human_texts")
    language = models.CharField(max_length=5, choices=settings.DESCRIPTION_LANGUAGES)
    alt = models.CharField(max_length=250)
    extended = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "language"], name="one_text_per_language"),
        ]

    def __str__(self) -> str:
        return self.alt
