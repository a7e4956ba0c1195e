"""A person lets a housemate's library learn their face from photos of their own, and takes that back.

Whoever decides for the person does it (they themselves, or a child's guardian), and only with photos of
their own: what others own is theirs to show or not.
"""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faces.again import look_again
from faces.grounds import drop_groundless, live_decision
from faces.models import HandOver
from photolib.accounts.models import User
from photolib.consent.queries import people_decided_by
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import Library, Photo
from photolib.people.models import Appearance, AppearanceSource, AppearanceState, FaceRegion, Person

# What "the best" hands over: enough light and angles to be known by, and few enough to look at.
BEST = 5


def faces_to_hand_over(viewer: User, person: Person, library: Library) -> QuerySet[FaceRegion]:
    """The person's faces in the viewer's own photos that are not handed over yet, the clearest first.

    Each was named by hand. Whether the viewer decides for the person was asked before.
    """
    said = Appearance.objects.filter(
        person=person, state=AppearanceState.CONFIRMED, region__isnull=False
    ).exclude(source=AppearanceSource.MACHINE)
    return (
        FaceRegion.objects.filter(
            pk__in=said.values("region"),
            photo__library__owner=viewer,
            photo__trashed_at__isnull=True,
            dismissed=False,
        )
        .exclude(hand_overs__person=person, hand_overs__library=library)
        .select_related("photo")
        .order_by("-quality", "pk")
    )


def handed_over(person: Person, library: Library) -> QuerySet[HandOver]:
    """What this person handed over for the library, the newest first."""
    return (
        HandOver.objects.filter(person=person, library=library)
        .select_related("region__photo__library")
        .order_by("-pk")
    )


@transaction.atomic
def hand_over(*, person: Person, library: Library, regions: Collection[int], by: User) -> int:
    """Let the library learn the person's face from these faces, by key. Returns how many are new.

    Raises NotAllowed unless `by` decides for the person and the library is a housemate's;
    PhotolibError without a yes that counts there, and where no face is given or one cannot be.
    """
    # Locked: a withdrawal waits for this, or this one sees it.
    library = (
        Library.objects.select_for_update(of=("self",)).select_related("owner").get(pk=library.pk)
    )
    _check(person, library, by)
    if live_decision(person, library) is None:
        raise PhotolibError(
            _("Say yes first to being recognised in the photos of {owner}.").format(
                owner=library.owner
            )
        )
    faces = list(faces_to_hand_over(by, person, library).filter(pk__in=regions))
    if not faces or len(faces) < len(set(regions)):
        raise PhotolibError(
            _("Choose faces in your own photos that have the name {name}.").format(name=person.name)
        )
    HandOver.objects.bulk_create(
        HandOver(person=person, library=library, region=face) for face in faces
    )
    photos = Photo.objects.filter(pk__in={face.photo_id for face in faces})
    transaction.on_commit(partial(look_again, photos))
    return len(faces)


@transaction.atomic
def take_back(
    *, person: Person, library: Library, by: User, regions: Collection[int] | None = None
) -> int:
    """End what was handed over, all of it unless `regions` are given. Returns how many that was.

    What was measured in these photos goes at once, unless the library's owner may see them anyway.
    Raises NotAllowed unless `by` decides for the person.
    """
    library = (
        Library.objects.select_for_update(of=("self",)).select_related("owner").get(pk=library.pk)
    )
    _check(person, library, by)
    rows = handed_over(person, library)
    ended, _rows = (rows if regions is None else rows.filter(region__in=regions)).delete()
    drop_groundless()
    return ended


def _check(person: Person, library: Library, by: User) -> None:
    beside = library.owner_id != by.pk and library.owner.household_id == by.household_id
    if not beside or person not in people_decided_by(by):
        raise NotAllowed(
            _(
                "Only {name} can hand over photos to learn their face from; for a child, the guardian."
            ).format(name=person.name)
        )
