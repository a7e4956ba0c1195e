"""What the machine saw in one photo, for the page that lists everything."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from photolib.core.knowledge import Deed, Known
from photolib.describe.fact_words import fact_in_words
from photolib.describe.models import Fact, FactKind
from photolib.library.models import Photo
from photolib.rights.knowing_deeds import for_owner


def facts_known(photo: Photo, owner: bool, everybody: str, language: str) -> Iterator[Known]:
    """Each fact of an analyser; what was rejected or is private, for the owner alone."""
    # What a person marked stands among the things of their own.
    for row in Fact.objects.filter(photo=photo).exclude(own_region__isnull=False):
        private = row.kind == FactKind.SENSITIVITY
        if (row.rejected or private) and not owner:
            continue
        label = _label(row, language)
        yield Known(
            what=_("%(label)s – said to be wrong, and not said any more") % {"label": label}
            if row.rejected
            else label,
            source=_("the machine"),
            model=f"{row.model} {row.version}",
            made_on=row.created_at,
            confidence=row.confidence if row.probability is None else row.probability,
            seen_by=_("nobody") if row.rejected else _("its owner alone") if private else everybody,
            deeds=for_owner(
                owner and not row.rejected,
                Deed(
                    _("This is wrong: %(label)s") % {"label": label},
                    reverse("pages:reject_fact", args=[photo.pk, row.pk]),
                    post=True,
                ),
            ),
        )


def _label(row: Fact, language: str) -> str:
    """The fact in words of the descriptions, such as "a dog" or "smiling"; what was read, in quotes."""
    return fact_in_words(row.kind, row.label, row.text, language)
