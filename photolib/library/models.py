"""Photos, the albums they are in, and the bytes they came from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecognitionState(models.TextChoices):
    """How far face recognition may go in one library (docs/privacy.md)."""

    OFF = "off", _("Off")
    CONSENTED = "consented", _("People who said yes only")
    HOUSEHOLD = "household", _("Household grouping")


class Library(models.Model):
    """One account's photos. Every photo is in one library; its owner decides what happens there."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="library"
    )
    recognition = models.CharField(
        max_length=10, choices=RecognitionState, default=RecognitionState.OFF
    )
    # Raised by every change of consent or state: work that began under an older one may not write.
    consent_epoch = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "libraries"

    def __str__(self) -> str:
        return f"{self.owner}'s library"


class Original(models.Model):
    """The bytes of a photo as they arrived, stored once however many photos share them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    format = models.CharField(max_length=10)  # a key of core.formats.FORMATS, such as jpeg
    byte_size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.sha256


class TakenSource(models.TextChoices):
    """Where the time of a photo came from, the best first."""

    HUMAN = "human", _("set by hand")
    EXIF = "exif", _("the camera")
    GPS = "gps", _("the satellites' time")
    XMP = "xmp", _("the picture's notes (XMP)")
    IPTC = "iptc", _("the picture's notes (IPTC)")
    FILENAME = "filename", _("the file's name")
    FILE = "file", _("the file's own date")
    RECEIVED = "received", _("the day it arrived here")


class Photo(models.Model):
    """One picture in one library. Sizes are upright: as seen, after the EXIF orientation."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="photos")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="photos")
    original_name = models.CharField(max_length=255)
    received_at = models.DateTimeField(auto_now_add=True)

    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # EXIF 1..8; the stored sizes already allow for it.
    orientation = models.PositiveSmallIntegerField(default=1)

    # The moment in UTC, and the local clock's distance from it in minutes (None: not known, and
    # taken_at then holds the local clock's reading as if it were UTC).
    taken_at = models.DateTimeField()
    taken_offset = models.SmallIntegerField(null=True, blank=True)
    taken_source = models.CharField(
        max_length=10, choices=TakenSource, default=TakenSource.RECEIVED
    )
    # The date on the photographer's own calendar: what headings and words say.
    taken_on = models.DateField()

    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place_town = models.CharField(max_length=100, blank=True)
    place_region = models.CharField(max_length=100, blank=True)
    place_country = models.CharField(max_length=2, blank=True)  # ISO 3166; named in each language

    camera_make = models.CharField(max_length=100, blank=True)
    camera_model = models.CharField(max_length=100, blank=True)
    lens = models.CharField(max_length=100, blank=True)

    shared_with_household = models.BooleanField(default=False)
    trashed_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["library", "original"], name="photo_once_per_library"),
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(height__gt=0), name="photo_has_a_size"
            ),
        ]
        indexes = [
            models.Index(fields=["library", "-taken_at", "-id"], name="photo_timeline"),
            # With the key, so that PostgreSQL reads days from the index alone.
            models.Index(fields=["taken_on", "id"], name="photos_of_a_day"),
            # With all that says who sees a photo: a walk along the timeline looks into no row.
            models.Index(
                fields=[
                    "-taken_at",
                    "-id",
                    "taken_on",
                    "library",
                    "shared_with_household",
                    "trashed_at",
                ],
                name="photos_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"photo {self.pk}"


class Sidecar(models.Model):
    """The XMP file that lay beside a photo when it was brought in, byte for byte. It is only read."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="sidecar")
    content = models.BinaryField()
    received_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"sidecar of {self.photo}"


class VoiceMemo(models.Model):
    """Something said to a photo. Its bytes lie where originals do, under their SHA-256."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="memos")
    sound = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="memos")
    title = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["photo", "made_at", "pk"]

    def __str__(self) -> str:
        return self.title or f"memo on {self.photo}"


class Favourite(models.Model):
    """One viewer's star on a photo: nobody else sees it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites"
    )
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="favourites")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "photo"], name="favourite_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} likes {self.photo}"


class Album(models.Model):
    """A list of photos with a title. A household album shows its photos to every member."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="albums"
    )
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    for_household = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    photos = models.ManyToManyField(Photo, through="AlbumPhoto", related_name="albums")

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class AlbumPhoto(models.Model):
    """A photo's place in an album."""

    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="entries")
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="album_entries")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["album", "photo"], name="photo_once_per_album"),
        ]

    def __str__(self) -> str:
        return f"{self.photo} in {self.album}"
