"""A person hands over photos of their own, from which a housemate's library may learn their face."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from faces import handing
from faces.grounds import live_decision
from faces.models import HandOver
from faces.queries import alt_of
from faces.views.common import viewer_of
from photolib.accounts.models import User
from photolib.consent.queries import get_library_asking, get_person_decided_by
from photolib.consent.standing import standing_of
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import Library
from photolib.people.models import FaceRegion, Person

# The clearest are enough: a library keeps twenty measurements of a person at most.
SHOWN = 24


@dataclass(frozen=True, slots=True)
class Handed:
    """Something handed over. alt: of its crop, empty where the viewer may not see the photo any more."""

    row: HandOver
    alt: str


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, person: int, library: int) -> HttpResponse:
    """What is handed over, with a way back; and the viewer's photos that could be."""
    viewer = viewer_of(request)
    someone, where = _asked(viewer, person, library)
    if request.method == "POST":
        _do(request, someone, where)
        return redirect("faces:hand_over", someone.pk, where.pk)
    faces = list(handing.faces_to_hand_over(viewer, someone, where)[:SHOWN])
    context = {
        "person": someone,
        "library": where,
        "own": someone.user_id == viewer.pk,
        "allowed": live_decision(someone, where) is not None,
        "best": min(handing.BEST, len(faces)),
        "faces": _with_alts(faces),
        "handed": _handed(viewer, someone, where),
    }
    return render(request, "faces/hand_over.html", context)


def _asked(viewer: User, person: int, library: int) -> tuple[Person, Library]:
    """Raises Http404 for somebody the viewer does not decide for, and for the viewer's own library."""
    someone = get_person_decided_by(viewer, person)
    where = get_library_asking(viewer, library)
    too_young = someone.user_id == viewer.pk and standing_of(someone).minor
    if too_young or where.owner_id == viewer.pk:
        raise Http404
    return someone, where


def _do(request: HttpRequest, person: Person, library: Library) -> None:
    viewer, deed = viewer_of(request), request.POST.get("do")
    ticked = [int(value) for value in request.POST.getlist("region") if value.isdecimal()]
    try:
        if deed == "take_back":
            ended = handing.take_back(person=person, library=library, by=viewer, regions=ticked)
            messages.success(request, _ended(ended))
        elif deed == "take_all_back":
            ended = handing.take_back(person=person, library=library, by=viewer)
            messages.success(request, _ended(ended))
        else:
            if deed == "best":
                best = handing.faces_to_hand_over(viewer, person, library)[: handing.BEST]
                ticked = [face.pk for face in best]
            given = handing.hand_over(person=person, library=library, regions=ticked, by=viewer)
            said = ngettext(
                "%(count)s photo is handed over.", "%(count)s photos are handed over.", given
            )
            messages.success(request, said % {"count": given})
    except NotAllowed:
        raise
    except PhotolibError as error:
        messages.error(request, str(error))


def _ended(count: int) -> str:
    said = ngettext("%(count)s photo is taken back.", "%(count)s photos are taken back.", count)
    return said % {"count": count}


def _with_alts(faces: list[FaceRegion]) -> list[tuple[FaceRegion, str]]:
    return [
        (face, alt_of(face, face.photo, number, len(faces)))
        for number, face in enumerate(faces, start=1)
    ]


def _handed(viewer: User, person: Person, library: Library) -> list[Handed]:
    rows = list(handing.handed_over(person, library))
    return [
        Handed(
            row,
            alt_of(row.region, row.region.photo, number, len(rows))
            if row.region.photo.library.owner_id == viewer.pk
            else "",
        )
        for number, row in enumerate(rows, start=1)
    ]
