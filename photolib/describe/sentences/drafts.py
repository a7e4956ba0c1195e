"""What people do with a model's draft: accept it, as it is or changed, or reject it."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.describe.errors import TextRefused
from photolib.describe.models import Draft, DraftState, HumanText
from photolib.describe.services import edit_text
from photolib.library.models import Photo


def offered_drafts(photo: Photo) -> list[Draft]:
    """The drafts on which nobody has decided, for the photo's owner."""
    return list(Draft.objects.filter(photo=photo, state=DraftState.OFFERED).order_by("pk"))


def get_offered_draft(photo: Photo, pk: int) -> Draft:
    """One of them. Raises Http404."""
    return get_object_or_404(Draft, pk=pk, photo=photo, state=DraftState.OFFERED)


def accept_draft(
    *, draft: Draft, by: User, alt: str | None = None, extended: str | None = None
) -> HumanText:
    """Make the draft, or what a person made of it, that person's words. The draft's row stays, and says
    which model they come from.

    Raises NotAllowed for anybody but the photo's owner; TextRefused where a person's words stand
    already, and as edit_text does.
    """
    _check_owner(draft, by)
    with transaction.atomic():
        if HumanText.objects.filter(photo=draft.photo_id, language=draft.language).exists():
            said = _("This photo has a person's own description: change that, or remove it first.")
            raise TextRefused(said)
        text = edit_text(
            photo=draft.photo,
            language=draft.language,
            alt=draft.alt if alt is None else alt,
            extended=draft.extended if extended is None else extended,
            by=by,
        )
        _settle(draft, DraftState.ACCEPTED)
    return text


def reject_draft(*, draft: Draft, by: User) -> None:
    """Say that the draft is no good: it is shown no more, and this model is not asked again.

    Raises NotAllowed for anybody but the photo's owner.
    """
    _check_owner(draft, by)
    _settle(draft, DraftState.REJECTED)


def _settle(draft: Draft, state: DraftState) -> None:
    draft.state = state
    draft.save(update_fields=["state"])


def _check_owner(draft: Draft, by: User) -> None:
    if draft.photo.library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of this photo decides on its drafts."))
