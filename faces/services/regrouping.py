"""Having the machine think again about faces, without forgetting what people said."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from faces.again import look_again
from faces.journal import recording
from faces.models import EntryKind, GroupingSession
from faces.piles import live_faces
from faces.services.common import check_owner
from photolib.accounts.models import User
from photolib.consent.decisions import decide
from photolib.consent.models import Purpose
from photolib.core.errors import PhotolibError
from photolib.library.models import Library, Photo
from photolib.people.models import AppearanceSource, AppearanceState, FaceRegion, Person


def regroup_library(*, library: Library, by: User) -> int:
    """Have a worker put all groups of unknown faces in order afresh. Returns how many faces that is.

    What people said of faces and groups holds. It can be taken back: the faces return to the groups
    they were in, until they are put in order the next time.
    Raises NotAllowed; PhotolibError where no faces are grouped.
    """
    check_owner(library, by)
    faces = live_faces(library)
    one = faces.filter(region__dismissed=False, region__photo__trashed_at__isnull=True)
    last = one.order_by("-pk").values_list("region__photo", flat=True).first()
    if last is None:
        raise PhotolibError(_("There are no faces without a name to be grouped."))
    with recording(
        library=library,
        by=by,
        kind=EntryKind.REGROUP,
        regions=faces.values_list("region_id", flat=True),
    ) as scope:
        scope.faces, scope.rearranged = faces.count(), True
        # The last photo that is looked at puts them all in order; one is enough.
        GroupingSession.objects.filter(library=library).update(ordered_faces=0)
        transaction.on_commit(partial(look_again, Photo.objects.filter(pk=last)))
    return scope.faces


def regroup_person(*, person: Person, library: Library, by: User) -> int:
    """Have every face without a name compared with this person again, and the machine's own names for
    them reconsidered. What people said holds. Returns how many photos are looked at again.

    Raises NotAllowed; PhotolibError where the person does not allow to be recognised here.
    """
    check_owner(library, by)
    if not decide(person, Purpose.RECOGNISE, library).allowed:
        raise PhotolibError(
            _("{name} has not said yes to being recognised here.").format(name=person.name)
        )
    said = ~Q(appearances__source=AppearanceSource.MACHINE) & Q(
        appearances__state=AppearanceState.CONFIRMED
    )
    regions = FaceRegion.objects.filter(
        photo__library=library, photo__trashed_at__isnull=True, dismissed=False
    ).exclude(pk__in=FaceRegion.objects.filter(said).values("pk"))
    photos = Photo.objects.filter(pk__in=regions.values("photo"))
    with recording(library=library, by=by, kind=EntryKind.REGROUP_PERSON) as scope:
        scope.faces = regions.count()
        count = photos.count()
        transaction.on_commit(partial(look_again, photos))
    return count
