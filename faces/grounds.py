"""From which photos a library may learn whose face: asked when a template is made, and every minute after.

A library learns from faces that somebody named by hand, of people whose yes counts there, and
- in its own photos;
- in photos of housemates that its owner may see, if recognition is on there too and the text that the
  person said yes to speaks of such photos;
- in photos that their owner, who is this person or their guardian, handed over (faces.handing).
Nothing is copied from one library to the other: each template is computed from the picture.
"""

from collections.abc import Collection, Mapping

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from faces.models import HandOver, Template
from photolib.consent.decisions import decide, pairs_allowing
from photolib.consent.models import Decision, Purpose
from photolib.consent.wording import SPEAK_OF_HOUSEMATES
from photolib.library.models import Library, Photo, RecognitionState
from photolib.library.queries import photos_visible_to
from photolib.people.models import (
    Appearance,
    AppearanceSource,
    AppearanceState,
    FaceRegion,
    Person,
)

_NEVER = Q(pk__in=[])


class Ground(models.TextChoices):
    """By what right a template is there."""

    OWN = "own", _("from a photo of this library")
    SEEN = "seen", _("from a housemate's photo that its owner may see")
    HANDED_OVER = "handed_over", _("from a photo that the person handed over")


def live_decision(person: Person, library: Library) -> Decision | None:
    """The yes that allows recognising this person in this library now, or None."""
    if not decide(person, Purpose.RECOGNISE, library).allowed:
        return None
    return (
        Decision.objects.filter(person=person, library=library, purpose=Purpose.RECOGNISE)
        .order_by("-pk")
        .first()
    )


def faces_to_learn(person: Person, library: Library, decision: Decision) -> QuerySet[FaceRegion]:
    """The faces from which the library may learn this person. decision: their live yes to it."""
    handed = HandOver.objects.filter(region=OuterRef("pk"), person=person, library=library)
    spoken = Q() if decision.text_id in SPEAK_OF_HOUSEMATES else _NEVER
    return FaceRegion.objects.filter(
        Exists(_said(OuterRef("pk"), person.pk)),
        Q(photo__library=library) | _seen(library, "photo", spoken) | _handed(handed, "photo"),
        dismissed=False,
    )


def borrowed() -> QuerySet[Template]:
    """Templates whose face is in a photo of another library."""
    return Template.objects.exclude(region__photo__library=F("library"))


def without_ground(library: Library) -> QuerySet[Template]:
    """The library's templates from others' photos that nothing allows any more."""
    handed = HandOver.objects.filter(
        region=OuterRef("region"), person=OuterRef("person"), library=library
    )
    spoken = Q(decision__text_id__in=SPEAK_OF_HOUSEMATES)
    grounded = Q(Exists(_said(OuterRef("region"), OuterRef("person")))) & (
        _seen(library, "region__photo", spoken) | _handed(handed, "region__photo")
    )
    return borrowed().filter(library=library).exclude(pk__in=Template.objects.filter(grounded))


def drop_groundless(_now: object = None) -> int:
    """Delete the templates that nothing allows any more, and say how many. Also a chore of every minute.

    Most go at once, when a photo is hidden or a hand-over ends. The chore finds what nobody tells of,
    such as the photos of somebody who left the household.
    """
    keys = set(borrowed().values_list("library", flat=True))
    libraries = Library.objects.filter(pk__in=keys).select_related("owner") if keys else ()
    return sum(without_ground(library).delete()[0] for library in libraries)


def others_learning(
    photo: Photo, named: Mapping[FaceRegion, Person]
) -> list[tuple[FaceRegion, Library]]:
    """Each other library that may learn a face of the photo. named: who was named where by hand.

    One query where recognition is on in no other library, two where nobody of `named` said yes there.
    """
    libraries = _beside(photo.library_id) if named else {}
    allowing = pairs_allowing(Purpose.RECOGNISE, libraries) if libraries else set()
    return [
        (region, libraries[library])
        for region, person in named.items()
        for whom, library in sorted(allowing)
        if whom == person.pk and may_learn(person, libraries[library], region)
    ]


def may_learn(person: Person, library: Library, region: FaceRegion) -> bool:
    """Whether the library may learn this person from this face now."""
    decision = live_decision(person, library)
    if decision is None:
        return False
    return faces_to_learn(person, library, decision).filter(pk=region.pk).exists()


def best_photos(person: Person, library: Library, *, most: int) -> list[int]:
    """The photos with the clearest faces from which the library may learn this person."""
    decision = live_decision(person, library)
    if decision is None:
        return []
    faces = faces_to_learn(person, library, decision).order_by("-quality", "pk")
    return list(faces.values_list("photo_id", flat=True)[:most])


def photos_teaching_others(source: Library, keys: Collection[int], *, most: int) -> set[int]:
    """Those of these photos of `source` from which another library may learn a face it has not learnt.

    most: faces a person and library, the clearest first. Two queries where recognition is on nowhere
    else or nobody is named, and a few for each of the named who said yes to another library.
    """
    libraries = _beside(source.pk)
    said = Appearance.objects.filter(
        photo__in=keys, region__isnull=False, state=AppearanceState.CONFIRMED
    )
    people = Person.objects.in_bulk(set(said.values_list("person", flat=True))) if libraries else {}
    allowing = pairs_allowing(Purpose.RECOGNISE, libraries) if people else set()
    photos: set[int] = set()
    for person, library in sorted(allowing):
        decision = live_decision(people[person], libraries[library]) if person in people else None
        if decision is not None:
            faces = faces_to_learn(people[person], libraries[library], decision)
            new = faces.filter(photo__in=keys).exclude(templates__library=library)
            best = new.order_by("-quality", "pk")[:most]
            photos.update(best.values_list("photo_id", flat=True))
    return photos


def grounds_of(templates: QuerySet[Template]) -> dict[int, Ground]:
    """By what right each of these templates is there, by key, in one query. A photo that was handed
    over and may be seen as well counts as handed over; whether it still may is `without_ground`."""
    handed = HandOver.objects.filter(
        region=OuterRef("region"), person=OuterRef("person"), library=OuterRef("library")
    )
    rows = templates.annotate(
        own=Exists(Photo.objects.filter(regions=OuterRef("region"), library=OuterRef("library"))),
        handed=Exists(handed),
    ).values_list("pk", "own", "handed")
    return {
        pk: Ground.OWN if own else Ground.HANDED_OVER if given else Ground.SEEN
        for pk, own, given in rows
    }


def _beside(library: int) -> dict[int, Library]:
    """The other libraries of the household in which recognition is on, by key."""
    household = Library.objects.filter(pk=library).values("owner__household")
    found = (
        Library.objects.filter(owner__household__in=household, owner__is_active=True)
        .exclude(pk=library)
        .exclude(recognition=RecognitionState.OFF)
        .select_related("owner")
    )
    return {entry.pk: entry for entry in found}


def _said(region: OuterRef, person: OuterRef | int) -> QuerySet[Appearance]:
    rows = Appearance.objects.filter(region=region, person=person, state=AppearanceState.CONFIRMED)
    return rows.exclude(source=AppearanceSource.MACHINE)


def _seen(library: Library, photo: str, spoken: Q) -> Q:
    """A photo that the library's owner may see, of a library whose own owner has recognition on."""
    visible = Q(**{f"{photo}__in": photos_visible_to(library.owner).values("pk")})
    return visible & ~Q(**{f"{photo}__library__recognition": RecognitionState.OFF}) & spoken


def _handed(handed: QuerySet[HandOver], photo: str) -> Q:
    return Q(Exists(handed)) & Q(**{f"{photo}__trashed_at__isnull": True})
