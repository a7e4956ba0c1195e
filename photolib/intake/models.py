"""The truth about work: what arrived, and which step of which photo is in which state."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from photolib.library.models import Library, Photo


class Claimed(models.Model):
    """Work that one worker at a time holds, for a while.

    attempts is raised and committed before the work begins: a worker that is killed has used one up.
    holder names the worker (host:pid:start), claim is new with every attempt: only who still has it
    may write.
    """

    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=120, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True


class IncomingState(models.TextChoices):
    RECEIVED = "received", _("waiting")
    RUNNING = "running", _("being read")
    ACCEPTED = "accepted", _("in the library")
    DUPLICATE = "duplicate", _("already in the library")
    REFUSED = "refused", _("refused")


class Incoming(Claimed):
    """A file that arrived. The file itself waits in PHOTOLIB_DATA/incoming under this row's key."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="incoming")
    state = models.CharField(max_length=10, choices=IncomingState, default=IncomingState.RECEIVED)
    name = models.CharField(max_length=255)  # as the person knows it; never used as a path
    file_key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    byte_size = models.PositiveBigIntegerField()
    # The file's own date where it came from a folder: the last resort for the time of a photo.
    file_date = models.DateTimeField(null=True, blank=True)
    photo = models.ForeignKey(
        Photo, null=True, blank=True, on_delete=models.SET_NULL, related_name="arrivals"
    )
    # The XMP file that lay beside it, until the photo has it.
    sidecar = models.BinaryField(null=True, blank=True)
    # A code of core.errors.RefusedFile where it was refused; `error` holds the sentence.
    refusal = models.CharField(max_length=20, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    received_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "incoming"
        indexes = [models.Index(fields=["state", "id"], name="incoming_state")]

    def __str__(self) -> str:
        return self.name


class StepState(models.TextChoices):
    DUE = "due", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    PARKED = "parked", _("set aside after errors")


class StepRun(Claimed):
    """One step on one photo."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="step_runs")
    step = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=StepState, default=StepState.DUE)
    finished_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)  # of the last run that finished

    class Meta:
        ordering = ["photo", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "step"], name="one_run_per_photo_and_step"),
            # Two workers never work on one photo, however their transactions interleave.
            models.UniqueConstraint(
                fields=["photo"], condition=Q(state="running"), name="one_running_step_per_photo"
            ),
        ]
        indexes = [models.Index(fields=["state", "photo"], name="step_state")]

    def __str__(self) -> str:
        return f"{self.step} of {self.photo}: {self.state}"


class WorkerSeen(models.Model):
    """A worker process and when it last gave a sign of life: what an honest time left counts on."""

    holder = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "workers seen"

    def __str__(self) -> str:
        return self.holder


class ChoreRun(models.Model):
    """When a daily chore is due next, and how it went. Who moves due_at on runs it."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
