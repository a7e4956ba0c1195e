"""What was done with faces in one's own library, and taking it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from faces import services
from faces.queries import days_of_journal, entries_for, get_entry, newest_entry_by
from faces.views.common import say_done, viewer_of
from photolib.core.errors import NotAllowed, PhotolibError

ON_A_PAGE = 40
# Pages one comes back to after taking something back; others may have gone with what is taken back.
STAYING = {"review", "photo", "which", "journal"}


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """What was done, day by day, the newest first, each with the button that takes it back."""
    viewer = viewer_of(request)
    page = Paginator(entries_for(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "days": days_of_journal(viewer, list(page.object_list))}
    return render(request, "faces/journal.html", context)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what an entry tells of, or what taking it back did."""
    viewer = viewer_of(request)
    entry = get_entry(viewer, pk)
    before = newest_entry_by(viewer)
    try:
        done = services.undo(entry=entry, by=viewer)
    except NotAllowed:
        raise
    except PhotolibError as error:
        messages.error(request, str(error))
        return _back(request)
    said = ngettext(
        "Taken back: %(count)s face is as it was.",
        "Taken back: %(count)s faces are as they were.",
        done.faces,
    )
    plain = _("Taken back.")
    say_done(request, said % {"count": done.faces} if done.faces else plain, since=before)
    if done.left:
        left = ngettext(
            "%(count)s was left as it is now: you said something else of it since.",
            "%(count)s were left as they are now: you said something else of them since.",
            done.left,
        )
        messages.warning(request, left % {"count": done.left})
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the button was on, where that page is still there; otherwise to the journal."""
    path = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        try:
            found = resolve(path)
        except Resolver404:
            return redirect("faces:journal")
        if found.app_name == "faces" and found.url_name in STAYING:
            return redirect(path)
    return redirect("faces:journal")
