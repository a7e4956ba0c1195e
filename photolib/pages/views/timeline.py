"""All photos by date, and the favourites among them."""

import contextlib
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from photolib.library.queries import (
    albums_visible_to,
    favourites_of,
    get_visible_photo,
    photos_visible_to,
)
from photolib.pages.queries import cursor_around, first_of_month, months_of
from photolib.pages.views.common import photo_list, viewer_of


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Everything the viewer may see, newest first; `?at=` shows the page of one photo, `?month=` a month."""
    viewer = viewer_of(request)
    photos = photos_visible_to(viewer)
    context = {
        "list": photo_list(request, photos, before=_place(request)),
        "albums": albums_visible_to(viewer).filter(owner=viewer) if "select" in request.GET else [],
        "months": months_of(photos),
        "month": request.GET.get("month", ""),
    }
    return render(request, "pages/timeline.html", context)


@require_safe
def favourites(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "list": photo_list(request, favourites_of(viewer)),
        "albums": albums_visible_to(viewer).filter(owner=viewer) if "select" in request.GET else [],
    }
    return render(request, "pages/favourites.html", context)


def _place(request: HttpRequest) -> str | None:
    """The cursor that `at` or `month` asks for; None where the address has neither."""
    photos = photos_visible_to(request.user)
    if month := request.GET.get("month"):
        with contextlib.suppress(ValueError):
            first = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).date()
            return first_of_month(photos, first)
    if at := request.GET.get("at", ""):
        # A photo that has gone meanwhile: the list from its beginning.
        with contextlib.suppress(Http404, ValueError):
            return cursor_around(photos, get_visible_photo(request.user, int(at)))
    return None
