"""The slow half of the step: detect, and as far as consent reaches embed, compare and group.

It only reads. What it leaves behind are the Findings; every other vector ends with this call.
"""

from collections.abc import Set
from dataclasses import dataclass, replace

import numpy as np

from faces.again import nothing_else_due
from faces.boxes import pair_boxes
from faces.engine import DetectedFace, FaceEngine, Image, Vectors, mark_pictures
from faces.enrolment import wants_template
from faces.findings import Findings, Kept, Lesson, NewOrder
from faces.gallery import day_of, empty_gallery, gallery_for
from faces.grounds import live_decision, others_learning
from faces.grouping import Face, group_faces, keep_names
from faces.held import HeldVectors, hold
from faces.journal import newest_entry
from faces.matching import Match, Probe, match_faces
from faces.models import GroupingSession, HandOver, PiledFace, UnknownFace
from faces.packs import Pack
from faces.piles import apart_in, bounds_of
from faces.placing import Member, Place, place_face
from faces.quality import trusted_quality
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

# Below this many, putting all groups in order costs less than one embedding.
FEW_FACES = 2000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the photo's faces before: by the place of a detected face, its region."""

    regions: dict[int, FaceRegion]
    names: dict[int, Person]  # by region: confirmed there by a person
    refused: dict[int, set[int]]  # by region: who it is not
    in_photo: set[int]  # people confirmed anywhere in the photo
    piles: dict[int, int]  # by region: what a person put it together with


def look(photo: Photo, image: Image, engine: FaceEngine) -> Findings:
    """Look at one photo as far as its library's state allows. Raises ModelMissing, KeystoreLocked."""
    library = Library.objects.get(pk=photo.library_id)
    faces = mark_pictures(image, engine.detect(image))
    findings = Findings(
        photo=photo.pk,
        epoch=library.consent_epoch,
        state=library.recognition,
        pack=engine.pack,
        faces=tuple(faces),
    )
    if not faces or not may_be_measured(photo, library):
        return findings
    known = known_faces(photo, faces)
    faces = trusted_faces(faces, known, engine.pack)
    on = _is_on(library)
    gallery = gallery_for(photo, library, engine.pack) if on else empty_gallery(engine.pack)
    grouping = library.recognition == RecognitionState.HOUSEHOLD
    enrol = faces_to_enrol(faces, known, library, engine.pack)
    learning = faces_for_others(faces, known, photo, engine.pack)
    open_ones = _without_name(faces, known, engine.pack) if gallery.people or grouping else []
    wanted = sorted({*enrol, *open_ones, *(at for at, _library in learning)})
    if not wanted:
        # Nobody to recognise: the recognition model is not even opened.
        return findings
    rows = engine.embed(image, [faces[at] for at in wanted])
    vectors = dict(zip(wanted, rows, strict=True))
    people = frozenset(gallery.people)
    probes = [
        Probe(at, faces[at].quality, vectors[at], _refused(at, known, people)) for at in open_ones
    ]
    matches = match_faces(
        probes, gallery, taken=known.in_photo, pack=engine.pack, day=day_of(photo)
    )
    findings = replace(
        findings,
        matches=tuple(matches),
        enrol=tuple(Kept(at, vectors[at]) for at in enrol),
        lessons=lessons_of(learning, vectors),
    )
    if not grouping:
        return findings
    fresh = _not_kept_yet(photo, known, _unnamed(probes, matches))
    return _grouped(findings, library, _as_members(fresh, photo, known))


def may_be_measured(photo: Photo, library: Library) -> bool:
    """Whether recognition is on in the photo's library, or somebody handed over this very photo."""
    return _is_on(library) or HandOver.objects.filter(region__photo=photo).exists()


def _is_on(library: Library) -> bool:
    return library.recognition != RecognitionState.OFF


def known_faces(photo: Photo, faces: list[DetectedFace]) -> Known:
    """What is known of these faces of the photo, by the places of the boxes."""
    regions = list(FaceRegion.objects.filter(photo=photo))
    pairs = pair_boxes(
        [face.box() for face in faces],
        [(region.left, region.top, region.width, region.height) for region in regions],
    )
    names: dict[int, Person] = {}
    in_photo: set[int] = set()
    said = Appearance.objects.filter(photo=photo).exclude(source=AppearanceSource.MACHINE)
    for row in said.filter(state=AppearanceState.CONFIRMED).select_related("person"):
        in_photo.add(row.person_id)
        if row.region_id is not None:
            names[row.region_id] = row.person
    refused: dict[int, set[int]] = {}
    for refusal in NotThisPerson.objects.filter(region__photo=photo):
        refused.setdefault(refusal.region_id, set()).add(refusal.person_id)
    found = {at: regions[place] for at, place in enumerate(pairs) if place is not None}
    piled = PiledFace.objects.filter(region__photo=photo).values_list("region_id", "pile_id")
    return Known(found, names, refused, in_photo, piles=dict(piled))


def trusted_faces(faces: list[DetectedFace], known: Known, pack: Pack) -> list[DetectedFace]:
    """The faces with the quality that is trusted: pictures of people, as far as one knows, have less."""
    found = []
    for at, face in enumerate(faces):
        region = known.regions.get(at, FaceRegion())
        if region.source == RegionSource.MACHINE:
            region.on_picture = face.on_picture
        quality = trusted_quality(face.quality, on_picture=region.is_picture, pack=pack)
        found.append(replace(face, quality=quality))
    return found


