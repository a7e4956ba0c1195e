"""Who is where, what is asked, and what rests: for the people themselves, and for who answers them."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404

from photolib.accounts.models import User
from photolib.consent.decisions import Answer, decide, pairs_allowing
from photolib.consent.models import Purpose
from photolib.consent.queries import libraries_asking, people_decided_by
from photolib.library.models import Library, Photo
from photolib.library.queries import photos_visible_to
from photolib.people.models import Appearance, AppearanceSource, AppearanceState, Person
from photolib.rights.models import Freeze, RightsRequest


@dataclass(frozen=True, slots=True)
class Place:
    """A person in one library.

    shown: photos the viewer may see. withheld: photos of them that are somebody else's alone.
    find_me: whether the photos may be shown to the person. recognise: whether they are recognised.
    """

    library: Library
    own: bool
    shown: int
    withheld: int
    find_me: Answer
    recognise: Answer

    @property
    def may_show(self) -> bool:
        """In one's own library no answer is needed to look at one's own photos."""
        return self.own or self.find_me.allowed


def known_appearances(person: Person) -> QuerySet[Appearance]:
    """Where the person is: said by people, and matched by the machine with the person's yes.

    Open questions are none, nor what rests in a freeze.
    """
    libraries = Library.objects.filter(photos__appearances__person=person).distinct()
    allowed = pairs_allowing(Purpose.RECOGNISE, libraries.values_list("pk", flat=True))
    matched_in = [library for someone, library in allowed if someone == person.pk]
    known = Appearance.objects.filter(person=person, photo__trashed_at__isnull=True).exclude(
        state=AppearanceState.ASKED
    )
    machine = known.filter(source=AppearanceSource.MACHINE)
    return known.exclude(
        pk__in=machine.exclude(photo__library__in=matched_in).values("pk")
    ).select_related("photo__library__owner", "region")


def places_of(person: Person, viewer: User) -> list[Place]:
    """The libraries of the household in which the person is, or answered something."""
    everywhere = _photos_by_library(known_appearances(person))
    visible = Exists(photos_visible_to(viewer).filter(pk=OuterRef("photo")))
    seen = _photos_by_library(known_appearances(person).filter(visible))
    places = []
    for library in libraries_asking(viewer):
        total, shown = everywhere.get(library.pk, 0), seen.get(library.pk, 0)
        places.append(
            Place(
                library=library,
                own=library.owner_id == viewer.pk,
                shown=shown,
                withheld=total - shown,
                find_me=decide(person, Purpose.FIND_ME, library),
                recognise=decide(person, Purpose.RECOGNISE, library),
            )
        )
    return [place for place in places if place.shown + place.withheld or place.recognise.granted]


def _photos_by_library(rows: QuerySet[Appearance]) -> dict[int, int]:
    counted = rows.order_by().values("photo__library").annotate(n=Count("photo", distinct=True))
    return {row["photo__library"]: row["n"] for row in counted}


def photos_showing(person: Person, viewer: User) -> QuerySet[Photo]:
    """The photos that the viewer may see and the person is in, where the person said they want that.

    viewer: the person, or who decides for them. In the viewer's own library nobody needs to be asked.
    """
    libraries = [place.library.pk for place in places_of(person, viewer) if place.may_show]
    here = known_appearances(person).filter(photo=OuterRef("pk"))
    return photos_visible_to(viewer).filter(Exists(here), library__in=libraries)


def get_appearance_decided_by(viewer: User, pk: int) -> Appearance:
    """A place where somebody is for whom the viewer decides, in a photo they may see. Raises Http404."""
    row = (
        Appearance.objects.filter(pk=pk, person__in=people_decided_by(viewer))
        .select_related("person__user", "photo__library__owner", "region")
        .first()
    )
    if row is None or not photos_visible_to(viewer).filter(pk=row.photo_id).exists():
        raise Http404
    return row


def freezes_of(person: Person) -> QuerySet[Freeze]:
    """What rests now, the newest first."""
    return Freeze.objects.in_force().filter(person=person).select_related("library__owner")


def get_freeze_decided_by(viewer: User, pk: int) -> Freeze:
    """A freeze that holds, of somebody for whom the viewer decides. Raises Http404."""
    freeze = (
        Freeze.objects.in_force()
        .filter(pk=pk, person__in=people_decided_by(viewer))
        .select_related("person", "library")
        .first()
    )
    if freeze is None:
        raise Http404
    return freeze


def requests_to(viewer: User) -> QuerySet[RightsRequest]:
    """What people without an account asked about the viewer's library, what is due first."""
    return RightsRequest.objects.filter(library__owner=viewer).select_related(
        "person", "answered_by"
    )


def open_requests_to(viewer: User) -> QuerySet[RightsRequest]:
    """Those that wait for an answer."""
    return requests_to(viewer).filter(answered_at__isnull=True)


def get_request_to(viewer: User, pk: int) -> RightsRequest:
    """A request about the viewer's own library. Raises Http404."""
    found = requests_to(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
