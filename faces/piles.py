"""Piles: what people said about faces that have no name, and groups that keep to it.

Two rules hold for every group, whoever puts it together: no two of its faces are of one photo, and it
holds no two piles that are apart; and the faces of a pile are never in two groups.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from faces.choice import serving_pack
from faces.models import FaceGroup, Pile, PiledFace, PilesApart, UnknownFace
from photolib.library.models import Library
from photolib.people.models import Appearance, AppearanceSource, AppearanceState, FaceRegion


def apart_in(library: Library) -> frozenset[frozenset[int]]:
    """The pairs of piles of this library that a person said are two people."""
    pairs = PilesApart.objects.filter(one__library=library).values_list("one", "other")
    return frozenset(frozenset(pair) for pair in pairs)


def unite(*, regions: Collection[int], library: Library) -> Pile:
    """Make these faces one person: a new pile of them and of all that the piles they were in whole hold.

    What those piles were apart from, the new one is apart from; but not from what is in it now: the
    later word counts. The faces must be of different photos (double_photos).
    """
    rows = dict(PiledFace.objects.filter(region__in=regions).values_list("region", "pile"))
    sources = set(rows.values())
    pile = Pile.objects.create(library=library)
    everyone = set(regions) | _waiting(sources, regions)
    PiledFace.objects.filter(region__in=everyone).delete()
    PiledFace.objects.bulk_create(
        PiledFace(region_id=region, pile=pile) for region in sorted(everyone)
    )
    others = set()
    touching = PilesApart.objects.filter(Q(one__in=sources) | Q(other__in=sources))
    for pair in touching.values_list("one", "other"):
        others.update(set(pair) - sources)
    for other in sorted(others):
        keep_apart(pile.pk, other)
    return pile


def _waiting(sources: Iterable[int], regions: Collection[int]) -> set[int]:
    """Faces without a vector just now, of piles that go in whole; as far as their photos allow it."""
    rows = PiledFace.objects.filter(pile__in=list(sources))
    left_behind = rows.filter(region__unknown_face__expired=False).exclude(region__in=regions)
    cut = set(left_behind.values_list("pile", flat=True))
    taken = set(FaceRegion.objects.filter(pk__in=regions).values_list("photo_id", flat=True))
    found = set()
    waiting = rows.filter(region__unknown_face__isnull=True).exclude(pile__in=cut).order_by("pk")
    for region, photo in waiting.values_list("region", "region__photo"):
        if photo not in taken:
            found.add(region)
            taken.add(photo)
    return found


def keep_apart(one: int, other: int) -> None:
    """Two piles are two people, in whichever order they are named."""
    if one != other:
        first, second = sorted((one, other))
        PilesApart.objects.get_or_create(one_id=first, other_id=second)


def piles_apart_from(piles: Iterable[int]) -> set[int]:
    """The piles that a person said are somebody else than one of these."""
    mine = set(piles)
    if not mine:
        return set()
    pairs = PilesApart.objects.filter(Q(one__in=mine) | Q(other__in=mine))
    return {pile for pair in pairs.values_list("one", "other") for pile in pair if pile not in mine}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Who a face without a name can be, as far as follows from what people said of others.

    refused: faces that were said to be somebody else have these names. only: those that were said to be
    the same person have these; None where none has a name.
    """

    refused: frozenset[int] = frozenset()
    only: frozenset[int] | None = None

    def allow(self, person: int) -> bool:
        return person not in self.refused and (self.only is None or person in self.only)


def bounds_of(*, region: int, pile: int) -> Bounds:
    """Who this face of a pile can be. What people said of the others counts before the machine's names;
    those count too, for the machine must not call one person two, or two people one."""
    sure = Appearance.objects.exclude(state=AppearanceState.ASKED)
    others = sure.filter(region__piled__pile__in=piles_apart_from([pile]))
    mates = sure.filter(region__piled__pile=pile).exclude(region=region)
    said = mates.exclude(source=AppearanceSource.MACHINE)
    only = frozenset((said if said.exists() else mates).values_list("person_id", flat=True))
    refused = frozenset(others.values_list("person_id", flat=True))
    return Bounds(refused=refused - only, only=only or None)


def double_photos(regions: Iterable[int]) -> set[int]:
    """The photos that hold more than one of these faces: they cannot all be one person."""
    seen: set[int] = set()
    double: set[int] = set()
    rows = FaceRegion.objects.filter(pk__in=list(regions)).values_list("photo_id", flat=True)
    for photo in rows:
        (double if photo in seen else seen).add(photo)
    return double


def live_faces(library: Library) -> QuerySet[UnknownFace]:
    """The unknown faces of a library whose vectors are still there."""
    return current_faces().filter(session__library=library)


def current_faces() -> QuerySet[UnknownFace]:
    """Unknown faces by the models that serve: those that are only coming have groups later."""
    return UnknownFace.objects.filter(expired=False, pack=serving_pack().name)


def fits(faces: Sequence[UnknownFace], group: FaceGroup) -> bool:
    """Whether all these faces can be in this group beside the others of it."""
    keys = [face.pk for face in faces]
    others = group.faces.exclude(pk__in=keys)
    photos = [face.region.photo_id for face in faces]
    if others.filter(region__photo__in=photos).exists():
        return False
    mine = _piles_of(UnknownFace.objects.filter(pk__in=keys))
    if not mine:
        # Nobody said anything of these faces, as of most: the others of a large group need no look.
        return True
    theirs = _piles_of(others)
    return not PilesApart.objects.filter(
        Q(one__in=mine, other__in=theirs) | Q(one__in=theirs, other__in=mine)
    ).exists()


def _piles_of(faces: QuerySet[UnknownFace]) -> list[int]:
    rows = PiledFace.objects.filter(region__unknown_face__in=faces.values("pk"))
    return sorted(set(rows.values_list("pile", flat=True)))


def put_into(
    faces: Collection[UnknownFace], *, library: Library, group: FaceGroup | None = None
) -> FaceGroup | None:
    """Move these faces into a group, or into one of their own where there is none or they do not fit.

    A single face is no group: it is in none then. Returns the group.
    """
    rows = list(faces)
    if group is None or not fits(rows, group):
        group = FaceGroup.objects.create(library=library) if len(rows) > 1 else None
    UnknownFace.objects.filter(pk__in=[row.pk for row in rows]).update(group=group)
    return group


def in_units(faces: Iterable[UnknownFace]) -> list[list[UnknownFace]]:
    """The faces pile by pile; each face without a pile by itself. In the order of their keys."""
    rows = sorted(faces, key=lambda face: face.pk)
    regions = [face.region_id for face in rows]
    piles = dict(PiledFace.objects.filter(region__in=regions).values_list("region", "pile"))
    units: dict[tuple[bool, int], list[UnknownFace]] = {}
    for face in rows:
        pile = piles.get(face.region_id)
        key = (pile is not None, face.pk if pile is None else pile)
        units.setdefault(key, []).append(face)
    return list(units.values())


def with_mates(unit: Sequence[UnknownFace]) -> list[UnknownFace]:
    """One of in_units, and the faces of its pile that were not among those asked about."""
    piled = PiledFace.objects.filter(region=unit[0].region_id).first()
    if piled is None:
        return list(unit)
    rows = current_faces().filter(region__piled__pile=piled.pile_id)
    return list(rows.select_related("region").order_by("pk"))
