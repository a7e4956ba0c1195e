"""The short half of the step: what was found goes into the database, in the transaction of the runner.

Boxes are always written. Everything beyond is written only under the consent epoch in which it was
found, and each person is asked for again here.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from faces.again import look_again_at_photo
from faces.boxes import pair_boxes
from faces.engine import DetectedFace
from faces.enrolment import make_template
from faces.erasure import drop_empty_groups
from faces.findings import Findings
from faces.matching import Match
from faces.models import PiledFace, UnknownFace
from faces.packs import Pack
from faces.piles import bounds_of
from faces.quality import trusted_quality
from faces.writing_groups import keep_coming, keep_unknown
from photolib.consent.decisions import decide, people_at_rest
from photolib.consent.models import Purpose
from photolib.library.models import Library, Photo, RecognitionState
from photolib.people.models import (
    Appearance,
    AppearanceSource,
    AppearanceState,
    FaceRegion,
    NotThisPerson,
    Person,
    RegionSource,
)

# A question nobody answers ends after so many days.
QUESTION_DAYS = 30


def write_findings(findings: Findings, ahead: Findings | None = None) -> None:
    """Write what `look` found, and what `look_ahead` did. Call it inside a transaction."""
    photo = Photo.objects.select_related("library").filter(pk=findings.photo).first()
    if photo is None:
        return
    found = [findings] if ahead is None else [findings, ahead]
    taught = {lesson.library for one in found for lesson in one.lessons}
    libraries = _lock({photo.library_id, *taught})
    library = libraries[photo.library_id]
    regions = write_regions(photo, findings)
    if (library.consent_epoch, library.recognition) != (findings.epoch, findings.state):
        # Somebody decided meanwhile: look again, under what holds now.
        transaction.on_commit(partial(look_again_at_photo, photo.pk))
        return
    for one in found:
        _write_lessons(one, regions, libraries)
    if library.recognition == RecognitionState.OFF:
        return
    for one in found:
        _write_templates(one, regions, library)
    _write_matches(findings, regions, photo, library)
    if findings.session is not None:
        keep_unknown(findings, regions, library)
    if ahead is not None:
        keep_coming(ahead, regions, library)
    _forget_vectors_of_known(photo, library)


def _lock(keys: set[int]) -> dict[int, Library]:
    """Locked: a withdrawal waits for this transaction, or this one sees the withdrawal.

    In order of their keys, as everywhere: two that lock several do not wait for each other.
    """
    return {
        library.pk: library
        for library in Library.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }


def write_regions(photo: Photo, findings: Findings) -> list[FaceRegion]:
    """Boxes of this run, in the order of findings.faces.

    A known face is brought up to date, a new one added; one that is not found any more goes, unless a
    person said or drew something there.
    """
    known = list(FaceRegion.objects.select_for_update().filter(photo=photo))
    boxes = [(region.left, region.top, region.width, region.height) for region in known]
    pairs = pair_boxes([face.box() for face in findings.faces], boxes)
    regions = []
    for face, place in zip(findings.faces, pairs, strict=True):
        region = FaceRegion(photo=photo) if place is None else known[place]
        _bring_up_to_date(region, face, findings.pack)
        regions.append(region)
    FaceRegion.objects.bulk_create([region for region in regions if region.pk is None])
    for region in regions:
        if region in known:
            region.save()
    kept = {region.pk for region in regions}
    for region in known:
        if region.pk not in kept and _is_only_the_machines(region):
            region.delete()
    return regions


def _bring_up_to_date(region: FaceRegion, face: DetectedFace, pack: Pack) -> None:
    if region.source == RegionSource.MACHINE:
        region.on_picture = face.on_picture
        region.left, region.top, region.width, region.height = face.box()
        region.confidence = face.confidence
        region.detector = pack.detector
    region.quality = trusted_quality(face.quality, on_picture=region.is_picture, pack=pack)


def _is_only_the_machines(region: FaceRegion) -> bool:
    return (
        region.source == RegionSource.MACHINE
        and not region.dismissed
        and not region.appearances.exclude(source=AppearanceSource.MACHINE).exists()
        and not region.refusals.exists()
    )


def _write_templates(findings: Findings, regions: list[FaceRegion], library: Library) -> None:
    learn = partial(make_template, pack=findings.pack)
    for kept in findings.enrol:
        region = regions[kept.face]
        said = _said_at(region).select_related("person").first()
        if said is not None and not region.dismissed:
            learn(person=said.person, library=library, region=region, vector=kept.vector)


def _write_lessons(
    findings: Findings, regions: list[FaceRegion], libraries: dict[int, Library]
) -> None:
    """What other libraries learn of this photo: each under its own epoch, yes and key."""
    learn = partial(make_template, pack=findings.pack)
    for lesson in findings.lessons:
        library, region = libraries.get(lesson.library), regions[lesson.face]
        said = _said_at(region).select_related("person").first()
        if library is None or said is None:
            continue
        if library.consent_epoch != lesson.epoch:
            transaction.on_commit(partial(look_again_at_photo, findings.photo))
            continue
        learn(person=said.person, library=library, region=region, vector=lesson.vector)


def _write_matches(
    findings: Findings, regions: list[FaceRegion], photo: Photo, library: Library
) -> None:
    """Bring the machine's rows of this photo to what this run found; a row that stays keeps its key."""
    wanted: dict[int, tuple[Person, Match]] = {}
    for match in findings.matches:
        region = regions[match.face]
        person = Person.objects.filter(pk=match.person).first()
        if person is not None and _may_write(person, region, photo, library):
            wanted[region.pk] = (person, match)
    rows = list(Appearance.objects.filter(photo=photo, source=AppearanceSource.MACHINE))
    resting = people_at_rest(Purpose.RECOGNISE, library) if rows else set()
    for row in rows:
        if row.person_id in resting:
            # Kept as it is, and shown to nobody, until the person decides.
            wanted.pop(row.region_id or 0, None)
            continue
        found = wanted.get(row.region_id or 0)
        if found and (row.person_id, row.state) == (found[1].person, _state(found[1])):
            wanted.pop(row.region_id or 0)
        else:
            row.delete()
    ends = timezone.now() + timedelta(days=QUESTION_DAYS)
    for region_id, (person, match) in wanted.items():
        Appearance.objects.create(
            person=person,
            photo=photo,
            region_id=region_id,
            state=_state(match),
            source=AppearanceSource.MACHINE,
            expires_at=None if match.sure else ends,
        )


