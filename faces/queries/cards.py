"""The faces of a photo, as a page tells of them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from faces.queries.questions import open_questions
from faces.queries.words import alt_of, where
from photolib.accounts.models import User
from photolib.consent.queries import Sighting, sightings
from photolib.library.models import Photo
from photolib.library.queries import get_visible_photo
from photolib.people.models import Appearance, FaceRegion, NotThisPerson
from photolib.people.queries import regions_of


@dataclass(frozen=True, slots=True)
class FaceCard:
    """One face as a page tells of it.

    number of count: from left to right. where: in words. alt: the text of its crop.
    seen: who it is, as far as the viewer may know. question: open, for the owner alone.
    may_look: whether the viewer gets the crop.
    """

    region: FaceRegion
    number: int
    count: int
    where: str
    alt: str
    may_look: bool
    seen: Sighting | None = None
    question: Appearance | None = None
    refusals: tuple[NotThisPerson, ...] = ()


def cards_of(photo: Photo, viewer: User) -> list[FaceCard]:
    """The faces of a photo that the viewer may see, from left to right. A constant number of queries."""
    regions = list(regions_of(photo))
    owner = photo.library.owner_id == viewer.pk
    seen = {row.region_id: row for row in sightings([photo], viewer)[photo.pk]}
    questions: dict[int | None, Appearance] = {}
    refusals: dict[int, list[NotThisPerson]] = {}
    if owner:
        asked = open_questions().filter(photo=photo)
        questions = {row.region_id: row for row in asked}
        for refusal in NotThisPerson.objects.filter(region__photo=photo).select_related("person"):
            refusals.setdefault(refusal.region_id, []).append(refusal)
    return [
        FaceCard(
            region=region,
            number=number,
            count=len(regions),
            where=where(region),
            alt=alt_of(region, photo, number, len(regions)),
            may_look=owner or region.pk in seen,
            seen=seen.get(region.pk),
            question=questions.get(region.pk),
            refusals=tuple(refusals.get(region.pk, ())),
        )
        for number, region in enumerate(regions, start=1)
    ]


def card_of(region: FaceRegion, viewer: User) -> FaceCard:
    """The card of one face. Raises Http404 where the viewer may not see it."""
    photo = get_visible_photo(viewer, region.photo_id)
    for card in cards_of(photo, viewer):
        if card.region.pk == region.pk:
            return card
    raise Http404


def get_visible_region(viewer: User, pk: int) -> FaceRegion:
    """A face of a photo that the viewer may see, dismissed or not. Raises Http404."""
    region = FaceRegion.objects.filter(pk=pk).select_related("photo__library__owner").first()
    if region is None:
        raise Http404
    get_visible_photo(viewer, region.photo_id)
    return region


def may_see_crop(viewer: User, region: FaceRegion) -> bool:
    """Nameless faces are shown to the photo's owner; named ones to whoever may know the name."""
    photo = region.photo
    if photo.library.owner_id == viewer.pk:
        return True
    return any(row.region_id == region.pk for row in sightings([photo], viewer)[photo.pk])


def dismissed_of(photo: Photo) -> QuerySet[FaceRegion]:
    """What a person said is not a face, from left to right."""
    return FaceRegion.objects.filter(photo=photo, dismissed=True).order_by("left", "pk")
