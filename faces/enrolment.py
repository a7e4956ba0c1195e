"""Making templates: only of confirmed faces of people whose live yes is checked as it is written."""

from collections.abc import Collection
from functools import partial

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from numpy.typing import NDArray

from faces.again import look_again, look_again_at_library
from faces.grounds import best_photos, faces_to_learn, live_decision, photos_teaching_others
from faces.models import Template
from faces.packs import Pack
from faces.sealing import seal_vector, template_aad
from photolib.consent import keys
from photolib.consent.decisions import people_allowing
from photolib.consent.models import Purpose
from photolib.library.models import Library, Photo
from photolib.people.models import FaceRegion, Person

# Templates a person and library: more cost time for each photo and tell little that is new.
MOST_TEMPLATES = 20


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

    library: the one that learns it; the photo need not be its own (faces.grounds).
    Call it inside the transaction that read the face: the live decision is asked here, in the same
    one, and stored with the template. With a person's first template all photos of the library are
    looked at again, after the commit.
    """
    decision = live_decision(person, library)
    if decision is None or not wants_template(
        person=person, library=library, region=region, pack=pack
    ):
        return None
    if not faces_to_learn(person, library, decision).filter(pk=region.pk).exists():
        return None
    templates = _templates(person, library, pack).order_by("-region__quality", "pk")
    for surplus in templates[MOST_TEMPLATES - 1 :]:
        surplus.delete()
    known = Template.objects.filter(person=person, library=library).first()
    key_id = known.key_id if known else keys.make_key()
    if known is None:
        transaction.on_commit(partial(look_again_at_library, library.pk))
    # A face has one template of each pack here: of another person it is not true any more.
    Template.objects.filter(region=region, library=library, pack=pack.name).delete()
    Template.objects.filter(region=region).exclude(person=person).delete()
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
    """Have the photos looked at again from which the library may make templates: the clearest faces
    of each person who said yes, or of this one, in its own photos and in others (faces.grounds).

    Returns how many photos that is.
    """
    allowing = people_allowing(Purpose.RECOGNISE, library)
    people = [person] if person else list(Person.objects.filter(pk__in=allowing))
    photos: set[int] = set()
    for somebody in people:
        photos.update(best_photos(somebody, library, most=MOST_TEMPLATES))
    return look_again(Photo.objects.filter(pk__in=photos))


def teach_others(*, source: Library, photos: Collection[int]) -> int:
    """Have those of these photos looked at again from which another library of the household may now
    learn somebody. Returns how many photos that is."""
    found = photos_teaching_others(source, photos, most=MOST_TEMPLATES)
    return look_again(Photo.objects.filter(pk__in=found)) if found else 0


def _templates(person: Person, library: Library, pack: Pack) -> QuerySet[Template]:
    return Template.objects.filter(person=person, library=library, pack=pack.name).select_related(
        "region"
    )
