"""A question in between: some photos are shared only after their owner said so twice."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from photolib.describe.sensitivity import to_ask_about
from photolib.library.models import Photo
from photolib.pages.queries import cards_for
from photolib.pages.views.common import reading_language, viewer_of

SURE = "sure"
_NOT_AGAIN = {"csrfmiddlewaretoken", SURE}


def question_before_sharing(
    request: HttpRequest, photos: Iterable[Photo], *, back: str
) -> HttpResponse | None:
    """The page that asks whether these photos are to be shared all the same; None where there is no doubt.

    Its form sends what was sent again, with the answer. back: where "leave it" leads.
    """
    if request.POST.get(SURE) == "1":
        return None
    viewer = viewer_of(request)
    doubtful = to_ask_about(photos, viewer)
    if not doubtful:
        return None
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_AGAIN
        for value in values
    ]
    context = {
        "cards": cards_for(doubtful, viewer, reading_language(viewer)),
        "count": len(doubtful),
        "sent": sent,
        "back": back,
    }
    return render(request, "pages/share_anyway.html", context)
