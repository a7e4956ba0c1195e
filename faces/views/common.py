"""What the views of faces share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.people.models import FaceRegion


def viewer_of(request: HttpRequest) -> User:
    """The signed-in person; nobody else gets past LoginRequiredMiddleware."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def do(request: HttpRequest, deed: Callable[[], object], done: str) -> bool:
    """Do it and say so; or say why not. What is nobody's business but the owner's stays a 403."""
    try:
        deed()
    except NotAllowed:
        raise
    except PhotolibError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


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
