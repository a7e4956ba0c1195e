"""What the house is working on, what it refused and what it set aside."""

from datetime import timedelta

from babel.dates import format_timedelta
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from photolib.intake.queries import arrivals_for, parked_for, progress_for
from photolib.intake.services import retry_parked
from photolib.library.queries import get_own_photo
from photolib.pages.views.common import go_back, language_of, viewer_of

SHOWN = 50


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """static/js/jobs.js fetches this page again every few seconds and takes its numbers over."""
    viewer = viewer_of(request)
    arrivals = arrivals_for(viewer)
    progress = progress_for(viewer)
    context = {
        "progress": progress,
        "time_left": _in_words(progress.seconds_left),
        "refused": arrivals.filter(state="refused")[:SHOWN],
        "arrivals": arrivals.exclude(state="refused").select_related("photo")[:SHOWN],
        "parked": parked_for(viewer).select_related("photo")[:SHOWN],
    }
    return render(request, "pages/jobs.html", context)


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """One photo's steps that were set aside, or all of the viewer's."""
    viewer = viewer_of(request)
    key = request.POST.get("photo", "")
    photo = get_own_photo(viewer, int(key)) if key.isdecimal() else None
    count = retry_parked(by=viewer, photo=photo)
    if count:
        sentence = ngettext(
            "%(count)s step is tried again.", "%(count)s steps are tried again.", count
        )
        messages.success(request, sentence % {"count": count})
    else:
        messages.warning(request, _("Nothing was set aside."))
    return go_back(request, "pages:jobs")


def _in_words(seconds: float | None) -> str:
    """A length of time as people say it, or empty: "3 minutes"."""
    if seconds is None:
        return ""
    return format_timedelta(timedelta(seconds=max(1, seconds)), locale=language_of())
