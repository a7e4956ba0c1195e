"""What was thrown away, until it is gone."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from photolib.library.models import Photo
from photolib.library.queries import trash_of
from photolib.library.services import purge_photo
from photolib.library.services import restore as restore_photos
from photolib.pages.queries import PAGE_SIZE, cards_for
from photolib.pages.views.common import reading_language, viewer_of


@require_safe
def trash(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    page = Paginator(trash_of(viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": cards_for(list(page.object_list), viewer, reading_language(viewer)),
        "days": settings.TRASH_DAYS,
    }
    return render(request, "pages/trash.html", context)


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    photos = _ticked(request)
    if photos:
        restore_photos(photos=photos, by=viewer)
        sentence = ngettext("%(count)s photo is back.", "%(count)s photos are back.", len(photos))
        messages.success(request, sentence % {"count": len(photos)})
    else:
        messages.warning(request, _("No photo is ticked: tick at least one, then choose again."))
    return redirect("pages:trash")


@require_http_methods(["POST"])
def purge(request: HttpRequest) -> HttpResponse:
    """For good. The first POST asks, naming how many; the second, with `sure`, does it."""
    viewer = viewer_of(request)
    photos = _ticked(request)
    if not photos:
        messages.warning(request, _("No photo is ticked: tick at least one, then choose again."))
        return redirect("pages:trash")
    if request.POST.get("sure") != "1":
        cards = cards_for(photos, viewer, reading_language(viewer))
        return render(request, "pages/trash_purge.html", {"cards": cards})
    for photo in photos:
        purge_photo(photo=photo)
    sentence = ngettext("%(count)s photo is gone.", "%(count)s photos are gone.", len(photos))
    messages.success(request, sentence % {"count": len(photos)})
    return redirect("pages:trash")


def _ticked(request: HttpRequest) -> list[Photo]:
    """The viewer's own photos in the trash among those ticked."""
    keys = [int(key) for key in request.POST.getlist("photo") if key.isdecimal()]
    return list(trash_of(viewer_of(request)).filter(pk__in=keys[:1000]))
