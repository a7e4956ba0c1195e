"""The templates a photo is compared with, opened for as long as that takes."""

from datetime import date

import numpy as np
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from faces.matching import Gallery
from faces.models import Template
from faces.packs import Pack
from faces.sealing import open_template
from photolib.consent.decisions import people_allowing
from photolib.consent.errors import KeyGone
from photolib.consent.models import Purpose
from photolib.library.models import Library, Photo, TakenSource

# When a file was written or arrived says only that the picture is not younger.
NO_DAY = frozenset({TakenSource.FILE, TakenSource.RECEIVED})


def day_of(photo: Photo) -> date | None:
    """The day the photo was taken, None where nothing but the file's own date tells of it."""
    return _day(photo.taken_on, photo.taken_source)


def empty_gallery(pack: Pack) -> Gallery:
    return Gallery((), np.zeros((0, pack.dimensions), dtype=np.float32))


def gallery_for(photo: Photo, library: Library, pack: Pack) -> Gallery:
    """The templates of people with a live yes who were born by the day of the photo.

    That day counts here wherever it comes from: a picture may be older than its file, and is hardly
    ever younger. Raises KeystoreLocked.
    """
    rows = Template.objects.filter(library=library, pack=pack.name).annotate(
        birthday=Coalesce("person__user__birthday", "person__birthday"),
        taken_on=F("region__photo__taken_on"),
        taken_source=F("region__photo__taken_source"),
    )
    born = Q(birthday__isnull=True) | Q(birthday__lte=photo.taken_on)
    templates = list(rows.filter(born).order_by("pk"))
    # Who allows it is asked after the rows were read, and not at all where there are none.
    allowed = people_allowing(Purpose.RECOGNISE, library) if templates else set()
    opened = [(row, _open(row)) for row in templates if row.person_id in allowed]
    found = [(row, vector) for row, vector in opened if vector is not None]
    if not found:
        return empty_gallery(pack)
    return Gallery(
        people=tuple(row.person_id for row, _vector in found),
        vectors=np.stack([vector for _row, vector in found]),
        days=tuple(_day(row.taken_on, row.taken_source) for row, _vector in found),
        birthdays={row.person_id: row.birthday for row, _vector in found if row.birthday},
    )


def _day(taken_on: date, source: str) -> date | None:
    return None if source in NO_DAY else taken_on


def _open(template: Template) -> NDArray[np.float32] | None:
    """None for one that was erased between reading its row and opening it."""
    try:
        return open_template(template)
    except KeyGone:
        return None
