"""What the pages of faces show: faces of a photo, questions, groups. Rows only, never vectors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faces.models import FaceGroup, GroupingSession, Template, UnknownFace
from photolib.accounts.models import User
from photolib.consent.queries import Sighting, sightings
from photolib.library.models import Library, Photo
from photolib.library.queries import get_visible_photo
from photolib.people.models import (
    Appearance,
    AppearanceSource,
    AppearanceState,
    FaceRegion,
    NotThisPerson,
    Person,
)
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
        asked = _questions().filter(photo=photo)
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


def questions_for(viewer: User) -> QuerySet[Appearance]:
    """The open questions about the viewer's own photos, person by person, newest photo first."""
    return (
        _questions()
        .filter(photo__library__owner=viewer, photo__trashed_at__isnull=True)
        .order_by("person__name", "person", "-photo__taken_at", "pk")
    )


def _questions() -> QuerySet[Appearance]:
    return Appearance.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()),
        state=AppearanceState.ASKED,
        region__dismissed=False,
        person__hidden=False,
    ).select_related("person", "region", "photo__library__owner")


def get_question(viewer: User, pk: int) -> Appearance:
    """An open question about the viewer's own photos. Raises Http404."""
    question = questions_for(viewer).filter(pk=pk).first()
    if question is None:
        raise Http404
    return question


def waiting_by_person(viewer: User) -> list[tuple[Person, int]]:
    """Who is asked about more than once, with how many questions: the most first."""
    counted = (
        questions_for(viewer)
        .order_by()
        .values("person")
        .annotate(questions=Count("pk"))
        .filter(questions__gt=1)
        .order_by("-questions", "person")
    )
    rows = [(row["person"], row["questions"]) for row in counted]
    people = Person.objects.in_bulk([person for person, _count in rows])
    return [(people[person], count) for person, count in rows]


def questions_about(viewer: User, person: Person) -> QuerySet[Appearance]:
    """The open questions whether a face is this person, newest photo first."""
    return questions_for(viewer).filter(person=person)


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


def same_day(question: Appearance) -> int:
    """In how many other photos of that day and library the person is known to be."""
    return (
        Appearance.objects.filter(
            person=question.person,
            photo__library=question.photo.library,
            photo__taken_on=question.photo.taken_on,
            photo__trashed_at__isnull=True,
        )
        .exclude(state=AppearanceState.ASKED)
        .exclude(photo=question.photo)
        .values("photo")
        .distinct()
        .count()
    )


def groups_for(viewer: User, *, hidden: bool = False) -> QuerySet[FaceGroup]:
    """The groups of the viewer's own library, the largest first, with `size`: faces to be seen."""
    return (
        FaceGroup.objects.filter(library__owner=viewer, hidden=hidden)
        .annotate(size=Count("faces", filter=_shown("faces__")))
        .filter(size__gt=1)
        .order_by("-size", "pk")
    )


def get_group(viewer: User, pk: int) -> FaceGroup:
    """A group of the viewer's own library, hidden or not. Raises Http404."""
    group = FaceGroup.objects.filter(pk=pk, library__owner=viewer).first()
    if group is None:
        raise Http404
    return group


def faces_of(group: FaceGroup) -> QuerySet[UnknownFace]:
    """The faces of a group that are shown, the clearest first."""
    return (
        UnknownFace.objects.filter(_shown(), group=group)
        .select_related("region__photo")
        .order_by("-region__quality", "pk")
    )


def _shown(prefix: str = "") -> Q:
    return Q(
        **{
            f"{prefix}expired": False,
            f"{prefix}region__dismissed": False,
            f"{prefix}region__photo__trashed_at__isnull": True,
        }
    )


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a library keeps of faces, for the page that switches it off.

    next_end: when the first of the unknown faces' vectors is shredded.
    """

    templates: int
    unknown: int
    matches: int
    keep_days: int | None
    next_end: datetime | None


def holdings_of(library: Library) -> Holdings:
    """What would go if recognition were switched off now."""
    session = GroupingSession.objects.filter(library=library).first()
    unknown = UnknownFace.objects.filter(session__library=library, expired=False)
    matches = Appearance.objects.filter(photo__library=library, source=AppearanceSource.MACHINE)
    first = unknown.order_by("expires_at").first()
    return Holdings(
        templates=Template.objects.filter(library=library).count(),
        unknown=unknown.count(),
        matches=matches.count(),
        keep_days=session.keep_days if session else None,
        next_end=first.expires_at if first else None,
    )
