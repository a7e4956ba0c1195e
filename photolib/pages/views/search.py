"""One box: words, people, places, dates."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.library.queries import albums_visible_to, photos_visible_to
from photolib.pages.queries import PAGE_SIZE, Card, cards_for
from photolib.pages.views.common import language_of, photo_list, reading_language, viewer_of
from photolib.search.meaning import alike
from photolib.search.plan import MOST_COUNTED
from photolib.search.queries import Unknown, search_photos

# Longer is no question a person types.
LONGEST_QUESTION = 200
# With no more exact answers than that, it is looked for by meaning, too (where that is on).
FEW_FOUND = 12


@dataclass(frozen=True, slots=True)
class Mend:
    """What was typed and leads nowhere, with the addresses of better questions, or empty ones."""

    typed: str
    meant: str
    instead: str
    without: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    context: dict[str, object] = {"query": query}
    if query:
        found = search_photos(viewer, query, language_of())
        first_page = not {"before", "after"} & request.GET.keys()
        photos = found.newest(PAGE_SIZE + 1) if first_page else found.photos
        context |= {
            "list": photo_list(request, photos),
            "total": min(found.total, MOST_COUNTED),
            "more": found.total > MOST_COUNTED,
            "understood": found.understood,
            "mends": [_mend(unknown) for unknown in found.unknown],
            "alike": _alike(viewer, query, found.photos, found.total),
            "albums": albums_visible_to(viewer).filter(owner=viewer)
            if "select" in request.GET
            else [],
        }
    return render(request, "pages/search.html", context)


def _alike(viewer: User, query: str, found: QuerySet[Photo], total: int) -> list[Card]:
    """By meaning, nearest first, where words find little: what is no exact answer already."""
    if total > FEW_FOUND:
        return []
    exact = set(found.values_list("pk", flat=True))
    visible = photos_visible_to(viewer)
    keys = [key for key in alike(query, visible) if key not in exact]
    rows = visible.select_related("library__owner", "original").in_bulk(keys)
    return cards_for([rows[key] for key in keys if key in rows], viewer, reading_language(viewer))


def _mend(unknown: Unknown) -> Mend:
    return Mend(unknown.typed, unknown.meant, _address(unknown.instead), _address(unknown.without))


def _address(question: str) -> str:
    return f"{reverse('pages:search')}?{urlencode({'q': question})}" if question else ""
