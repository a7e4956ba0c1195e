"""The drafts of one photo that wait for an answer. describe.reviewing has the answers."""

from django.shortcuts import get_object_or_404

from photolib.describe.models import Draft, DraftState
from photolib.library.models import Photo


def offered_drafts(photo: Photo) -> list[Draft]:
    """The drafts on which nobody has decided, for the photo's owner."""
    return list(Draft.objects.filter(photo=photo, state=DraftState.OFFERED).order_by("pk"))


def get_offered_draft(photo: Photo, pk: int) -> Draft:
    """One of them. Raises Http404."""
    return get_object_or_404(Draft, pk=pk, photo=photo, state=DraftState.OFFERED)
