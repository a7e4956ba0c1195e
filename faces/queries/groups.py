"""Groups of faces without a name, and what a library keeps of faces."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from faces.models import FaceGroup, GroupingSession, Template, UnknownFace
from photolib.accounts.models import User
from photolib.library.models import Library
from photolib.people.models import Appearance, AppearanceSource, FaceRegion

# The order in which the faces of a group are shown.
CLEAREST = ("-region__quality", "pk")


def groups_for(viewer: User, *, hidden: bool = False) -> QuerySet[FaceGroup]:
    """The groups of the viewer's own library that hold two faces and more, the largest first."""
    return _groups_of(viewer, least=2).filter(hidden=hidden)


def get_group(viewer: User, pk: int) -> FaceGroup:
    """A group of the viewer's own library, hidden or not. Raises Http404."""
    group = _groups_of(viewer, least=0).filter(pk=pk).first()
    if group is None:
        raise Http404
    return group


def _groups_of(viewer: User, *, least: int) -> QuerySet[FaceGroup]:
    """Those of at least so many faces, the largest first.

    Annotated with `size`, faces to be seen; `ends_at`, when the first of them is shredded; `best`, the
    region of the clearest.
    """
    shown = _shown("faces__")
    best = UnknownFace.objects.filter(_shown(), group=OuterRef("pk")).order_by(*CLEAREST)
    return (
        FaceGroup.objects.filter(library__owner=viewer)
        .annotate(
            size=Count("faces", filter=shown),
            ends_at=Min("faces__expires_at", filter=shown),
            best=Subquery(best.values("region")[:1]),
        )
        .filter(size__gte=least)
        .order_by("-size", "pk")
    )


@dataclass(frozen=True, slots=True)
class Cover:
    """A group with its clearest face and the text of that; ends_at: when its first face is shredded."""

    group: FaceGroup
    size: int
    region: FaceRegion
    alt: str
    ends_at: datetime


def covers_of(groups: Iterable[FaceGroup]) -> list[Cover]:
    """Each group (of groups_for or get_group) with the face that shows it best. One query for all."""
    rows: list[Any] = list(groups)
    best = FaceRegion.objects.select_related("photo").in_bulk([row.best for row in rows])
    return [
        Cover(
            group=row,
            size=row.size,
            region=best[row.best],
            alt=_("Group %(number)s of %(count)s, somebody without a name")
            % {"number": number, "count": len(rows)},
            ends_at=row.ends_at,
        )
        for number, row in enumerate(rows, start=1)
        if row.best in best
    ]


def faces_of(group: FaceGroup) -> QuerySet[UnknownFace]:
    """The faces of a group that are shown, the clearest first."""
    return (
        UnknownFace.objects.filter(_shown(), group=group)
        .select_related("region__photo")
        .order_by(*CLEAREST)
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
