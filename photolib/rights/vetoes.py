"""While a person's freeze holds, their yes to being recognised rests (consent.decisions)."""

from django.db.models import Exists, OuterRef, Q

from photolib.rights.models import Freeze


def frozen() -> Exists:
    """Over rows of decisions: whether the person asked that recognising them stops in that library."""
    everywhere_or_here = Q(library__isnull=True) | Q(library=OuterRef("library"))
    return Exists(Freeze.objects.in_force().filter(everywhere_or_here, person=OuterRef("person")))
