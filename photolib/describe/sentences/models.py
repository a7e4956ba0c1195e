"""What writes sentences, who wants that for their photos, and what was sent to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from photolib.library.models import Library, Photo


class ServerKind(models.TextChoices):
    OLLAMA = "ollama", _("Ollama")
    OPENAI = "openai", _("A server that speaks OpenAI's protocol (LM Studio, llama.cpp, vLLM …)")
    FLORENCE = "florence", _("A folder of this machine with Florence-2 as ONNX files")


class SentenceServer(models.Model):
    """The one server, or folder, that an admin named. Without this row there is no sentence model.

    address: of the server, or the folder's path. files: of a folder, the path of each of its files inside it
    and the SHA-256 that it had then.
    quiet_until, trouble: it could not be used lately; until then nobody tries. The sentence says why.
    """

    kind = models.CharField(max_length=10, choices=ServerKind)
    address = models.CharField(max_length=200)
    model = models.CharField(max_length=100)
    files = models.JSONField(default=dict, blank=True)
    since = models.DateTimeField(auto_now_add=True)
    quiet_until = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)
    # One a machine: the database says no to a second one.
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="one_sentence_server"),
        ]

    def __str__(self) -> str:
        return f"{self.model} ({self.address})"

    @property
    def is_here(self) -> bool:
        """Whether it is files that photolib itself runs: then nothing is sent to anybody."""
        return self.kind == ServerKind.FLORENCE


class SentenceChoice(models.Model):
    """The owner of this library wants drafts from this server. It ends with the server's row."""

    library = models.OneToOneField(
        Library, on_delete=models.CASCADE, related_name="sentence_choice"
    )
    server = models.ForeignKey(SentenceServer, on_delete=models.CASCADE, related_name="choices")
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.server} for {self.library}"


class SentPicture(models.Model):
    """One picture was sent, made small and without its metadata: where to, to which model, when."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="sent_pictures")
    address = models.CharField(max_length=200)
    model = models.CharField(max_length=100)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["photo", "sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.photo} to {self.address}"


class SentenceWish(models.Model):
    """The owner wants a draft for this one photo, from this server, once: it is gone with the answer."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="sentence_wish")
    server = models.ForeignKey(SentenceServer, on_delete=models.CASCADE, related_name="wishes")

    def __str__(self) -> str:
        return f"{self.server} for {self.photo}"
