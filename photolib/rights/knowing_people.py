"""What is kept of faces and names in one photo, for the page that lists everything."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.consent.queries import sightings
from photolib.core.knowledge import Deed, Known
from photolib.library.models import Photo
from photolib.people.models import (
    Appearance,
    AppearanceState,
    FaceRegion,
    NotThisPerson,
    RegionSource,
)
from photolib.rights.knowing_deeds import address_of, for_owner


def faces_known(photo: Photo, owner: bool) -> Iterator[Known]:
    """The boxes of faces; those that are none, for the owner alone."""
    regions = FaceRegion.objects.filter(photo=photo).order_by("left", "pk")
    for number, region in enumerate(regions if owner else regions.filter(dismissed=False), start=1):
        middle = region.left + region.width / 2
        where = _("left") if middle < 1 / 3 else _("centre") if middle <= 2 / 3 else _("right")
        values = {"number": number, "where": where}
        yield Known(
            what=_("Box %(number)s, %(where)s: not a face, said a person.") % values
            if region.dismissed
            else _face_text(region) % values,
            source=str(region.get_source_display()),
            model=region.detector,
            made_on=region.created_at,
            confidence=region.confidence if region.source == RegionSource.MACHINE else None,
            seen_by=_("whoever may see the photo"),
            region=region.pk,
            deeds=_face_deeds(photo, region, number) if owner else (),
        )


def _face_text(region: FaceRegion) -> str:
    if region.is_picture:
        return _(
            "Face %(number)s, %(where)s, perhaps on a poster or screen. A box identifies nobody."
        )
    return _("Face %(number)s, %(where)s. A box identifies nobody.")


def _face_deeds(photo: Photo, region: FaceRegion, number: int) -> tuple[Deed, ...]:
    """Where faces can be named and dismissed, if the app that does it is installed."""
    panel = address_of("faces:photo", photo.pk)
    if not panel:
        return ()
    values = {"number": number}
    name = Deed(_("Name or correct face %(number)s") % values, f"{panel}#face-{region.pk}")
    if region.dismissed:
        return (name,)
    wrong = reverse("faces:not_a_face", args=[region.pk])
    return (name, Deed(_("Face %(number)s is not a face") % values, wrong, post=True))


def names_known(photo: Photo, viewer: User, owner: bool) -> Iterator[Known]:
    """The names this viewer may know; for the owner, also what is asked, not shown, and refused."""
    seen = {one.appearance_id for one in sightings([photo], viewer)[photo.pk]}
    rows = Appearance.objects.filter(photo=photo).select_related("person", "by")
    for row in rows if owner else rows.filter(pk__in=seen):
        yield _name(row, shown=row.pk in seen, owner=owner)
    if owner:
        for refusal in NotThisPerson.objects.filter(region__photo=photo).select_related(
            "person", "by"
        ):
            yield _refusal(refusal)


def _name(row: Appearance, *, shown: bool, owner: bool) -> Known:
    name = row.person.name
    asked = row.state == AppearanceState.ASKED
    machine = row.by is None and row.state != AppearanceState.CONFIRMED
    if asked:
        what = _("Question: is it %(name)s?") % {"name": name}
    elif machine:
        what = _("Probably %(name)s.") % {"name": name}
    else:
        what = _("%(name)s.") % {"name": name}
    if not (shown or asked):
        what += " " + _("Not shown now: recognising is stopped, or the person is hidden.")
    return Known(
        what=what,
        source=str(row.by or row.get_source_display()),
        made_on=row.created_at,
        ends_on=row.expires_at,
        seen_by=_("its owner alone")
        if asked
        else _("its owner, and others where %(name)s allows it") % {"name": name},
        region=row.region_id,
        deeds=for_owner(
            owner,
            Deed(
                _("Take the name %(name)s off") % {"name": name},
                reverse("pages:photo_person_remove", args=[row.photo_id, row.pk]),
                post=True,
            ),
        ),
    )


def _refusal(row: NotThisPerson) -> Known:
    undo = address_of("faces:may_be", row.region_id, row.person_id)
    may_be = Deed(_("It may be %(name)s after all") % {"name": row.person.name}, undo, post=True)
    return Known(
        what=_("A face here is not %(name)s: kept, without any measurement.")
        % {"name": row.person.name},
        source=str(row.by or _("a person")),
        made_on=row.created_at,
        seen_by=_("its owner alone"),
        region=row.region_id,
        deeds=(may_be,) if undo else (),
    )