def _state(match: Match) -> AppearanceState:
    return AppearanceState.AUTO if match.sure else AppearanceState.ASKED


def _may_write(person: Person, region: FaceRegion, photo: Photo, library: Library) -> bool:
    """Asked again in the transaction that writes: consent, and what people said meanwhile."""
    said_here = _said_at(region).exists()
    said_of_person = Appearance.objects.filter(photo=photo, person=person).exclude(
        source=AppearanceSource.MACHINE
    )
    refused = NotThisPerson.objects.filter(region=region, person=person)
    piled = PiledFace.objects.filter(region=region).first()
    return (
        not region.dismissed
        and not said_here
        and not said_of_person.exists()
        and not refused.exists()
        and (piled is None or bounds_of(region=region.pk, pile=piled.pile_id).allow(person.pk))
        and decide(person, Purpose.RECOGNISE, library).allowed
    )


def _said_at(region: FaceRegion) -> QuerySet[Appearance]:
    return Appearance.objects.filter(region=region, state=AppearanceState.CONFIRMED).exclude(
        source=AppearanceSource.MACHINE
    )


def _forget_vectors_of_known(photo: Photo, library: Library) -> None:
    """A face with a name needs no vector as an unknown one."""
    UnknownFace.objects.filter(region__photo=photo, region__appearances__isnull=False).exclude(
        region__appearances__state=AppearanceState.ASKED
    ).delete()
    drop_empty_groups(library=library)
