"""Vectors, encrypted, and nothing else biometric anywhere. FAISS indexes are made from these in memory.

Beside them what people said about faces without a name, and the journal of what they did: ids only.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from photolib.consent.models import Decision
from photolib.library.models import Library
from photolib.people.models import FaceRegion, Person

# Days that the vector of an unknown face is kept, at most.
LONGEST_KEPT = 90


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
                condition=Q(keep_days__gte=1, keep_days__lte=LONGEST_KEPT),
                name="kept_for_90_days_at_most",
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
    # While the household moves to other models: the same face's vector by those. The row stays the
    # same, and with it the group, the dates and all that people said of it.
    coming_pack = models.CharField(max_length=40, blank=True)
    coming_sealed = models.BinaryField(blank=True, default=bytes)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    expired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expired=False)
                | Q(sealed=b"", coming_pack="", coming_sealed=b"", group__isnull=True),
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


class Pile(models.Model):
    """Faces of which a person said that they are one person, whoever that is.

    A pile is never changed: what is said later makes a new one, and faces point to that. So taking a
    word back is pointing to the pile before, and what that one was apart from still holds.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="piles")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"pile {self.pk}"


class PiledFace(models.Model):
    """The pile a face is in. It is about the face, not its vector: another model, a lost key, a name that
    is given or taken off leave it as it is. It ends with the grouping, or when a vector's time is over."""

    region = models.OneToOneField(FaceRegion, on_delete=models.CASCADE, related_name="piled")
    pile = models.ForeignKey(Pile, on_delete=models.CASCADE, related_name="faces")

    def __str__(self) -> str:
        return f"{self.region} in {self.pile}"


class PilesApart(models.Model):
    """A person said that these two piles are two people. Written once for the pair."""

    one = models.ForeignKey(Pile, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Pile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "piles apart"
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_from_another"),
            models.UniqueConstraint(fields=["one", "other"], name="apart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"


class EntryKind(models.TextChoices):
    NAME_FACE = "name_face", _("A face got a name")
    NAME_GROUP = "name_group", _("A group got a name")
    YES = "yes", _("A question was answered with yes")
    NO = "no", _("A question was answered with no")
    ANSWERS = "answers", _("Questions were answered")
    NAME_OFF = "name_off", _("A name was taken off")
    MAY_BE = "may_be", _("A face may be somebody again")
    NOT_A_FACE = "not_a_face", _("A box was said to be no face")
    IS_A_FACE = "is_a_face", _("A box was said to be a face after all")
    DRAW = "draw", _("A face was drawn")
    HIDE_GROUP = "hide_group", _("A group was left out")
    SHOW_GROUP = "show_group", _("A group was shown again")
    MERGE = "merge", _("Groups were put together")
    SPLIT = "split", _("A group was split")
    TAKE_OUT = "take_out", _("Faces were taken out of a group")
    MOVE = "move", _("Faces were moved to another group")
    REGROUP = "regroup", _("Faces were grouped again")
    REGROUP_PERSON = "regroup_person", _("Faces were compared with a person again")
    MERGE_PEOPLE = "merge_people", _("Two entries of one person were put together")
    HIDE_PERSON = "hide_person", _("A person was hidden")
    SHOW_PERSON = "show_person", _("A person was shown again")
    UNDO = "undo", _("Something was taken back")


class JournalEntry(models.Model):
    """One thing a person did with faces, and what it takes to take it back: ids, no name, no vector.

    faces: how many it changed. undo: see faces.journal. It ends after 90 days.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="journal")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=EntryKind)
    faces = models.PositiveIntegerField(default=0)
    undo = models.JSONField(default=dict)
    # What this entry took back; then its kind is UNDO.
    undoes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="undone_by"
    )
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "journal entries"

    def __str__(self) -> str:
        return f"entry {self.pk}: {self.kind}"


class EmptiedPerson(models.Model):
    """A person hidden because nothing is left of them: merged into another, or only made by a naming
    that was taken back. They are removed with the journal entry that could bring them back."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="emptied")
    merged_into = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.person}, emptied"


class PackChoice(models.Model):
    """Which models this server recognises with, and those it is moving to. One row at most."""

    pack = models.CharField(max_length=40)
    # Its vectors are being made; until they are, `pack` goes on serving.
    coming = models.CharField(max_length=40, blank=True)
    chosen_by = models.CharField(max_length=150)
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_choice_of_models")]

    def __str__(self) -> str:
        return f"{self.pack} → {self.coming}" if self.coming else self.pack


class PackFetch(models.Model):
    """A download of a pack that somebody started and that is not done. A worker goes on with it."""

    pack = models.CharField(max_length=40, unique=True)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField(auto_now_add=True)
    done_bytes = models.BigIntegerField(default=0)
    total_bytes = models.BigIntegerField()
    # Why it stopped; empty while it goes on.
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"download of {self.pack}"


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
