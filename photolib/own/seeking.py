"""A worker's bites: what marked pieces look like, and older photos that may show the same thing.

The newest photos come first. Where it is stands in OwnThing.looked_down_to after every photo, so that a
worker that was killed loses one photo's work.
"""

import time
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from PIL import Image

from photolib.core.words import words_changed
from photolib.describe.efficientnet import network
from photolib.library.models import Photo
from photolib.library.renditions import rendition_path
from photolib.own.asking import (
    ask,
    is_off,
    look_for,
    machines_questions,
    piece_of,
    room_of,
    sought_in,
)
from photolib.own.models import OwnRegion, OwnThing, Said
from photolib.own.no_faces import faces_in, is_on_a_face, without_faces
from photolib.own.numbers import features_to_bytes, points_to_bytes
from photolib.own.points import points_of
from photolib.own.windows import look_in

# A bite a minute: the other steps of photos go on meanwhile, and after it.
BITE_SECONDS = 20.0
# The search begins again from the newest photo when a thing has so many times the examples of the last time.
_AGAIN_AT = 2
FINISHED = 0
# What windows are compared in, and what pieces are cut from.
_SMALL, _LARGE = 640, 1600

_ANSWERED = (Said.YES, Said.NO)


def seek_due(_now: datetime) -> int:
    """One bite: learn what was answered, then look through older photos. Returns how many were looked at.

    A chore: safe to run twice, and to be killed.
    """
    until = time.monotonic() + BITE_SECONDS
    looked = 0
    libraries = (
        OwnThing.objects.filter(wanted=True).order_by("pk").values_list("library", flat=True)
    )
    for library in dict.fromkeys(libraries):
        if is_off(library):
            OwnThing.objects.filter(library=library).update(wanted=False)
            continue
        if _learn(library, until):
            _begin(library)
            looked += _look_back(library, until)
        if time.monotonic() >= until:
            break
    return looked


def forget_things(library: int) -> None:
    """Forget what marked pieces look like, and withdraw the machine's questions. What was said stays."""
    things = list(OwnThing.objects.filter(library=library).values_list("pk", flat=True))
    machines_questions(things).delete()
    OwnRegion.objects.filter(thing__in=things).update(look=None, points=None)
    OwnThing.objects.filter(pk__in=things).update(wanted=False, looked_down_to=None, looked_with=0)


def want_all(library: int) -> None:
    """Learn again from what was said, and look through all photos."""
    OwnThing.objects.filter(library=library).update(wanted=True, looked_down_to=None, looked_with=0)


def withdraw_faces(photo: Photo) -> None:
    """Take off what turned out to lie on a face, with what was learnt of it."""
    rows = list(OwnRegion.objects.filter(photo=photo))
    faces = faces_in(photo) if rows else []
    on_faces = [row.pk for row in rows if is_on_a_face(row.box, faces)]
    if on_faces:
        OwnRegion.objects.filter(pk__in=on_faces).delete()
        words_changed.send(sender=OwnRegion, photo=photo)


def _learn(library: int, until: float) -> bool:
    """What the answered pieces look like, as far as it is not known yet. Returns False out of time."""
    rows = OwnRegion.objects.filter(
        thing__library=library, thing__wanted=True, look__isnull=True, said__in=_ANSWERED
    ).select_related("photo")
    for row in rows.order_by("-pk"):
        if time.monotonic() >= until:
            return False
        withdraw_faces(row.photo)
        _learn_piece(row)
    return True


def _learn_piece(row: OwnRegion) -> None:
    picture = _picture(row.photo, _LARGE)
    if picture is None:
        return
    painted = without_faces(picture, faces_in(row.photo))
    look = features_to_bytes(look_in(network.places(np.asarray(painted)), row.box))
    said_yes = row.said == Said.YES
    points = points_to_bytes(points_of(piece_of(painted, row.box))) if said_yes else None
    # Only as it was answered, and where it was not switched off, while it was looked at.
    same = OwnRegion.objects.filter(pk=row.pk, said=row.said, changed_at=row.changed_at)
    if not is_off(row.photo.library_id):
        same.update(look=look, points=points)


def _begin(library: int) -> None:
    """Begin a search for each thing that has many more examples than the last time; end it for the rest."""
    for thing in OwnThing.objects.filter(library=library, wanted=True):
        examples = thing.regions.filter(said=Said.YES, look__isnull=False).count()
        if not examples:
            _stop(thing)
        elif examples >= _AGAIN_AT * thing.looked_with:
            OwnThing.objects.filter(pk=thing.pk).update(looked_with=examples, looked_down_to=None)
        elif thing.looked_down_to == FINISHED:
            OwnThing.objects.filter(pk=thing.pk).update(wanted=False)


def _stop(thing: OwnThing) -> None:
    """Nothing to go by any more: what the machine asked by it is asked no longer."""
    machines_questions([thing.pk]).delete()
    waiting = thing.regions.filter(said=Said.YES).exists()
    OwnThing.objects.filter(pk=thing.pk).update(wanted=waiting, looked_down_to=None, looked_with=0)


def _look_back(library: int, until: float) -> int:
    """Older photos, the newest first, for all things that wait to be looked for there at once."""
    looked = 0
    while time.monotonic() < until:
        things = _searching(library)
        if not things:
            break
        photo = _next_photo(library, things)
        if photo is None:
            OwnThing.objects.filter(pk__in=[one.pk for one in things]).update(
                looked_down_to=FINISHED, wanted=False
            )
            break
        _look_at(photo, [one.pk for one in things if _is_below(photo, one)])
        looked += 1
    return looked


def _searching(library: int) -> list[OwnThing]:
    things = OwnThing.objects.filter(library=library, wanted=True).exclude(looked_down_to=FINISHED)
    # One with a sitting of questions waits until some are answered.
    return [one for one in things if one.looked_with and room_of(one.pk) > 0]


def _is_below(photo: Photo, thing: OwnThing) -> bool:
    return thing.looked_down_to is None or photo.pk < thing.looked_down_to


def _next_photo(library: int, things: Sequence[OwnThing]) -> Photo | None:
    """The newest photo that one of these things was not looked for in."""
    photos = Photo.objects.filter(library=library, trashed_at__isnull=True)
    reached = [one.looked_down_to for one in things]
    if None not in reached:
        photos = photos.filter(pk__lt=max(at for at in reached if at is not None))
    return photos.order_by("-pk").first()


def _look_at(photo: Photo, things: Sequence[int]) -> None:
    picture = _picture(photo, _SMALL)
    if picture is not None:
        places = network.places(np.asarray(picture))
        large = _picture(photo, _LARGE) or picture
        ask(photo, look_for(sought_in(photo.library_id, things), photo, places, large))
    OwnThing.objects.filter(pk__in=things).update(looked_down_to=photo.pk)


def _picture(photo: Photo, size: int) -> Image.Image | None:
    """photolib's own smaller copy of a photo; None where there is none (yet): the step comes to it."""
    path = rendition_path(photo, size)
    if not path.exists():
        return None
    with Image.open(path, formats=["WEBP"]) as image:
        return image.convert("RGB")
