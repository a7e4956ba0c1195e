"""What the views of faces share."""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from faces.queries import newest_entry_by
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.people.models import FaceRegion

# More faces than these are shown once more before something is done with them.
FEW = 6


def viewer_of(request: HttpRequest) -> User:
    """The signed-in person; nobody else gets past LoginRequiredMiddleware."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def do(request: HttpRequest, deed: Callable[[], object], done: str) -> bool:
    """Do it and say so; or say why not. What is nobody's business but the owner's stays a 403."""
    before = newest_entry_by(viewer_of(request))
    try:
        deed()
    except NotAllowed:
        raise
    except PhotolibError as error:
        messages.error(request, str(error))
        return False
    say_done(request, done, since=before)
    return True


def say_done(request: HttpRequest, said: str, *, since: int) -> None:
    """Say what was done, with a button that takes it back where the journal knows how.

    since: the viewer's newest entry from before (queries.newest_entry_by).
    """
    entry = newest_entry_by(viewer_of(request))
    address = reverse("faces:undo", args=[entry]) if entry > since else ""
    messages.success(request, said, extra_tags=address)


def back_to_face(region: FaceRegion) -> HttpResponse:
    """To the face's place on the page of its photo's faces."""
    response = redirect("faces:photo", pk=region.photo_id)
    response["Location"] += f"#face-{region.pk}"
    return response


def to_next_question() -> HttpResponse:
    """To the review page; the focus goes to the heading of the next question, or of none."""
    response = redirect("faces:review")
    response["Location"] += "#question"
    return response


def numbers(values: Collection[str]) -> set[int]:
    """The whole numbers among what a form sent."""
    return {int(value) for value in values if value.isdecimal()}
