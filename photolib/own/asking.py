"""Looking for marked things in a photo, and asking about what is found. It only ever asks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from PIL import Image

from photolib.describe.boxes import Box
from photolib.describe.efficientnet import PLACE_FEATURES
from photolib.describe.models import AnalyserOff
from photolib.library.models import Photo
from photolib.own.likeness import Known, Sight, sights_of
from photolib.own.models import OwnRegion, OwnThing, Said
from photolib.own.no_faces import faces_in, without_faces
from photolib.own.numbers import features_from_bytes, points_from_bytes
from photolib.own.windows import Numbers

MATCH_THINGS = "match_things"
# Open questions of one thing: a sitting, not a duty.
MOST_OPEN = 12
# Examples and refusals that a photo is compared with, the newest first.
MOST_EXAMPLES, MOST_DENIED = 8, 40


@dataclass(frozen=True, slots=True)
class Sought:
    """A thing with what is kept of its examples. likeness.Known says what that is."""

    thing: int
    known: Known


@dataclass(frozen=True, slots=True)
class Found:
    """A thing, and where it may be."""

    thing: int
    sight: Sight


def is_off(library: int) -> bool:
    """Whether the owner does not want things of their own to be looked for."""
    return AnalyserOff.objects.filter(library=library, step=MATCH_THINGS).exists()


def sought_in(library: int, things: Sequence[int] | None = None) -> list[Sought]:
    """The library's things that can be looked for, those given or all. Two queries."""
    wanted = OwnThing.objects.filter(library=library)
    if things is not None:
        wanted = wanted.filter(pk__in=list(things))
    rows = OwnRegion.objects.filter(thing__in=wanted, look__isnull=False).order_by("-pk")
    by_thing: dict[int, tuple[list[OwnRegion], list[OwnRegion]]] = {}
    for row in rows:
        yes, no = by_thing.setdefault(row.thing_id, ([], []))
        (yes if row.said == Said.YES else no).append(row)
    return [
        Sought(thing, _known(yes[:MOST_EXAMPLES], no[:MOST_DENIED]))
        for thing, (yes, no) in sorted(by_thing.items())
        if yes
    ]


def look_for(
    sought: Sequence[Sought], photo: Photo, places: Numbers, picture: Image.Image
) -> list[Found]:
    """What in this photo is worth a question.

    places: EfficientNet.places of the picture. picture: the same photo, as large as it is at hand.
    Where anything was said of a thing in this photo, or asked, it is not looked for again.
    """
    known = set(OwnRegion.objects.filter(photo=photo).values_list("thing_id", flat=True))
    fresh = [one for one in sought if one.thing not in known]
    if not fresh:
        return []
    faces = faces_in(photo)
    painted = without_faces(picture, faces)
    sights = sights_of(
        [one.known for one in fresh], places, faces, lambda box: piece_of(painted, box)
    )
    return [
        Found(one.thing, sight)
        for one, sight in zip(fresh, sights, strict=True)
        if sight is not None and sight.is_worth_asking
    ]


def ask(photo: Photo, found: Sequence[Found]) -> None:
    """Ask, where the thing, the photo and the owner's wish are still there, and there is room."""
    for one in found:
        with transaction.atomic():
            # Held until it is written: whoever deletes it waits, and takes the question with it.
            there = OwnThing.objects.select_for_update().filter(pk=one.thing).first()
            # A photo that was handed over meanwhile is another library's.
            same = Photo.objects.filter(pk=photo.pk, library=there.library_id if there else None)
            if there is None or not same.exists() or is_off(there.library_id):
                continue
            said_before = OwnRegion.objects.filter(photo=photo, thing=there).exists()
            if said_before or room_of(there.pk) <= 0:
                continue
            box = one.sight.box
            OwnRegion.objects.create(
                photo=photo,
                thing=there,
                left=box.left,
                top=box.top,
                width=box.width,
                height=box.height,
                said=Said.ASKED,
                score=round(one.sight.likeness, 4),
                agreeing=one.sight.points,
            )


def room_of(thing: int) -> int:
    """How many more questions of this thing may be open."""
    return MOST_OPEN - machines_questions([thing]).count()


def machines_questions(things: Sequence[int]) -> QuerySet[OwnRegion]:
    """What the machine asks about these things and nobody has answered."""
    return OwnRegion.objects.filter(thing__in=things, said=Said.ASKED, by=None)


def piece_of(picture: Image.Image, box: Box) -> Image.Image:
    """The piece of a picture, at least a pixel of it."""
    width, height = picture.size
    left, top = min(int(box.left * width), width - 1), min(int(box.top * height), height - 1)
    right = min(max(round((box.left + box.width) * width), left + 1), width)
    low = min(max(round((box.top + box.height) * height), top + 1), height)
    return picture.crop((left, top, right, low))


def _known(yes: Sequence[OwnRegion], no: Sequence[OwnRegion]) -> Known:
    return Known(
        np.stack([features_from_bytes(bytes(row.look or b"")) for row in yes]),
        [None if row.points is None else points_from_bytes(bytes(row.points)) for row in yes],
        np.stack([features_from_bytes(bytes(row.look or b"")) for row in no])
        if no
        else np.zeros((0, PLACE_FEATURES), np.float32),
    )
