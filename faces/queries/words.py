"""Faces in words: where they are, which of how many, and of whom they look."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from photolib.library.models import Photo
from photolib.people.models import Appearance, FaceRegion


def where(region: FaceRegion) -> str:
    """Where a face is in the picture, in words, as a viewer sees it."""
    middle = region.left + region.width / 2
    if middle < 1 / 3:
        return _("left")
    return _("centre") if middle <= 2 / 3 else _("right")


def alt_of(region: FaceRegion, photo: Photo, number: int, count: int) -> str:
    """The text of a face's crop: which face, where, and of which photo."""
    values = {
        "number": number,
        "count": count,
        "where": where(region),
        "date": date_format(photo.taken_on, "DATE_FORMAT"),
    }
    return _("Face %(number)s of %(count)s, %(where)s, from the photo of %(date)s") % values


def places_of(regions: Iterable[FaceRegion]) -> dict[int, tuple[int, int]]:
    """Which face from the left each is, and of how many in its photo, by the region's key."""
    wanted = {region.pk: region.photo_id for region in regions}
    by_photo: dict[int, list[int]] = {}
    shown = FaceRegion.objects.filter(photo__in=set(wanted.values()), dismissed=False)
    for key, photo in shown.order_by("left", "top", "pk").values_list("pk", "photo"):
        by_photo.setdefault(photo, []).append(key)
    return {
        key: (by_photo[photo].index(key) + 1, len(by_photo[photo]))
        for key, photo in wanted.items()
        if key in by_photo.get(photo, ())
    }


def alts_of(questions: Iterable[Appearance]) -> dict[int, str]:
    """The text of each question's face, by the question's key: which face it is, and of whom it looks.

    One query, however many there are.
    """
    rows = [(question, question.region) for question in questions]
    places = places_of([region for _question, region in rows if region is not None])
    texts = {}
    for question, region in rows:
        if region is not None:
            values = {
                "face": alt_of(region, question.photo, *places[region.pk]),
                "name": question.person.name,
            }
            texts[question.pk] = _("%(face)s; looks like %(name)s") % values
    return texts
