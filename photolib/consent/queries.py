"""Who is in which photo, as far as this viewer may know, and whom this viewer decides for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from photolib.accounts.models import User
from photolib.consent.decisions import pairs_allowing_each
from photolib.consent.models import Invitation, Purpose
from photolib.consent.standing import standing_of
from photolib.library.models import Library, Photo
from photolib.people.models import Appearance, AppearanceSource, AppearanceState, Person


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person in a photo whom the viewer may know by name.

    left, top, width, height: the face's box in fractions (0..1) of the upright picture, or None.
    """

    person_id: int
    name: str
    appearance_id: int
    region_id: int | None
    left: float | None
    top: float | None
    width: float | None
    height: float | None
    state: Literal["confirmed", "auto"]
    source: str


def sightings(photos: Iterable[Photo], viewer: User | None) -> dict[int, list[Sighting]]:
    """Who is in these photos, by the photo's key, from left to right, people without a face last.

    Only names that this viewer may know (appearances_visible_to). Every photo given has an entry.
    Three queries, however many photos.
    """
    found: dict[int, list[Sighting]] = {photo.pk: [] for photo in photos}
    if viewer is None or not found:
        return found
    rows = appearances_visible_to(viewer).filter(photo_id__in=list(found))
    for row in rows.select_related("person", "region"):
        found[row.photo_id].append(_sighting(row))
    for row_list in found.values():
        row_list.sort(key=lambda seen: (seen.left is None, seen.left or 0.0, seen.appearance_id))
    return found


def _sighting(row: Appearance) -> Sighting:
    box = row.region
    return Sighting(
        person_id=row.person_id,
        name=row.person.name,
        appearance_id=row.pk,
        region_id=row.region_id,
        left=box.left if box else None,
        top=box.top if box else None,
        width=box.width if box else None,
        height=box.height if box else None,
        state="auto" if row.state == AppearanceState.AUTO else "confirmed",
        source=row.source,
    )


def appearances_visible_to(
    viewer: User, *, people: Iterable[int] | None = None
) -> QuerySet[Appearance]:
    """Every appearance whose name this viewer may know, in photos they may otherwise see.

    In their own library: what people said, and what the machine matched with the person's yes. In a
    housemate's: the same, but only of people who said yes to their name there. Open questions and
    hidden people are in none. It does not check that the photo itself is visible: filter by
    photos_visible_to. Two queries are made when it is called, none depends on rows.
    people: only of these, whose answers alone are then read.
    """
    libraries = dict(Library.objects.filter(_same_house(viewer)).values_list("pk", "owner_id"))
    mine = [library for library, owner in libraries.items() if owner == viewer.pk]
    keys = None if people is None else list(people)
    allowed = pairs_allowing_each((Purpose.NAME, Purpose.RECOGNISE), libraries, keys)
    named = Q(photo__library__in=mine) | _pairs(allowed[Purpose.NAME])
    rows = Appearance.objects.filter(person__hidden=False, person__household=viewer.household_id)
    if keys is not None:
        rows = rows.filter(person_id__in=keys)
    return (
        rows.exclude(state=AppearanceState.ASKED)
        .filter(named)
        .filter(~Q(source=AppearanceSource.MACHINE) | _pairs(allowed[Purpose.RECOGNISE]))
    )


def _same_house(viewer: User) -> Q:
    own = Q(owner=viewer)
    return own | Q(owner__household=viewer.household_id) if viewer.household_id else own


def _pairs(allowed: Iterable[tuple[int, int]]) -> Q:
    """Matches appearances of these people in photos of these libraries: pairs of person and library."""
    people: dict[int, list[int]] = {}
    for person, library in sorted(allowed):
        people.setdefault(library, []).append(person)
    # Matches nothing by itself: an empty Q would match everything.
    condition = Q(pk__in=[])
    for library, some in people.items():
        condition |= Q(photo__library_id=library, person_id__in=some)
    return condition


def libraries_asking(viewer: User) -> QuerySet[Library]:
    """The libraries of the viewer's household, in which they may be in photos."""
    if viewer.household_id is None:
        return Library.objects.none()
    return (
        Library.objects.filter(owner__household=viewer.household_id, owner__is_active=True)
        .select_related("owner")
        .order_by("owner__display_name", "pk")
    )


def people_decided_by(viewer: User) -> list[Person]:
    """Whom this viewer decides for today: themselves, then the children whose guardian they are."""
    if viewer.household_id is None:
        return []
    rows = (
        Person.objects.filter(household=viewer.household_id)
        .filter(Q(user=viewer) | Q(guardian=viewer) | Q(user__guardian=viewer))
        .select_related("household", "user__guardian", "guardian")
    )
    mine = [person for person in rows if person.user_id == viewer.pk]
    wards = [
        person
        for person in rows
        if person.user_id != viewer.pk and standing_of(person).guardian == viewer
    ]
    return mine + wards


def get_person_decided_by(viewer: User, pk: int) -> Person:
    """One of people_decided_by. Raises Http404 for anybody else."""
    for person in people_decided_by(viewer):
        if person.pk == pk:
            return person
    raise Http404


def get_library_asking(viewer: User, pk: int) -> Library:
    """A library of the viewer's household. Raises Http404 for any other."""
    library = libraries_asking(viewer).filter(pk=pk).first()
    if library is None:
        raise Http404
    return library


def invitations_by(viewer: User, person: Person) -> QuerySet[Invitation]:
    """The open invitations of this person to the viewer's own library."""
    return Invitation.objects.filter(
        person=person,
        library__owner=viewer,
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
    )


def get_own_invitation(viewer: User, pk: int) -> Invitation:
    """An invitation to the viewer's own library. Raises Http404 for any other."""
    invitation = Invitation.objects.filter(pk=pk, library__owner=viewer).first()
    if invitation is None:
        raise Http404
    return invitation
