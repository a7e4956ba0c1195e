"""What a deed would touch, said before it is done: how many faces, in how many photos, and why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faces.merging import check_may_merge
from faces.models import FaceGroup
from faces.piles import double_photos, live_faces
from faces.queries import faces_of
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import Library
from photolib.library.queries import photos_visible_to
from photolib.people.models import Appearance, AppearanceSource, FaceRegion, Person


@dataclass(frozen=True, slots=True)
class Touch:
    """faces, photos: how many would change. sentence: the same in words.

    refused: why it cannot be done, empty where it can.
    """

    faces: int
    photos: int
    sentence: str
    refused: str = ""


def of_merging(*, groups: Sequence[FaceGroup]) -> Touch:
    """Putting groups together."""
    regions = [face.region_id for group in groups for face in faces_of(group)]
    return _touch(FaceRegion.objects.filter(pk__in=regions), refused=two_of_one_photo(regions))


def of_merging_people(*, person: Person, into: Person, by: User) -> Touch:
    """Putting two entries of one person together: the faces whose name moves in photos that one sees.

    Raises NotAllowed.
    """
    refused = ""
    try:
        check_may_merge(person, into, by)
    except NotAllowed:
        raise
    except PhotolibError as error:
        refused = str(error)
    names = Appearance.objects.filter(person=person).exclude(source=AppearanceSource.MACHINE)
    regions = names.filter(region__isnull=False, photo__in=photos_visible_to(by)).values("region")
    touch = _touch(FaceRegion.objects.filter(pk__in=regions), refused=refused)
    # Always said: whether there are any is nobody's business who does not see them.
    others = _("Names in photos that you do not see move as well.")
    return replace(touch, sentence=f"{touch.sentence} {others}")


def of_regrouping(*, library: Library) -> Touch:
    """Putting all faces without a name in order afresh."""
    return _touch(FaceRegion.objects.filter(pk__in=live_faces(library).values("region")))


def two_of_one_photo(regions: Iterable[int]) -> str:
    """Why these faces cannot be one person, empty where they can."""
    count = len(double_photos(regions))
    if not count:
        return ""
    return ngettext(
        "These cannot be one person: in %(count)s photo there are two of these faces. "
        "Take the wrong ones out of their group first.",
        "These cannot be one person: in %(count)s photos there are two of these faces. "
        "Take the wrong ones out of their group first.",
        count,
    ) % {"count": count}


def _touch(regions: QuerySet[FaceRegion], *, refused: str = "") -> Touch:
    found = regions.aggregate(faces=Count("pk"), photos=Count("photo", distinct=True))
    faces, photos = found["faces"], found["photos"]
    return Touch(faces, photos, _sentence(faces, photos), refused)


def _sentence(faces: int, photos: int) -> str:
    values = {
        "faces": ngettext("%(count)s face", "%(count)s faces", faces) % {"count": faces},
        "photos": ngettext("%(count)s photo", "%(count)s photos", photos) % {"count": photos},
    }
    return _("This changes %(faces)s in %(photos)s.") % values
