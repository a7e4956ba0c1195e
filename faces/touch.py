"""What a deed would touch, said before it is done: how many faces, in how many photos, and why not."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faces.merging import check_may_merge
from faces.models import FaceGroup, JournalEntry
from faces.piles import double_photos, live_faces
from faces.putting_back import what_is_free
from faces.queries import faces_of
from photolib.accounts.models import User
from photolib.core.errors import PhotolibError
from photolib.library.models import Library
from photolib.people.models import Appearance, AppearanceSource, AppearanceState, FaceRegion, Person


@dataclass(frozen=True, slots=True)
class Touch:
    """faces, photos: how many would change. sentence: the same in words.

    left: how many stay as they are, where that is less than was asked for. refused: why it cannot be
    done, empty where it can.
    """

    faces: int
    photos: int
    sentence: str
    left: int = 0
    refused: str = ""


def of_naming(
    *, shown_regions: Collection[int], chosen_regions: Collection[int], person: Person | None = None
) -> Touch:
    """Naming a group: the faces of photos in which the person is already are left out."""
    chosen = _with_photos(set(shown_regions) & set(chosen_regions))
    taken: set[int] = set()
    if person is not None:
        named = Appearance.objects.filter(person=person, state=AppearanceState.CONFIRMED)
        taken = set(named.filter(region__isnull=False).values_list("photo_id", flat=True))
    free = {region: photo for region, photo in chosen.items() if photo not in taken}
    refused = "" if chosen else _("Choose at least one face of this group.")
    return _touch(free, left=len(chosen) - len(free), refused=refused)


def of_merging(*, groups: Sequence[FaceGroup]) -> Touch:
    """Putting groups together."""
    if len({group.pk for group in groups}) < 2:
        return _touch({}, refused=_("Choose at least two groups to put together."))
    faces = _with_photos(face.region_id for group in groups for face in faces_of(group))
    return _touch(faces, refused=two_of_one_photo(faces))


def of_splitting(*, group: FaceGroup, regions: Collection[int]) -> Touch:
    """Splitting a group, or taking faces out of it: those that leave it."""
    faces = _with_photos(face.region_id for face in faces_of(group))
    chosen = {region: photo for region, photo in faces.items() if region in regions}
    refused = "" if chosen else _("Choose at least one face of this group.")
    if chosen and len(chosen) == len(faces):
        refused = _("Leave at least one face in this group.")
    return _touch(chosen, refused=refused)


def of_moving(*, regions: Collection[int], to: FaceGroup) -> Touch:
    """Moving faces to another group."""
    rows = live_faces(to.library).filter(region__in=regions).exclude(group=to)
    moved = _with_photos(rows.values_list("region_id", flat=True))
    together = {*moved, *(face.region_id for face in faces_of(to))}
    refused = "" if moved else _("Choose at least one face of another group.")
    return _touch(moved, refused=refused or two_of_one_photo(together))


def of_merging_people(*, people: Iterable[Person], into: Person, by: User) -> Touch:
    """Putting entries of one person together: the names that move, in all libraries."""
    merged = [person for person in people if person.pk != into.pk]
    refused = "" if merged else _("Choose two different people of your household.")
    for person in merged:
        try:
            check_may_merge(person, into, by)
        except PhotolibError as error:
            refused = str(error)
            break
    names = Appearance.objects.filter(person__in=merged).exclude(source=AppearanceSource.MACHINE)
    regions = names.filter(region__isnull=False).values_list("region_id", flat=True)
    return _touch(_with_photos(regions), refused=refused)


def of_regrouping(*, library: Library) -> Touch:
    """Putting all faces without a name in order afresh."""
    faces = _with_photos(live_faces(library).values_list("region_id", flat=True))
    refused = "" if faces else _("There are no faces without a name to be grouped.")
    return _touch(faces, refused=refused)


def of_undoing(*, entry: JournalEntry) -> Touch:
    """Taking an entry of the journal back: what was changed again since is left."""
    free, left = what_is_free(entry)
    refused = _("This was taken back already.") if entry.undone_at else ""
    return _touch(_with_photos(free), left=left, refused=refused)


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


def _with_photos(regions: Iterable[int]) -> dict[int, int]:
    rows = FaceRegion.objects.filter(pk__in=list(regions))
    return dict(rows.values_list("pk", "photo_id"))


def _touch(faces: dict[int, int], *, left: int = 0, refused: str = "") -> Touch:
    photos = len(set(faces.values()))
    return Touch(len(faces), photos, _sentence(len(faces), photos, left), left, refused)


def _sentence(faces: int, photos: int, left: int) -> str:
    values = {
        "faces": ngettext("%(count)s face", "%(count)s faces", faces) % {"count": faces},
        "photos": ngettext("%(count)s photo", "%(count)s photos", photos) % {"count": photos},
    }
    said = _("This changes %(faces)s in %(photos)s.") % values
    if left:
        kept = ngettext(
            "%(count)s face is left as it is.", "%(count)s faces are left as they are.", left
        )
        said += " " + kept % {"count": left}
    return said
