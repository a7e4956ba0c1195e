"""The page on which owners say what may look at their photos."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from photolib.describe.analysers.told import TOLD
from photolib.describe.switching import photo_count, switch_off, switch_on, switches_of
from photolib.library.services import library_of
from photolib.pages.views.common import viewer_of


@require_safe
def analysers(request: HttpRequest) -> HttpResponse:
    library = library_of(viewer_of(request))
    context = {"switches": switches_of(library), "photos": photo_count(library)}
    return render(request, "pages/analysers.html", context)


@require_POST
def switch(request: HttpRequest, step: str) -> HttpResponse:
    """`on` is yes or no: what the button says, however often it is pressed."""
    viewer = viewer_of(request)
    library = library_of(viewer)
    if request.POST.get("on") == "yes":
        switch_on(library=library, step=step, by=viewer)
        said = _("Switched on: %(title)s. Your photos are being looked at again.")
    else:
        switch_off(library=library, step=step, by=viewer)
        said = _("Switched off: %(title)s. What it saw is deleted.")
    messages.success(request, said % {"title": TOLD[step].title})
    return redirect("pages:analysers")
