"""The product's own way with new faces: opening what is kept, placing each new face, writing it.

Runs in a database and a keystore of its own, which the command makes and removes.
"""

import secrets
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from faces.bench.grouping import peak_bytes
from faces.bench.synthetic import Library as Faces
from faces.bench.synthetic import make_library
from faces.findings import Findings, Kept
from faces.grouping import Face
from faces.held import drop, hold
from faces.looking import find_places
from faces.models import FaceGroup, GroupingSession, UnknownFace
from faces.packs import BUNDLED
from faces.placing import Member
from faces.sealing import seal_vector, unknown_aad
from faces.writing_groups import keep_unknown
from photolib.accounts.services import create_owner
from photolib.consent.services import set_recognition
from photolib.library.models import Library, Original, Photo, RecognitionState
from photolib.library.services import library_of
from photolib.people.models import FaceRegion

_AT_ONCE = 2000


def measure_placing(*, kept: int, added: int) -> dict[str, Any]:
    """Place `added` faces, one photo after another, in a library that keeps `kept` in their groups."""
    faces = make_library(kept + added)
    session = _make_session()
    regions = _make_regions(faces, session.library)
    _keep(faces, regions[:kept], session)
    loading = _Clock()
    drop()
    with loading:
        hold(session, BUNDLED)
    loaded = peak_bytes()
    placing, writing = _Clock(), _Clock()
    right = 0
    for rows in _by_photo(faces, kept):
        right += _add(faces, rows, regions, session, (placing, writing))
    return {
        "kept": kept,
        "added": added,
        "load_seconds": round(loading.seconds, 2),
        "load_cpu_seconds": round(loading.cpu, 2),
        "place_ms_a_face": round(1000 * placing.seconds / added, 2),
        "place_cpu_ms_a_face": round(1000 * placing.cpu / added, 2),
        "write_ms_a_face": round(1000 * writing.seconds / added, 2),
        "write_cpu_ms_a_face": round(1000 * writing.cpu / added, 2),
        "placed_with_somebody": right,
        "loaded_peak_bytes": loaded,
        "peak_bytes": peak_bytes(),
    }


class _Clock:
    """Adds up what happens inside `with`."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    def __enter__(self) -> None:
        self.seconds -= time.perf_counter()
        self.cpu -= time.process_time()

    def __exit__(self, *_error: object) -> None:
        self.seconds += time.perf_counter()
        self.cpu += time.process_time()


def _make_session() -> GroupingSession:
    owner = create_owner(
        username="bench",
        display_name="Bench",
        password=secrets.token_urlsafe(),
        household_name="Bench",
    )
    library = library_of(owner)
    set_recognition(library=library, state=RecognitionState.HOUSEHOLD, by=owner, declared=True)
    return GroupingSession.objects.get(library=library)


def _make_regions(faces: Faces, library: Library) -> list[FaceRegion]:
    """Photos without files behind them, and a box for each face."""
    names = [f"{number:064x}" for number in np.unique(faces.photos).tolist()]
    Original.objects.bulk_create(
        [Original(sha256=name, format="jpeg", byte_size=1) for name in names],
        batch_size=_AT_ONCE,
    )
    photos = Photo.objects.bulk_create(
        [
            Photo(
                library=library,
                original_id=name,
                original_name="bench.jpg",
                width=4032,
                height=3024,
                taken_at=timezone.now(),
                taken_on=date(2024, 7, 6),
            )
            for name in names
        ],
        batch_size=_AT_ONCE,
    )
    by_number = dict(zip(np.unique(faces.photos).tolist(), photos, strict=True))
    return FaceRegion.objects.bulk_create(
        [
            FaceRegion(
                photo=by_number[photo], left=0.1, top=0.1, width=0.1, height=0.1, quality=quality
            )
            for photo, quality in zip(faces.photos.tolist(), faces.quality.tolist(), strict=True)
        ],
        batch_size=_AT_ONCE,
    )


def _keep(faces: Faces, regions: list[FaceRegion], session: GroupingSession) -> None:
    """The kept faces' sealed vectors, in groups as the truth has them."""
    people, counts = np.unique(faces.people[: len(regions)], return_counts=True)
    several = people[counts > 1].tolist()
    made = FaceGroup.objects.bulk_create([FaceGroup(library=session.library) for _ in several])
    groups = dict(zip(several, made, strict=True))
    for start in range(0, len(regions), _AT_ONCE):
        UnknownFace.objects.bulk_create(
            UnknownFace(
                region=region,
                session=session,
                group=groups.get(int(faces.people[row])),
                pack=BUNDLED.name,
                sealed=seal_vector(
                    session.key_id,
                    faces.vectors[row],
                    aad=unknown_aad(session=session.pk, region=region.pk, pack=BUNDLED.name),
                ),
                expires_at=timezone.now() + timedelta(days=session.keep_days),
            )
            for row, region in enumerate(regions[start : start + _AT_ONCE], start)
        )
    session.ordered_faces = len(regions)
    session.save(update_fields=["ordered_faces"])


def _by_photo(faces: Faces, first: int) -> Iterator[list[int]]:
    """The rows from `first` on, those of one photo together."""
    found: dict[int, list[int]] = {}
    for row in range(first, len(faces.people)):
        found.setdefault(int(faces.photos[row]), []).append(row)
    yield from found.values()


def _add(
    faces: Faces,
    rows: list[int],
    regions: list[FaceRegion],
    session: GroupingSession,
    clocks: tuple[_Clock, _Clock],
) -> int:
    """One photo with these faces; how many of them were placed with somebody."""
    placing, writing = clocks
    inside = [regions[row] for row in rows]
    photo = inside[0].photo_id
    fresh = [
        Member(Face(id=-1 - at, photo=photo, quality=float(faces.quality[row])), faces.vectors[row])
        for at, row in enumerate(rows)
    ]
    with placing:
        places = find_places(hold(session, BUNDLED), fresh, BUNDLED)
    findings = Findings(
        photo=photo,
        epoch=session.library.consent_epoch,
        state=session.library.recognition,
        pack=BUNDLED,
        faces=(),
        unknown=tuple(Kept(at, member.vector) for at, member in enumerate(fresh)),
        places=tuple(places),
        session=session.pk,
    )
    with writing, transaction.atomic():
        keep_unknown(findings, inside, session.library)
    return sum(place.group is not None or place.partner is not None for place in places)
