"""What this app keeps, as it tells the pages, the exports and the documents. Never a vector."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faces.choice import packs_in_use
from faces.grounds import Ground, grounds_of
from faces.journal import JOURNAL_DAYS
from faces.models import (
    GroupingSession,
    HandOver,
    JournalEntry,
    PiledFace,
    Template,
    UnknownFace,
)
from faces.queries.journal import people_of_entry
from photolib.accounts.models import User
from photolib.consent.public_links import register_grouping_probe
from photolib.core.knowledge import (
    Deed,
    Known,
    register_for_libraries,
    register_for_people,
    register_for_photos,
)
from photolib.core.model_files import ModelInUse, register_choice
from photolib.library.models import Library, Photo
from photolib.people.models import Appearance, AppearanceSource, FaceRegion, Person


def vectors_of_photo(photo: Photo, viewer: User) -> Iterator[Known]:
    """For each face, whether a vector of it is kept, and in which library. Others learn only of
    their own: the owner of another library that learnt from it is not told whose face this is."""
    owner = photo.library.owner_id == viewer.pk
    regions = FaceRegion.objects.filter(photo=photo).order_by("left", "pk")
    rows = Template.objects.filter(region__photo=photo)
    grounds = grounds_of(rows)
    templates: dict[int, list[Template]] = {}
    for row in rows.select_related("person", "decision", "library__owner", "region").order_by("pk"):
        if owner or row.person.user_id == viewer.pk:
            templates.setdefault(row.region_id, []).append(row)
    unknown = {row.region_id: row for row in UnknownFace.objects.filter(region__photo=photo)}
    for region in regions:
        for template in templates.get(region.pk, ()):
            yield _of_template(template, grounds.get(template.pk, Ground.OWN))
        if region.pk in templates:
            continue
        if owner and region.pk in unknown and not unknown[region.pk].expired:
            yield _of_unknown(unknown[region.pk])
        elif owner:
            yield Known(
                what=_("Of this face no vector is kept."), region=region.pk, seen_by=_("nobody")
            )


def piles_of_photo(photo: Photo, viewer: User) -> Iterator[Known]:
    """For each face that was put together with others, or taken out of their group, that it was."""
    if photo.library.owner_id != viewer.pk:
        return
    piled = PiledFace.objects.filter(region__photo=photo).select_related("pile")
    for row in piled.order_by("region__left", "region_id"):
        others = row.pile.faces.exclude(pk=row.pk).count()
        said = ngettext(
            "This face and %(count)s other are one person.",
            "This face and %(count)s others are one person.",
            others,
        )
        yield Known(
            what=said % {"count": others} if others else _("This face is none of a group."),
            source=_("you"),
            made_on=row.pile.created_at,
            seen_by=_("you"),
            region=row.region_id,
        )


def _of_template(template: Template, ground: Ground) -> Known:
    values = {
        "name": template.person.name,
        "date": date_format(localtime(template.decision.decided_at), "DATE_FORMAT"),
        "owner": template.library.owner,
    }
    if ground == Ground.OWN:
        said = _("A vector is kept, encrypted, to recognise %(name)s, who said yes on %(date)s.")
    else:
        said = _(
            "A vector is kept, encrypted, to recognise %(name)s in the library of %(owner)s, to which "
            "%(name)s said yes on %(date)s."
        )
    return Known(
        what=said % values,
        source=_("the machine, from a face that a person confirmed"),
        model=template.pack,
        made_on=template.created_at,
        seen_by=_("nobody: only workers open it"),
        region=template.region_id,
        deeds=(_way_out(template, ground),),
    )


def _way_out(template: Template, ground: Ground) -> Deed:
    if ground == Ground.HANDED_OVER:
        address = reverse("faces:hand_over", args=[template.person_id, template.library_id])
        return Deed(_("Take the photo back, and the vector goes"), address)
    return Deed(
        _("Take the name off, and the vector goes"),
        reverse("faces:photo", args=[template.region.photo_id]) + f"#face-{template.region_id}",
    )


def _of_unknown(unknown: UnknownFace) -> Known:
    return Known(
        what=_("A vector is kept, encrypted, so that faces nobody named can be grouped."),
        source=_("the machine"),
        model=unknown.pack,
        made_on=unknown.created_at,
        ends_on=unknown.expires_at,
        seen_by=_("nobody: only workers open it"),
        region=unknown.region_id,
        deeds=(
            Deed(
                _("Say that it is not a face, and the vector goes"),
                reverse("faces:not_a_face", args=[unknown.region_id]),
                post=True,
            ),
        ),
    )


def templates_of_person(person: Person) -> list[dict[str, Any]]:
    """The person's templates without what is in them: where, since when, by which model and yes."""
    rows = Template.objects.filter(person=person).select_related("library__owner", "region")
    grounds = grounds_of(rows)
    return [
        {
            "library": row.library.owner.display_name,
            "library_id": row.library_id,
            "photo": row.region.photo_id,
            "learnt": grounds.get(row.pk, Ground.OWN).value,
            "model": row.pack,
            "made_at": row.created_at.isoformat(),
            "allowed_by_consent": row.decision_id,
            "encrypted": True,
        }
        for row in rows.order_by("pk")
    ]


