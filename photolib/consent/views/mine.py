"""What signed-in people allow: for themselves, and for the children whose guardian they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from photolib.accounts.models import User
from photolib.accounts.queries import household_of, members_visible_to
from photolib.accounts.requests import SignedInRequest
from photolib.consent.decisions import Answer, answers
from photolib.consent.models import Channel
from photolib.consent.queries import (
    get_library_asking,
    get_person_decided_by,
    libraries_asking,
    people_decided_by,
)
from photolib.consent.retention import asked_again_of
from photolib.consent.services import channel_of
from photolib.consent.standing import standing_of
from photolib.consent.views.asking import (
    Asked,
    Asking,
    lines_of,
    show_confirmation,
    show_question,
    take_back_answer,
)
from photolib.library.models import Library
from photolib.people.models import Person
from photolib.people.services import create_person

ROUTES = {
    "overview": "consent:mine",
    "question": "consent:question",
    "confirm": "consent:confirm",
    "take_back": "consent:take_back",
    "receipt": "consent:receipt",
}


@dataclass(frozen=True, slots=True)
class Block:
    """The questions of one person about one library."""

    library: Library
    lines: list[Asked]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One person with all libraries. decides: whether the viewer may answer for them today."""

    person: Person
    own: bool
    decides: bool
    guardian: User | None
    blocks: list[Block]


def mine(request: SignedInRequest) -> HttpResponse:
    """Every question and answer of the viewer and their wards."""
    viewer = request.user
    people = people_decided_by(viewer)
    libraries = list(libraries_asking(viewer))
    known = answers(people, libraries)
    chapters = [_chapter(viewer, person, libraries, known) for person in people]
    context = {
        "chapters": chapters,
        "missing": _without_person(viewer),
        "asked_again": asked_again_of(viewer),
    }
    return render(request, "consent/mine.html", context)


def _chapter(
    viewer: User,
    person: Person,
    libraries: list[Library],
    known: Mapping[tuple[int, int, str], Answer],
) -> Chapter:
    standing = standing_of(person)
    own = person.user_id == viewer.pk
    return Chapter(
        person=person,
        own=own,
        decides=not (own and standing.minor),
        guardian=standing.guardian,
        blocks=[
            Block(library=entry, lines=lines_of(_asking_about(viewer, person, entry), known))
            for entry in libraries
        ],
    )


def _without_person(viewer: User) -> list[User]:
    """The viewer and their wards, as far as they are not among the household's people yet."""
    members = members_visible_to(viewer).filter(person__isnull=True)
    return [user for user in members if viewer.pk in {user.pk, user.guardian_id}]


def question(request: SignedInRequest, person: int, library: int, purpose: str) -> HttpResponse:
    """One question."""
    return show_question(request, _asking(request.user, person, library), purpose)


def confirm(request: SignedInRequest, person: int, library: int, purpose: str) -> HttpResponse:
    """The second page of a yes."""
    return show_confirmation(request, _asking(request.user, person, library), purpose)


@require_POST
def take_back(request: SignedInRequest, person: int, library: int, purpose: str) -> HttpResponse:
    """Take a yes back."""
    return take_back_answer(request, _asking(request.user, person, library), purpose)


@require_POST
def add_me(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add oneself, or one's ward with an account, to the household's people, to be asked."""
    user = next((entry for entry in _without_person(request.user) if entry.pk == pk), None)
    if user is None:
        raise Http404
    create_person(
        household=household_of(request.user), name=user.display_name, by=request.user, user=user
    )
    messages.success(request, _("{name} can be asked now.").format(name=user.display_name))
    return redirect("consent:mine")


def _asking(viewer: User, person: int, library: int) -> Asking:
    """Raises Http404 for somebody the viewer does not decide for."""
    someone = get_person_decided_by(viewer, person)
    # A child sees its answers; the pages to change them are the guardian's.
    if channel_of(person=someone, by=viewer) == Channel.SIGNED_IN and standing_of(someone).minor:
        raise Http404
    return _asking_about(viewer, someone, get_library_asking(viewer, library))


def _asking_about(viewer: User, person: Person, library: Library) -> Asking:
    return Asking(
        person=person, library=library, by=viewer, routes=ROUTES, args=(person.pk, library.pk)
    )
