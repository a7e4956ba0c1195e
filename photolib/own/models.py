"""The family's own words on photos and on pieces of photos, and what was learnt from them as numbers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from photolib.describe.boxes import Box
from photolib.describe.models import Fact
from photolib.library.models import Library, Photo


class PhotoLook(models.Model):
    """What a whole photo looks like: 1,280 numbers of a network that was trained on things.

    It is of the whole picture, never of a face, and compares pictures: nobody is recognised by it.
    """

    photo = models.OneToOneField(
        Photo, on_delete=models.CASCADE, primary_key=True, related_name="look"
    )
    features = models.BinaryField()  # float16, own.numbers
    model = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"look of {self.photo}"


class Tag(models.Model):
    """A word of the owner's own, and what was learnt from the photos that bear it."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=60)
    # The owner may forbid learning from this tag: then nothing below is filled.
    learns = models.BooleanField(default=True)
    # Something was said since it last learnt.
    due = models.BooleanField(default=False, db_index=True)
    # Plain numbers (own.numbers): the weight of each feature, then the constant. Null: not learnt.
    weights = models.BinaryField(null=True, blank=True)
    # A photo that scores less is not asked about.
    ask_from = models.FloatField(null=True, blank=True)
    learnt_at = models.DateTimeField(null=True, blank=True)
    learnt_from = models.PositiveIntegerField(default=0)  # photos with a yes

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("library", Lower("name"), name="tag_once_per_library"),
        ]

    def __str__(self) -> str:
        return self.name


class Said(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    ASKED = "asked", _("asked")


class PhotoTag(models.Model):
    """A tag on a photo: said by a person, or asked. A no stays, so that it is never asked again."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="photo_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="photo_tags")
    said = models.CharField(max_length=10, choices=Said)
    # Who said it or proposed it; null: the machine asks.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The machine's score where it asked, 0..1. It is no probability.
    score = models.FloatField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["tag", "-score", "pk"]
        constraints = [models.UniqueConstraint(fields=["photo", "tag"], name="photo_tag_once")]

    def __str__(self) -> str:
        return f"{self.tag} on {self.photo}: {self.said}"


class OwnThing(models.Model):
    """Something of the family's own that was marked in a photo and named: a boat, a crest, a teapot.

    Never a face, never a person (own.no_faces).
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="own_things")
    name = models.CharField(max_length=60)
    # The worker that looks through older photos, the newest first: whether it has something to do for
    # this thing, the key of the photo it last looked at (null: none yet), and with how many examples.
    wanted = models.BooleanField(default=False, db_index=True)
    looked_down_to = models.BigIntegerField(null=True, blank=True)
    looked_with = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("library", Lower("name"), name="own_thing_once_per_library"),
        ]

    def __str__(self) -> str:
        return self.name


class OwnRegion(models.Model):
    """Where a thing is in a photo: marked by a person, or asked by the machine. A no stays.

    The box is in fractions (0..1) of the upright picture.
    """

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="own_regions")
    thing = models.ForeignKey(OwnThing, on_delete=models.CASCADE, related_name="regions")
    left = models.FloatField()
    top = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    said = models.CharField(max_length=10, choices=Said)
    # Who marked it, or said yes or no; null: the machine asks.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What made the machine ask (own.likeness): neither is a probability. Null where a person marked it.
    score = models.FloatField(null=True, blank=True)
    agreeing = models.PositiveSmallIntegerField(null=True, blank=True)
    # What the descriptions say of it: there while it is said.
    fact = models.OneToOneField(
        Fact, null=True, blank=True, on_delete=models.SET_NULL, related_name="own_region"
    )
    # What an answered piece looks like, as plain numbers (own.numbers): made by a worker, never of a face.
    look = models.BinaryField(null=True, blank=True)
    points = models.BinaryField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["thing", "-score", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "thing"],
                condition=Q(score__isnull=False),
                name="own_thing_asked_once_a_photo",
            ),
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, width__gt=0, height__gt=0)
                & Q(left__lte=1.001 - F("width"))
                & Q(top__lte=1.001 - F("height")),
                name="own_region_inside_the_picture",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} in {self.photo}: {self.said}"

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.width, self.height)
