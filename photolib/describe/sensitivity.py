"""What one would ask the owner before a photo is shared. Nobody else is told that there is a question."""

from collections.abc import Iterable

from photolib.accounts.models import User
from photolib.describe.models import Fact, FactKind
from photolib.library.models import Photo

# From this score on the owner is asked (Yahoo's own advice: below it a picture is safe).
ASK_FROM = 0.2


def question_about(photo: Photo, viewer: User) -> Fact | None:
    """Why this viewer may want to look at the photo before sharing it; None for all but the owner."""
    if photo.library.owner_id != viewer.pk:
        return None
    return (
        Fact.objects.filter(
            photo=photo, kind=FactKind.SENSITIVITY, rejected=False, confidence__gte=ASK_FROM
        )
        .order_by("-confidence", "pk")
        .first()
    )


def to_ask_about(photos: Iterable[Photo], viewer: User) -> list[Photo]:
    """Those of the viewer's own photos that are to be asked about before they are shared, in order."""
    mine = [photo for photo in photos if photo.library.owner_id == viewer.pk]
    doubtful = set(
        Fact.objects.filter(
            photo__in=mine, kind=FactKind.SENSITIVITY, rejected=False, confidence__gte=ASK_FROM
        ).values_list("photo_id", flat=True)
    )
    return [photo for photo in mine if photo.pk in doubtful]