def faces_to_enrol(
    faces: list[DetectedFace], known: Known, library: Library, pack: Pack
) -> list[int]:
    """Faces named by hand whose person said yes, and which would make a template."""
    wanted = []
    for at, region in known.regions.items():
        person = known.names.get(region.pk)
        if person is None or live_decision(person, library) is None:
            continue
        region.quality = faces[at].quality
        if wants_template(person=person, library=library, region=region, pack=pack):
            wanted.append(at)
    return wanted


def faces_for_others(
    faces: list[DetectedFace], known: Known, photo: Photo, pack: Pack
) -> list[tuple[int, Library]]:
    """(face, library): faces named by hand that housemates' libraries may learn and want."""
    places = {region: at for at, region in known.regions.items() if region.pk in known.names}
    for region, at in places.items():
        region.quality = faces[at].quality
    named = {region: known.names[region.pk] for region in places}
    return [
        (places[region], library)
        for region, library in others_learning(photo, named)
        if wants_template(person=named[region], library=library, region=region, pack=pack)
    ]


def lessons_of(
    learning: list[tuple[int, Library]], vectors: dict[int, Vectors]
) -> tuple[Lesson, ...]:
    """What faces_for_others found, with its vectors by the place of the face."""
    return tuple(Lesson(at, other.pk, other.consent_epoch, vectors[at]) for at, other in learning)


def _without_name(faces: list[DetectedFace], known: Known, pack: Pack) -> list[int]:
    """Faces that nobody named or dismissed, good enough to be embedded."""
    found = []
    for at, face in enumerate(faces):
        region = known.regions.get(at)
        named = region is not None and (region.dismissed or region.pk in known.names)
        if not named and face.quality >= pack.embed_quality:
            found.append(at)
    return found


def _refused(at: int, known: Known, people: frozenset[int]) -> frozenset[int]:
    """Those of the gallery whom this face is not, as people said or as follows from it."""
    region = known.regions.get(at)
    if region is None:
        return frozenset()
    refused = frozenset(known.refused.get(region.pk, ()))
    pile = known.piles.get(region.pk)
    if pile is None or not people:
        return refused
    bounds = bounds_of(region=region.pk, pile=pile)
    return refused | {person for person in people if not bounds.allow(person)}


def _unnamed(probes: list[Probe], matches: list[Match]) -> list[Probe]:
    """The faces that stay unknown: those without a match that needs no asking."""
    sure = {match.face for match in matches if match.sure}
    return [probe for probe in probes if probe.face not in sure]


def _not_kept_yet(photo: Photo, known: Known, probes: list[Probe]) -> list[Probe]:
    """Those without a row: one whose time is over has a row too, and is not kept a second time."""
    kept = set(UnknownFace.objects.filter(region__photo=photo).values_list("region_id", flat=True))
    rows = {at for at, region in known.regions.items() if region.pk in kept}
    return [probe for probe in probes if probe.face not in rows]


def _as_members(fresh: list[Probe], photo: Photo, known: Known) -> list[Member]:
    """The faces that are not kept yet, as grouping sees them: numbered by -1 - their place."""
    members = []
    for probe in fresh:
        region = known.regions.get(probe.face)
        pile = None if region is None else known.piles.get(region.pk)
        face = Face(id=-1 - probe.face, photo=photo.pk, quality=probe.quality, pile=pile)
        members.append(Member(face, probe.vector))
    return members


def _grouped(findings: Findings, library: Library, fresh: list[Member]) -> Findings:
    """Add the unknown faces and where they belong, in household grouping."""
    session = GroupingSession.objects.filter(library=library).first()
    if session is None:
        return findings
    # Before anything else is read: who says something from now on is heard when it is written.
    said = newest_entry(library)
    held = hold(session, findings.pack)
    kept = tuple(Kept(-1 - member.face.id, member.vector) for member in fresh)
    findings = replace(findings, session=session.pk, unknown=kept)
    worth = _worth_ordering(session, len(held) + len(fresh))
    if worth and nothing_else_due(library, Photo(pk=findings.photo)):
        order = _new_order(held, fresh, findings.pack, apart_in(library), said)
        return replace(findings, order=order)
    return replace(findings, places=tuple(find_places(held, fresh, findings.pack)))


def _worth_ordering(session: GroupingSession, count: int) -> bool:
    """Cost follows what is new: many faces are put in order again when a twentieth of them is new."""
    return count <= FEW_FACES or count >= session.ordered_faces * 1.05


def find_places(held: HeldVectors, fresh: list[Member], pack: Pack) -> list[Place]:
    """Where each unknown face belongs by its looks, without grouping the others again. What people said
    of it is heard where it is written."""
    count = len(held) + len(fresh)
    places = []
    used: set[Place] = set()
    for around in held.around(fresh, floor=pack.group_threshold(count)):
        place = place_face(around.new, around.groups, around.loners, pack=pack, count=count)
        # Two faces of one photo are two people.
        place = Place() if place in used else place
        used.add(place)
        places.append(place)
    return places


def _new_order(
    held: HeldVectors,
    fresh: list[Member],
    pack: Pack,
    apart: Set[frozenset[int]],
    said: int,
) -> NewOrder:
    """All groups afresh, after the last photo that waited."""
    kept, vectors = held.everyone()
    faces = [*kept, *(member.face for member in fresh)]
    rows = np.vstack([vectors, *(member.vector for member in fresh)])
    groups = group_faces(faces, rows, pack, apart) if faces else []
    return NewOrder(
        groups=tuple(
            (number, tuple(face.id for face in group))
            for number, group in zip(keep_names(groups), groups, strict=True)
        ),
        expected={face.id: face.group for face in kept},
        said=said,
    )
