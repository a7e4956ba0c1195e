"""Groups of unknown faces, as people put them right: together, apart, elsewhere, out of sight.

Each of these is a word that holds: putting the groups in order later does not undo it (faces.piles).
"""

from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from faces.erasure import drop_empty_groups
from faces.journal import recording
from faces.models import EntryKind, FaceGroup, Pile, UnknownFace
from faces.piles import in_units, keep_apart, live_faces, put_into, unite
from faces.queries import faces_of
from faces.services.common import check_owner
from faces.touch import two_of_one_photo
from photolib.accounts.models import User
from photolib.core.errors import PhotolibError
from photolib.library.models import Library


def merge_groups(*, groups: Sequence[FaceGroup], by: User) -> FaceGroup:
    """Say that these groups are one person: their faces are one pile from now on, in the first group.

    What was said to be two people among them before is taken back by it. Faces of photos in the trash
    go along where they fit, without being said to be that person.
    Raises NotAllowed; PhotolibError for less than two groups of one library, and where two faces are
    of one photo: those cannot be one person, and have to be taken out first.
    """
    target, library = _first_of(groups, by)
    numbers = sorted({group.pk for group in groups})
    everyone = list(_members(numbers))
    with recording(
        library=library,
        by=by,
        kind=EntryKind.MERGE,
        regions=[face.region_id for face in everyone],
        groups=numbers,
    ):
        shown = [face for group in groups for face in faces_of(group)]
        _check_one_person(shown)
        unite(regions=_regions(shown), library=library)
        _gather(shown, everyone, target)
        drop_empty_groups(library=library)
    return target


def split_group(
    *, group: FaceGroup, regions: Collection[int], by: User, shown: Collection[int] | None = None
) -> FaceGroup | None:
    """Say that these faces of a group are one person, and its others another.

    shown: the faces that were on the page, all unless said otherwise; of the rest nothing is said.
    Returns the new group, None for a single face.
    Raises NotAllowed; PhotolibError where none or all of the faces are chosen.
    """
    check_owner(group.library, by)
    members = list(_members([group.pk]))
    with recording(
        library=group.library,
        by=by,
        kind=EntryKind.SPLIT,
        regions=_regions(members),
        groups=[group.pk],
    ):
        chosen, rest = _choose(group, regions, shown)
        keep_apart(_pile(chosen, group.library).pk, _pile(rest, group.library).pk)
        return put_into(chosen, library=group.library)


def take_out_of_group(
    *, group: FaceGroup, regions: Collection[int], by: User, shown: Collection[int] | None = None
) -> int:
    """Say that these faces are not the person of this group; of each other nothing is said.

    shown: as for split_group. Returns how many faces were taken out. Raises as split_group does.
    """
    check_owner(group.library, by)
    members = list(_members([group.pk]))
    with recording(
        library=group.library,
        by=by,
        kind=EntryKind.TAKE_OUT,
        regions=_regions(members),
        groups=[group.pk],
    ):
        chosen, rest = _choose(group, regions, shown)
        others = _pile(rest, group.library)
        for face in chosen:
            keep_apart(_pile([face], group.library).pk, others.pk)
            put_into([face], library=group.library)
    return len(chosen)


def move_faces(*, regions: Collection[int], to: FaceGroup, by: User) -> int:
    """Say that these faces are the person of another group, and not that of the group they were in.

    Returns how many faces moved. Raises NotAllowed; PhotolibError where none is left to move, and where
    two faces would be of one photo.
    """
    library = to.library
    check_owner(library, by)
    moved = list(live_faces(library).filter(region__in=regions).exclude(group=to).order_by("pk"))
    if not moved:
        raise PhotolibError(_("Choose at least one face of another group."))
    old = list(FaceGroup.objects.filter(faces__in=moved).distinct().order_by("pk"))
    numbers = [to.pk, *(group.pk for group in old)]
    scope = {*_regions(moved), *_regions(_members(numbers))}
    with recording(library=library, by=by, kind=EntryKind.MOVE, regions=scope, groups=numbers):
        members = list(_members([to.pk]))
        together = [*moved, *faces_of(to)]
        _check_one_person(together)
        pile = _pile(together, library)
        for group in old:
            rest = [face for face in faces_of(group) if face not in moved]
            if rest:
                keep_apart(pile.pk, _pile(rest, library).pk)
        _gather(together, members, to)
        drop_empty_groups(library=library)
    return len(moved)


def hide_group(*, group: FaceGroup, by: User, hidden: bool = True) -> None:
    """Leave a group of strangers out of the page, or show it again. Nothing else changes."""
    check_owner(group.library, by)
    if group.hidden == hidden:
        return
    kind = EntryKind.HIDE_GROUP if hidden else EntryKind.SHOW_GROUP
    with recording(library=group.library, by=by, kind=kind, groups=[group.pk]) as scope:
        scope.faces = faces_of(group).count()
        group.hidden = hidden
        group.save(update_fields=["hidden"])


def _check_one_person(faces: Iterable[UnknownFace]) -> None:
    """Raises PhotolibError where two of these faces are of one photo: they are two people."""
    refused = two_of_one_photo(_regions(faces))
    if refused:
        raise PhotolibError(refused)


def _first_of(groups: Sequence[FaceGroup], by: User) -> tuple[FaceGroup, Library]:
    if len({group.pk for group in groups}) < 2 or len({group.library_id for group in groups}) > 1:
        raise PhotolibError(_("Choose at least two groups to put together."))
    check_owner(groups[0].library, by)
    return groups[0], groups[0].library


def _choose(
    group: FaceGroup, regions: Collection[int], shown: Collection[int] | None
) -> tuple[list[UnknownFace], list[UnknownFace]]:
    faces = [face for face in faces_of(group) if shown is None or face.region_id in shown]
    chosen = [face for face in faces if face.region_id in regions]
    if not chosen:
        raise PhotolibError(_("Choose at least one face of this group."))
    if len(chosen) == len(faces):
        raise PhotolibError(_("Leave at least one face in this group."))
    return chosen, [face for face in faces if face not in chosen]


def _gather(
    together: Collection[UnknownFace], members: Iterable[UnknownFace], target: FaceGroup
) -> None:
    """Put what is together into the target; the others of its group go along where they fit."""
    others = [face for face in members if face not in together]
    keys = [face.pk for face in [*together, *others]]
    UnknownFace.objects.filter(pk__in=keys).update(group=None)
    UnknownFace.objects.filter(pk__in=[face.pk for face in together]).update(group=target)
    for unit in in_units(others):
        put_into(unit, library=target.library, group=target)


def _members(numbers: Iterable[int]) -> Iterable[UnknownFace]:
    """All faces of these groups, also of photos in the trash."""
    rows = UnknownFace.objects.filter(group__in=list(numbers), expired=False)
    return rows.select_related("region").order_by("pk")


def _regions(faces: Iterable[UnknownFace]) -> list[int]:
    return [face.region_id for face in faces]


def _pile(faces: Iterable[UnknownFace], library: Library) -> Pile:
    return unite(regions=_regions(faces), library=library)
