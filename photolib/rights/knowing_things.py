"""What is kept of things of one's own in one photo, for the page that lists everything."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.knowledge import Deed, Known
from photolib.library.models import Photo
from photolib.own.mark_queries import marks_on
from photolib.own.models import OwnRegion, Said
from photolib.rights.knowing_deeds import for_owner, to_photo


def things_known(photo: Photo, viewer: User, owner: bool, everybody: str) -> Iterator[Known]:
    """What was marked, answered and learnt of things of one's own, as far as this viewer may know it."""
    rows = marks_on(photo, viewer)
    if owner:
        rows += OwnRegion.objects.filter(photo=photo, said=Said.NO).select_related("thing", "by")
    sentences = {
        Said.YES: _("Marked: %(thing)s."),
        Said.ASKED: _("Question: is a region of it %(thing)s?"),
        Said.NO: _("A region of it is not %(thing)s: kept, so that it is not asked again."),
    }
    for row in rows:
        said = Said(row.said)
        yield Known(
            what=sentences[said] % {"thing": row.thing.name},
            source=str(row.by or _("the machine")),
            made_on=row.changed_at,
            confidence=row.score if said == Said.ASKED else None,
            seen_by=everybody if said == Said.YES else _("its owner alone"),
            deeds=for_owner(owner, Deed(_("Change it"), to_photo(photo, "things-here"))),
        )
    learnt = OwnRegion.objects.filter(photo=photo, look__isnull=False).select_related("thing")
    for row in learnt.defer("look", "points") if owner else ():
        yield Known(
            what=_("What the region of %(thing)s looks like, as plain numbers. They know no face.")
            % {"thing": row.thing.name},
            source=_("the machine"),
            made_on=row.changed_at,
            seen_by=_("used to ask about your other photos, never listed"),
            deeds=(Deed(_("Switch it off"), reverse("pages:analysers")),),
        )
