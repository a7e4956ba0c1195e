"""The first two steps of a photo's way: what its file says, and the copies that pages show."""

from dataclasses import fields
from functools import partial

from django.db.models import CharField
from django.utils import timezone

from photolib.core.errors import RefusedFile, StepError
from photolib.core.metadata import Metadata
from photolib.core.metadata import read_metadata as read_notes
from photolib.core.pixels import Pixels
from photolib.core.places import Place, place_of
from photolib.core.steps import Step, Write
from photolib.library.models import Photo, TakenSource
from photolib.library.queries import sidecar_of
from photolib.library.renditions import encode_renditions, remove_renditions, write_renditions

_TAKEN = ("taken_at", "taken_offset", "taken_source", "taken_on")
_KEPT = ("latitude", "longitude", "camera_make", "camera_model", "lens")
_PLACE = ("place_town", "place_region", "place_country")


def _read_metadata(photo: Photo, pixels: Pixels) -> Write:
    """When, where and with what the photo was taken. A date set by hand stays."""
    # Only the first run still knows the file's own date: acceptance left it as taken_at.
    file_date = photo.taken_at if photo.taken_source == TakenSource.FILE else None
    try:
        found = read_notes(
            pixels.path,
            name=photo.original_name,
            file_date=file_date,
            received_at=photo.received_at,
            time_zone=timezone.get_default_timezone(),
            sidecar=sidecar_of(photo),
        )
    except RefusedFile as error:
        raise StepError(str(error), permanent=True) from error
    place = (
        place_of(found.latitude, found.longitude)
        if found.latitude is not None and found.longitude is not None
        else Place()
    )
    return partial(_write_metadata, photo.pk, found, place)


def _write_metadata(photo_pk: int, found: Metadata, place: Place) -> None:
    known = {field.name: getattr(found, field.name) for field in fields(found)}
    values = {name: _cut(name, known[name]) for name in _KEPT}
    towns = dict(zip(_PLACE, (place.town, place.region, place.country), strict=True))
    values |= {name: _cut(name, text) for name, text in towns.items()}
    photo = Photo.objects.filter(pk=photo_pk)
    photo.update(**values)
    # In the database, not before: somebody may have set the date while the file was read.
    photo.exclude(taken_source=TakenSource.HUMAN).update(**{name: known[name] for name in _TAKEN})


def _cut(field: str, value: str | float | None) -> str | float | None:
    """A text as long as its column takes; anything else as it is."""
    column = Photo._meta.get_field(field)
    if isinstance(column, CharField) and isinstance(value, str):
        return value[: column.max_length]
    return value


def _make_renditions(photo: Photo, pixels: Pixels) -> None:
    """The renditions of renditions.SIZES, as files: there is nothing to write into the database."""
    write_renditions(photo.pk, encode_renditions(pixels.image))
    # Who removes the photo removes its files; those that were written after that are ours to remove.
    if not Photo.objects.filter(pk=photo.pk).exists():
        remove_renditions(photo.pk)


read_metadata = Step(name="read_metadata", version=1, run=_read_metadata)
make_renditions = Step(name="make_renditions", version=1, run=_make_renditions)
