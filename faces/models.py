"""Vectors, encrypted, and nothing else biometric anywhere. FAISS indexes are made from these in memory."""

from django.db import models
from django.db.models import Q

from photolib.consent.models import Decision
from photolib.library.models import Library
from photolib.people.models import FaceRegion, Person


class GroupingSession(models.Model):
    """One stretch of household grouping in one library, with a key of its own.

    When the library leaves that state the key is destroyed, and with it every vector under it.
    """

    library = models.OneToOneField(Library, on_delete=models.CASCADE, related_name="grouping")
    key_id = models.CharField(max_length=64, unique=True)
    declared_by = models.CharField(
        max_length=150
    )  # who declared: a private household, no public links
    # Days a vector is kept while nobody names the face; the owner sees the date.
    keep_days = models.PositiveSmallIntegerField(default=30)
    # How many faces there were when the groups were last put in order.
    ordered_faces = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_days__gte=1, keep_days__lte=90), name="kept_for_90_days_at_most"
            ),
        ]

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
    # Empty once its time is over: the row stays, so that looking again does not keep it anew.
    sealed = models.BinaryField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    expired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expired=False) | Q(sealed=b"", group__isnull=True),
                name="nothing_left_of_an_expired_face",
            ),
        ]

    def __str__(self) -> str:
        return f"unknown {self.region}"


class Template(models.Model):
    """An embedding kept to recognise somebody who said yes, under that person's own key."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="templates")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="templates")
    # The face it was computed from: of this library, or of a housemate's (faces.grounds).
    region = models.ForeignKey(FaceRegion, on_delete=models.CASCADE, related_name="templates")
    # The yes that allows it. It goes only together with the person or the library.
    decision = models.ForeignKey(Decision, on_delete=models.RESTRICT, related_name="templates")
    # One key for each person and library: withdrawing from one library leaves the other's alone.
    key_id = models.CharField(max_length=64, db_index=True)
    pack = models.CharField(max_length=40)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key_id=""), name="template_has_a_key"),
            # Each library that may learn a face has a template of its own: none is ever copied.
            models.UniqueConstraint(
                fields=["region", "library", "pack"], name="one_template_of_a_face_per_library"
            ),
        ]

    def __str__(self) -> str:
        return f"template of {self.person}"


class HandOver(models.Model):
    """A person let a housemate's library learn their face from one of their own photos.

    Nothing biometric: who, where, which face. It counts as long as the yes to that library does.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hand_overs")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="hand_overs")
    region = models.ForeignKey(FaceRegion, on_delete=models.CASCADE, related_name="hand_overs")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "library", "region"], name="handed_over_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} of {self.person} for {self.library}"
