"""While the household moves to other models: the same photo's vectors by those, beside what serves.

The faces are those that the serving pack found, with its landmarks: every face that has a vector gets
the other one, whatever the coming detector would have found.
"""

from dataclasses import replace

import numpy as np

from faces.engine import FaceEngine, Image
from faces.findings import Findings, Kept
from faces.looking import (
    Known,
    faces_for_others,
    faces_to_enrol,
    known_faces,
    lessons_of,
    may_be_measured,
    trusted_faces,
)
from faces.models import UnknownFace
from photolib.library.models import Library, Photo


def look_ahead(photo: Photo, image: Image, findings: Findings, engine: FaceEngine) -> Findings:
    """What the coming pack's engine makes of the faces of `findings`: vectors to keep, no matches.

    Raises ModelMissing.
    """
    ahead = replace(
        findings,
        pack=engine.pack,
        matches=(),
        enrol=(),
        lessons=(),
        unknown=(),
        places=(),
        order=None,
    )
    library = Library.objects.get(pk=photo.library_id)
    if not findings.faces or not may_be_measured(photo, library):
        return ahead
    known = known_faces(photo, list(findings.faces))
    faces = trusted_faces(list(findings.faces), known, engine.pack)
    learning = faces_for_others(faces, known, photo, engine.pack)
    enrol = faces_to_enrol(faces, known, library, engine.pack)
    unknown = {kept.face for kept in findings.unknown} | _without_coming(photo, known, engine)
    wanted = sorted({*enrol, *unknown, *(at for at, _library in learning)})
    if not wanted:
        return ahead
    rows = engine.embed(image, [faces[at] for at in wanted])
    vectors = dict(zip(wanted, np.asarray(rows), strict=True))
    return replace(
        ahead,
        enrol=tuple(Kept(at, vectors[at]) for at in enrol),
        lessons=lessons_of(learning, vectors),
        unknown=tuple(Kept(at, vectors[at]) for at in sorted(unknown)),
    )


def _without_coming(photo: Photo, known: Known, engine: FaceEngine) -> set[int]:
    """The places of faces whose vector is kept, but not yet by the coming pack."""
    rows = UnknownFace.objects.filter(region__photo=photo, expired=False)
    waiting = set(rows.exclude(coming_pack=engine.pack.name).values_list("region_id", flat=True))
    return {at for at, region in known.regions.items() if region.pk in waiting}
