"""Facts that analysers saw, and the words that people wrote. Sentences are not stored: they are composed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from photolib.describe.sentences.models import (
    SentenceChoice as SentenceChoice,
)
from photolib.describe.sentences.models import (
    SentenceServer as SentenceServer,
)
from photolib.describe.sentences.models import (
    SentenceWish as SentenceWish,
)
from photolib.describe.sentences.models import (
    SentPicture as SentPicture,
)
from photolib.library.models import Library, Photo


class FactKind(models.TextChoices):
    OBJECT = "object", _("a thing or living being")
    SCENE = "scene", _("what the whole picture shows")
    POSTURE = "posture", _("how somebody holds themselves")
    SMILE = "smile", _("a smile")
    TEXT = "text", _("words in the picture")
    PICTURE = "picture", _("the kind of picture")
    LIGHT = "light", _("the light")
    SENSITIVITY = "sensitivity", _("what one would ask before sharing")
    QUALITY = "quality", _("how well it came out")
    COLOUR = "colour", _("a colour")
    OWN = "own", _("something of your own")
    NAME = "name", _("a name that can be read")


class Fact(models.Model):
    """One thing one analyser saw in one photo. Boxes are fractions (0..1) of the upright picture."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=20, choices=FactKind)
    # A stable id of describe.vocabulary, such as `dog`; never the model's own string. Of something of
    # the family's own, the key of its row.
    label = models.CharField(max_length=60)
    left = models.FloatField(null=True, blank=True)
    top = models.FloatField(null=True, blank=True)
    width = models.FloatField(null=True, blank=True)
    height = models.FloatField(null=True, blank=True)
    confidence = models.FloatField()  # the model's own score, 0..1
    # That it is right, 0..1, as measured on pictures whose truth is known; null where nobody measured.
    probability = models.FloatField(null=True, blank=True)
    # Words read in the picture, their language ("" where that is not known) and their place in the
    # reading order.
    text = models.TextField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
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


class AnalyserOff(models.Model):
    """The owner of this library does not want this analyser: it looks at nothing, and its facts are gone."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="analysers_off")
    step = models.CharField(max_length=60)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["library", "step"], name="analyser_off_once"),
        ]

    def __str__(self) -> str:
        return f"{self.step} off in {self.library}"


class TextSource(models.TextChoices):
    """How a person's words came here."""

    PERSON = "person", _("written here")
    FILE = "file", _("it came with the file")


# The language of words of which nobody knows it (ISO 639-2).
UNKNOWN_LANGUAGE = "und"


class HumanText(models.Model):
    """What a person wrote about a photo, in one language. No machine ever changes it.

    language: one of settings.DESCRIPTION_LANGUAGES; of words that came with the file any language, as
    ISO 639 has it, or UNKNOWN_LANGUAGE. by: who wrote it here. written_by: whom the file names as its writer.
    """

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="human_texts")
    language = models.CharField(max_length=5)
    alt = models.CharField(max_length=250)
    extended = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=TextSource, default=TextSource.PERSON)
    written_by = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The model whose draft these words began as, before the person of `by` took them over.
    drafted_by = models.CharField(max_length=120, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "language"], name="one_text_per_language"),
        ]

    def __str__(self) -> str:
        return self.alt


class TextTakenAway(models.Model):
    """A person took away the words in this language: reading the file again does not bring them back."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="texts_taken_away")
    language = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "language"], name="text_taken_away_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language} of {self.photo}"


class NoteKind(models.TextChoices):
    TITLE = "title", _("title")
    CAPTION = "caption", _("caption")


class FileNote(models.Model):
    """A title or caption that came with the file. It tells a story, and describes no picture: it stands
    beside the description, never in its place."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="file_notes")
    kind = models.CharField(max_length=10, choices=NoteKind)
    language = models.CharField(max_length=5)
    text = models.TextField()

    class Meta:
        ordering = ["photo", "-kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "kind", "language"], name="one_note_per_language"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class DraftState(models.TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class Draft(models.Model):
    """A sentence that a model wrote about a photo, checked against its facts. A person decides on it.

    One a photo, language and model; it is never shown as anybody's words before it was accepted.
    """

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="drafts")
    language = models.CharField(max_length=5, choices=settings.DESCRIPTION_LANGUAGES)
    alt = models.CharField(max_length=250)
    extended = models.TextField(blank=True)
    # Words of it that stand for what no other model saw.
    unconfirmed = models.JSONField(default=list, blank=True)
    model = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.OFFERED)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "language", "model"], name="one_draft_per_model"
            ),
        ]

    def __str__(self) -> str:
        return self.alt


class ReviewState(models.TextChoices):
    """What a person decided about the machine's words on a photo."""

    WAITING = "waiting", _("not looked at yet")
    ACCEPTED = "accepted", _("checked")
    REJECTED = "rejected", _("said to be wrong")
    WRITTEN = "written", _("written by a person")
    CHANGED = "changed", _("the machine sees something else since")


class Review(models.Model):
    """What its owner decided about the machine's words on one photo, and who asks for better ones.

    No sentence is kept: accepting keeps which facts were looked at, so that names go on following
    consent. checked: the marks (review_marks) of the facts that were decided on. before: the row as it
    was before the last answer, to take that back; empty where there was nothing before.
    """

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="review")
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.WAITING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(null=True)
    checked = models.JSONField(default=list)
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    wanted_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["state"], name="review_state")]

    def __str__(self) -> str:
        return f"{self.state}: {self.photo}"
