"""Switching a library's face recognition."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from faces.models import LONGEST_KEPT, GroupingSession
from photolib.accounts.models import User
from photolib.consent.services import set_recognition
from photolib.core.errors import PhotolibError
from photolib.library.models import Library, RecognitionState


@transaction.atomic
def switch_recognition(
    *, library: Library, state: str, by: User, declared: bool = False, keep_days: int = 30
) -> Library:
    """Switch a library's face recognition (consent.services.set_recognition).

    keep_days: how long unknown faces' vectors are kept in household grouping, 1..90. Shortened, it
    also holds for what is kept already. It is not in the journal: what it destroys does not come back.
    Raises NotAllowed and ConsentRefused, as that does.
    """
    if not 1 <= keep_days <= LONGEST_KEPT:
        raise PhotolibError(_("Choose between 1 and 90 days."))
    changed = set_recognition(library=library, state=state, by=by, declared=declared)
    if state == RecognitionState.HOUSEHOLD:
        session = GroupingSession.objects.select_for_update().get(library=library)
        session.keep_days = keep_days
        session.save(update_fields=["keep_days"])
        # Counted from the day a vector was made: the page shows the date that comes of it.
        session.faces.filter(expired=False).update(
            expires_at=F("created_at") + timedelta(days=keep_days)
        )
    return changed
