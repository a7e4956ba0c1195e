"""Vectors, encrypted, and nothing else biometric anywhere. FAISS indexes are made from these in memory."""

from django.db import models
from django.db.models import Q

from photolib.library.models import Library
from photolib.people.models import FaceRegion, Person


class GroupingSession(models.Model):
    """One stretch of household grouping in one library, with a key of its own.

    When the library leaves that state the key is destroyed, and with it every vector under it.
    """

    library = models.OneToOneField(Library, on_delete=models.CASCADE, related_name="grouping")
    key_id = models.CharField(max_length=64, unique=True)
    declared_by = models.CharField(max_length=150)  # who declared: a private household, no public links
    started_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"grouping of {self.library}"


class FaceGroup(models.Model):
    """Faces that look like one unknown person. Naming it turns its faces into Appearances."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="face_groups")
    hidden = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"group {self.pk}"


class UnknownFace(models.Model):
    """The vector of a face nobody has named yet, under the grouping session's key, for a limited time."""

    region = models.OneToOneField(FaceRegion, on_delete=models.CASCADE, related_name="unknown_face")
    session = models.ForeignKey(GroupingSession, on_delete=models.CASCADE, related_name="faces")
    group = models.ForeignKey(
        FaceGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="faces"
    )
    pack = models.CharField(max_length=40)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"unknown {self.region}"


class Template(models.Model):
    """An embedding kept to recognise somebody who said yes, under that person's own key."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="templates")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="templates")
    region = models.OneToOneField(FaceRegion, on_delete=models.CASCADE, related_name="template")
    # The decision that allows it: consent.Decision's key.
    decision = models.ForeignKey(
        "consent.Decision", on_delete=models.PROTECT, related_name="templates"
    )
    key_id = models.CharField(max_length=64, db_index=True)
    pack = models.CharField(max_length=40)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key_id=""), name="template_has_a_key"),
        ]

    def __str__(self) -> str:
        return f"template of {self.person}"
