"""Writing the vectors of unknown faces and the groups they belong to, in household grouping."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from faces.findings import Findings, NewOrder
from faces.models import FaceGroup, GroupingSession, UnknownFace
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
        _put_in_order(findings.order, rows, library)
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
    """Into the group that was found, or one made with the partner, if both still are what they were."""
    group_id = place.group
    if place.partner is not None:
        partner = UnknownFace.objects.filter(pk=place.partner, expired=False).first()
        if partner is None:
            return
        if partner.group_id is None:
            partner.group = FaceGroup.objects.create(library=library)
            partner.save(update_fields=["group"])
        group_id = partner.group_id
    group = FaceGroup.objects.filter(pk=group_id or 0, library=library).first()
    # Two faces of one photo are two people, whatever another worker put there meanwhile.
    if group is None or group.faces.filter(region__photo=row.region.photo_id).exists():
        return
    row.group = group
    row.save(update_fields=["group"])


def _put_in_order(order: NewOrder, rows: dict[int, UnknownFace], library: Library) -> None:
    """Write the new groups; a face that was moved or named since keeps what it has now."""
    now = dict(
        UnknownFace.objects.filter(pk__in=list(order.expected), expired=False).values_list(
            "pk", "group_id"
        )
    )
    numbers = set(FaceGroup.objects.filter(library=library).values_list("pk", flat=True))
    grouped: set[int] = set()
    for number, members in order.groups:
        keys = [
            rows[-1 - member].pk if member < 0 else member
            for member in members
            if (-1 - member in rows if member < 0 else _unmoved(member, order, now))
        ]
        if not keys:
            continue
        group_id = number if number in numbers else FaceGroup.objects.create(library=library).pk
        changed = [key for key in keys if now.get(key) != group_id]
        UnknownFace.objects.filter(pk__in=changed).update(group=group_id)
        grouped.update(keys)
    alone = [
        key
        for key in order.expected
        if key not in grouped and _unmoved(key, order, now) and now[key]
    ]
    UnknownFace.objects.filter(pk__in=alone).update(group=None)


def _unmoved(key: int, order: NewOrder, now: Mapping[int, int | None]) -> bool:
    return key in now and now[key] == order.expected.get(key)
