"""Making templates: only of confirmed faces of people whose live yes is checked as it is written."""

from functools import partial

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from faces.again import look_again, look_again_at_library
from faces.models import Template
from faces.packs import Pack
from faces.sealing import seal_vector, template_aad
from photolib.consent import keys
from photolib.consent.decisions import decide
from photolib.consent.models import Decision, Purpose
from photolib.library.models import Library, Photo
from photolib.people.models import AppearanceState, FaceRegion, Person

# Templates a person and library: more cost time for each photo and tell little that is new.
MOST_TEMPLATES = 20


def live_decision(person: Person, library: Library) -> Decision | None:
    """The yes that allows recognising this person in this library now, or None."""
    if not decide(person, Purpose.RECOGNISE, library).allowed:
        return None
    return (
        Decision.objects.filter(person=person, library=library, purpose=Purpose.RECOGNISE)
        .order_by("-pk")
        .first()
    )


def wants_template(*, person: Person, library: Library, region: FaceRegion, pack: Pack) -> bool:
    """Whether this face would help to recognise the person. Consent is not asked here."""
    if region.quality < pack.auto_quality:
        return False
    templates = _templates(person, library, pack)
    if templates.filter(region=region).exists():
        return False
    weakest = templates.order_by("region__quality").first()
    enough = templates.count() >= MOST_TEMPLATES
    return weakest is None or not enough or weakest.region.quality < region.quality


def make_template(
    *, person: Person, library: Library, region: FaceRegion, vector: NDArray[np.float32], pack: Pack
) -> Template | None:
    """Keep the face's embedding (d,) as a template; None where it is not allowed or not wanted.

    Call it inside the transaction that read the face: the live decision is asked here, in the same
    one, and stored with the template. With a person's first template all photos of the library are
    looked at again, after the commit.
    """
    decision = live_decision(person, library)
    if decision is None or not wants_template(
        person=person, library=library, region=region, pack=pack
    ):
        return None
    templates = _templates(person, library, pack).order_by("-region__quality", "pk")
    for surplus in templates[MOST_TEMPLATES - 1 :]:
        surplus.delete()
    known = Template.objects.filter(person=person, library=library).first()
    key_id = known.key_id if known else keys.make_key()
    if known is None:
        transaction.on_commit(partial(look_again_at_library, library.pk))
    # A face has one template of each pack: of another person it is not true any more.
    Template.objects.filter(Q(pack=pack.name) | ~Q(person=person), region=region).delete()
    aad = template_aad(
        person=person.pk,
        library=library.pk,
        decision=decision.pk,
        region=region.pk,
        pack=pack.name,
    )
    return Template.objects.create(
        person=person,
        library=library,
        region=region,
        decision=decision,
        key_id=key_id,
        pack=pack.name,
        sealed=seal_vector(key_id, vector, aad=aad),
    )


def look_at_confirmed_faces(*, library: Library, person: Person | None = None) -> int:
    """Have the photos looked at again from which templates can be made: the best faces of each person.

    Returns how many photos that is.
    """
    confirmed = FaceRegion.objects.filter(
        photo__library=library,
        dismissed=False,
        appearances__state=AppearanceState.CONFIRMED,
    ).order_by("-quality", "pk")
    people = (
        [person.pk]
        if person
        else confirmed.order_by().values_list("appearances__person", flat=True).distinct()
    )
    photos: set[int] = set()
    for pk in people:
        best = confirmed.filter(appearances__person=pk)[:MOST_TEMPLATES]
        photos.update(best.values_list("photo_id", flat=True))
    return look_again(Photo.objects.filter(pk__in=photos))


def _templates(person: Person, library: Library, pack: Pack) -> QuerySet[Template]:
    return Template.objects.filter(person=person, library=library, pack=pack.name).select_related(
        "region"
    )
