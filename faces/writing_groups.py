"""Writing the vectors of unknown faces and the groups they belong to, in household grouping."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from faces.again import look_again_at_photo
from faces.findings import Findings, NewOrder
from faces.journal import newest_entry
from faces.models import FaceGroup, GroupingSession, UnknownFace
from faces.piles import fits, in_units, live_faces, put_into, with_mates
from faces.placing import Place
from faces.sealing import seal_vector, unknown_aad
from photolib.library.models import Library
from photolib.people.models import Appearance, AppearanceState, FaceRegion


def keep_unknown(findings: Findings, regions: list[FaceRegion], library: Library) -> None:
    """Keep the unknown faces' embeddings under the session's key, and put them into groups.

    The session is read again, locked: if it has ended, nothing is kept. Raises KeyGone if its key was
    destroyed while this transaction waited.
    """
    session = (
        GroupingSession.objects.select_for_update()
        .filter(pk=findings.session or 0, library=library)
        .first()
    )
    if session is None:
        return
    settled = _settled(regions)
    rows = {
        kept.face: _row(regions[kept.face], kept.vector, session, findings)
        for kept in findings.unknown
        if regions[kept.face].pk not in settled
    }
    UnknownFace.objects.bulk_create(rows.values())
    if findings.order is not None:
        if not _is_as_expected(findings, rows, library):
            transaction.on_commit(partial(look_again_at_photo, findings.photo))
            return
        _put_in_order(findings.order, rows, _live(findings, library), library)
        session.ordered_faces = session.faces.filter(expired=False).count()
        session.save(update_fields=["ordered_faces"])
    else:
        for kept, place in zip(findings.unknown, findings.places, strict=True):
            if kept.face in rows:
                _put_in_place(rows[kept.face], place, library)


def keep_coming(ahead: Findings, regions: list[FaceRegion], library: Library) -> None:
    """Keep the unknown faces' embeddings by the coming pack as well, in the rows that are there."""
    session = GroupingSession.objects.select_for_update().filter(library=library).first()
    if session is None or not ahead.unknown:
        return
    vectors = {regions[kept.face].pk: kept.vector for kept in ahead.unknown}
    rows = list(session.faces.filter(region__in=vectors, expired=False))
    for row in rows:
        aad = unknown_aad(session=session.pk, region=row.region_id, pack=ahead.pack.name)
        row.coming_pack = ahead.pack.name
        row.coming_sealed = seal_vector(session.key_id, vectors[row.region_id], aad=aad)
    UnknownFace.objects.bulk_update(rows, ["coming_pack", "coming_sealed"])


def _settled(regions: list[FaceRegion]) -> set[int]:
    """The regions that need no row: named, dismissed, or with a row already."""
    named = Appearance.objects.filter(region__in=regions).exclude(state=AppearanceState.ASKED)
    rows = UnknownFace.objects.filter(region__in=regions)
    dismissed = {region.pk for region in regions if region.dismissed}
    return dismissed.union(
        named.values_list("region_id", flat=True), rows.values_list("region_id", flat=True)
    )


def _row(
    region: FaceRegion, vector: NDArray[np.float32], session: GroupingSession, findings: Findings
) -> UnknownFace:
    aad = unknown_aad(session=session.pk, region=region.pk, pack=findings.pack.name)
    return UnknownFace(
        region=region,
        session=session,
        pack=findings.pack.name,
        sealed=seal_vector(session.key_id, vector, aad=aad),
        expires_at=timezone.now() + timedelta(days=session.keep_days),
    )


def _put_in_place(row: UnknownFace, place: Place, library: Library) -> None:
    """Into the group of those it was said to be, or that was found; or one made with the partner.

    Whether it may be there is asked again: another worker, or a person, may have been there first.
    """
    if _join_mates(row, library):
        return
    if place.partner is not None:
        partner = UnknownFace.objects.filter(pk=place.partner, expired=False).first()
        if partner is not None and partner.group_id is None:
            _make_pair(row, partner, library)
            return
        place = Place(group=partner.group_id if partner else None)
    group = FaceGroup.objects.filter(pk=place.group or 0, library=library).first()
    if group is not None and fits([row], group):
        row.group = group
        row.save(update_fields=["group"])


def _join_mates(row: UnknownFace, library: Library) -> bool:
    """A face of a pile goes where the others of it are, and whom the machine put there goes."""
    mates = [face for face in with_mates([row]) if face.pk != row.pk]
    if not mates:
        return False
    group = mates[0].group
    if group is not None:
        of_this_photo = group.faces.filter(region__photo=row.region.photo_id).exclude(pk=row.pk)
        for unit in in_units(of_this_photo.select_related("region")):
            put_into(with_mates(unit), library=library)
    put_into([row, *mates], library=library, group=group)
    return True


def _make_pair(row: UnknownFace, partner: UnknownFace, library: Library) -> None:
    group = FaceGroup.objects.create(library=library)
    UnknownFace.objects.filter(pk=partner.pk).update(group=group)
    if fits([row], group):
        UnknownFace.objects.filter(pk=row.pk).update(group=group)
    else:
        # It goes, and its only face is in no group again.
        group.delete()


def _live(findings: Findings, library: Library) -> dict[int, int | None]:
    """The kept faces that this order is about, and their groups."""
    faces = live_faces(library).filter(pack=findings.pack.name)
    return dict(faces.values_list("pk", "group_id"))


def _is_as_expected(findings: Findings, rows: Mapping[int, UnknownFace], library: Library) -> bool:
    """Whether nobody said anything, and no other worker moved a face, since the order was made."""
    order = findings.order
    if order is None or newest_entry(library) != order.said:
        return False
    fresh = {row.pk for row in rows.values()}
    now = _live(findings, library)
    return all(order.expected.get(pk, -1) == now[pk] for pk in now.keys() - fresh)


def _put_in_order(
    order: NewOrder,
    rows: Mapping[int, UnknownFace],
    now: Mapping[int, int | None],
    library: Library,
) -> None:
    """Write the new groups. now: faces that are there still, by the group they are in."""
    numbers = set(FaceGroup.objects.filter(library=library).values_list("pk", flat=True))
    grouped: set[int] = set()
    for number, members in order.groups:
        named = [rows[-1 - key].pk if -1 - key in rows else key for key in members]
        keys = [key for key in named if key in now]
        if not keys:
            continue
        group_id = number if number in numbers else FaceGroup.objects.create(library=library).pk
        changed = [key for key in keys if now[key] != group_id]
        UnknownFace.objects.filter(pk__in=changed).update(group=group_id)
        grouped.update(keys)
    alone = [key for key, group in now.items() if key not in grouped and group is not None]
    UnknownFace.objects.filter(pk__in=alone).update(group=None)
