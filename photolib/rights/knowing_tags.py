"""What is kept of the tags of one photo, for the page that lists everything."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.knowledge import Deed, Known
from photolib.library.models import Photo
from photolib.own.models import PhotoLook, PhotoTag, Said
from photolib.own.queries import tags_on
from photolib.rights.knowing_deeds import for_owner, to_photo


def tags_known(photo: Photo, viewer: User, owner: bool, everybody: str) -> Iterator[Known]:
    """What was tagged, asked and denied, and what is kept to learn from, as far as the viewer may know."""
    rows = [(row, "yes" if row.said == Said.YES else "asked") for row in tags_on(photo, viewer)]
    if owner:
        denied = PhotoTag.objects.filter(photo=photo, said=Said.NO).select_related("tag", "by")
        rows += [(row, "no") for row in denied]
    sentences = {
        "yes": _("Tagged: %(tag)s."),
        "asked": _("Question: does the tag %(tag)s fit?"),
        "no": _("The tag %(tag)s does not fit: kept, so that it is not asked again."),
    }
    for row, said in rows:
        yield Known(
            what=sentences[said] % {"tag": row.tag.name},
            source=str(row.by or _("the machine")),
            made_on=row.changed_at,
            confidence=row.score if said == "asked" else None,
            seen_by=everybody if said == "yes" else _("its owner alone"),
            deeds=for_owner(owner, Deed(_("Change it"), to_photo(photo, "tags-here"))),
        )
    if owner:
        for look in PhotoLook.objects.filter(photo=photo).defer("features"):
            yield Known(
                what=_("What the whole picture looks like, as 1,280 numbers. They know no face."),
                source=_("the machine"),
                model=f"{look.model} {look.version}",
                made_on=look.made_at,
                seen_by=_("used to ask about tags, never listed"),
                deeds=(Deed(_("Switch it off"), reverse("pages:analysers")),),
            )
