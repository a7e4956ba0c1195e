"""Where am I, not me, stop and resume: for people with an account, and the children they decide for."""

from dataclasses import dataclass
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from photolib.accounts.models import User
from photolib.accounts.requests import SignedInRequest
from photolib.consent.models import Purpose
from photolib.consent.queries import get_person_decided_by, people_decided_by
from photolib.library.models import Photo
from photolib.pages.queries import Card, cards_for, slice_of
from photolib.people.models import Appearance, Person
from photolib.people.refusals import say_not_me
from photolib.rights.forms import FreezeForm
from photolib.rights.models import Freeze
from photolib.rights.queries import (
    Place,
    freezes_of,
    get_appearance_decided_by,
    get_freeze_decided_by,
    known_appearances,
    photos_showing,
    places_of,
)
from photolib.rights.services import freeze, lift

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person for whom the viewer decides: where they are, and what rests."""

    person: Person
    own: bool
    places: list[Place]
    freezes: list[Freeze]

    @property
    def photos(self) -> int:
        return sum(place.shown for place in self.places if place.may_show)


@dataclass(frozen=True, slots=True)
class Sight:
    """A photo with the person in it, and the rows that say so."""

    card: Card
    rows: list[Appearance]


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Everything one can ask for about oneself, in one place."""
    people = [
        Somebody(
            person=person,
            own=person.user_id == request.user.pk,
            places=places_of(person, request.user),
            freezes=list(freezes_of(person)),
        )
        for person in people_decided_by(request.user)
    ]
    return render(
        request, "rights/overview.html", {"people": people, "purpose": Purpose.RECOGNISE.value}
    )


@never_cache
@require_safe
def where_am_i(request: SignedInRequest, person: int) -> HttpResponse:
    """The photos that show the person, with "not me" for each."""
    someone = get_person_decided_by(request.user, person)
    part = slice_of(
        photos_showing(someone, request.user),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        size=PAGE_SIZE,
    )
    here = reverse("rights:where_am_i", args=[person])
    context = {
        "person": someone,
        "own": someone.user_id == request.user.pk,
        "places": places_of(someone, request.user),
        "purpose": Purpose.RECOGNISE.value,
        "find_me": Purpose.FIND_ME.value,
        "sights": _sights(someone, request.user, list(part.photos)),
        "newer": f"{here}?after={part.newer}" if part.newer else "",
        "older": f"{here}?before={part.older}" if part.older else "",
    }
    return render(request, "rights/where_am_i.html", context)


def _sights(person: Person, viewer: User, photos: list[Photo]) -> list[Sight]:
    rows: dict[int, list[Appearance]] = {photo.pk: [] for photo in photos}
    for row in known_appearances(person).filter(photo__in=photos):
        rows[row.photo_id].append(row)
    language = (get_language() or "en").partition("-")[0]
    return [Sight(card, rows[card.photo.pk]) for card in cards_for(photos, viewer, language)]


@require_POST
def not_me(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that one is not in a photo: for good, whoever wrote it."""
    row = get_appearance_decided_by(request.user, pk)
    say_not_me(appearance=row, by=request.user)
    messages.success(
        request,
        _("%(name)s is no longer named in that photo, and will not be again by the machine.")
        % {"name": row.person},
    )
    return redirect("rights:where_am_i", row.person_id)


def stop(request: SignedInRequest, person: int) -> HttpResponse:
    """Stop recognising a person in the whole household, for a while or until it is ended."""
    someone = get_person_decided_by(request.user, person)
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["until"]
        until = timezone.make_aware(datetime.combine(day, time())) if day else None
        freeze(person=someone, by=request.user, until=until, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("%(name)s is not recognised any more from now on.") % {"name": someone}
        )
        return redirect("rights:overview")
    context = {"person": someone, "form": form, "own": someone.user_id == request.user.pk}
    return render(request, "rights/stop.html", context)


@require_POST
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a freeze."""
    row = get_freeze_decided_by(request.user, pk)
    lift(freeze=row, by=request.user)
    messages.success(request, _("What %(name)s said yes to counts again.") % {"name": row.person})
    return redirect("rights:overview")
