"""One box: words, people, places, dates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from photolib.library.queries import albums_visible_to
from photolib.pages.views.common import language_of, photo_list, viewer_of
from photolib.search.queries import search_photos


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    query = " ".join(request.GET.get("q", "").split())[:200]
    context: dict[str, object] = {"query": query}
    if query:
        found = search_photos(viewer, query, language_of())
        context |= {
            "list": photo_list(request, found.photos),
            "total": found.photos.count(),
            "understood": found.understood,
            "unknown": found.unknown,
            "albums": albums_visible_to(viewer).filter(owner=viewer)
            if "select" in request.GET
            else [],
        }
    return render(request, "pages/search.html", context)
