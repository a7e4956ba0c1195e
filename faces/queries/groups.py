"""Groups of faces without a name, and what a library keeps of faces."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from faces.models import FaceGroup, GroupingSession, Template, UnknownFace
from photolib.accounts.models import User
from photolib.library.models import Library
from photolib.people.models import Appearance, AppearanceSource


def groups_for(viewer: User, *, hidden: bool = False) -> QuerySet[FaceGroup]:
    """The groups of the viewer's own library, the largest first, with `size`: faces to be seen."""
    return (
        FaceGroup.objects.filter(library__owner=viewer, hidden=hidden)
        .annotate(size=Count("faces", filter=_shown("faces__")))
        .filter(size__gt=1)
        .order_by("-size", "pk")
    )


def get_group(viewer: User, pk: int) -> FaceGroup:
    """A group of the viewer's own library, hidden or not. Raises Http404."""
    group = FaceGroup.objects.filter(pk=pk, library__owner=viewer).first()
    if group is None:
        raise Http404
    return group


def faces_of(group: FaceGroup) -> QuerySet[UnknownFace]:
    """The faces of a group that are shown, the clearest first."""
    return (
        UnknownFace.objects.filter(_shown(), group=group)
        .select_related("region__photo")
        .order_by("-region__quality", "pk")
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