def hand_overs_of_person(person: Person) -> list[dict[str, Any]]:
    """The photos that the person let other libraries learn their face from."""
    rows = HandOver.objects.filter(person=person).select_related("library__owner", "region")
    return [
        {
            "library": row.library.owner.display_name,
            "library_id": row.library_id,
            "photo": row.region.photo_id,
            "handed_over_at": row.created_at.isoformat(),
        }
        for row in rows.order_by("pk")
    ]


def journal_of_person(person: Person) -> list[dict[str, Any]]:
    """What was done with faces by which this person was named, refused, hidden or put together: what
    and when, as long as it can be taken back."""
    rows = JournalEntry.objects.filter(library__owner__household=person.household_id)
    return [
        {
            "library_id": entry.library_id,
            "what": entry.kind,
            "done_at": entry.created_at.isoformat(),
            "ends_at": (entry.created_at + timedelta(days=JOURNAL_DAYS)).isoformat(),
        }
        for entry in rows.order_by("pk").iterator(chunk_size=200)
        if person.pk in people_of_entry(entry)
    ]


def counts_of_library(library: Library) -> dict[str, int]:
    """How much of it is biometric, and how much was concluded from that."""
    session = GroupingSession.objects.filter(library=library).first()
    return {
        "templates": Template.objects.filter(library=library).count(),
        "people_with_templates": Template.objects.filter(library=library)
        .values("person")
        .distinct()
        .count(),
        "vectors_of_unknown_faces": vectors_of_unknown_faces(library),
        "days_unknown_faces_are_kept": session.keep_days if session else 0,
        "names_by_machine": Appearance.objects.filter(
            photo__library=library, source=AppearanceSource.MACHINE
        ).count(),
        "faces_put_together": PiledFace.objects.filter(pile__library=library).count(),
        "journal_entries": JournalEntry.objects.filter(library=library).count(),
        "days_journal_is_kept": JOURNAL_DAYS,
    }


def vectors_of_unknown_faces(library: Library) -> int:
    """How many vectors of faces without a name are kept."""
    return UnknownFace.objects.filter(session__library=library, expired=False).count()


def models_of_choice() -> Iterator[ModelInUse]:
    """The files of the pack that is used, and of the one that the household is moving to."""
    for pack in packs_in_use():
        yield ModelInUse(pack.detector_file, "finding faces: boxes and five points, no identity")
        yield ModelInUse(
            pack.recogniser_file, "comparing faces, only in libraries where recognition is on"
        )


register_for_photos(vectors_of_photo)
register_for_photos(piles_of_photo)
register_for_people("templates", templates_of_person)
register_for_people("hand_overs", hand_overs_of_person)
register_for_people("faces_journal", journal_of_person)
register_for_libraries(counts_of_library)
register_grouping_probe("faces", vectors_of_unknown_faces)
register_choice(models_of_choice)
