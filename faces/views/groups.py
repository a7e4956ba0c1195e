"""Groups of faces that look like one person: name them, or leave them out."""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from faces import services
from faces.forms import WhoForm
from faces.models import FaceGroup
from faces.queries import alt_of, faces_of, get_group, newest_entry_by
from faces.views.common import do, numbers, say_done, viewer_of
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.services import library_of
from photolib.people.models import FaceRegion

# Faces on a page: naming confirms what was looked at, so it is no more than one looks at.
SHOWN = 60


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """The faces of a group, each to be ticked, and the name for them."""
    viewer = viewer_of(request)
    shown = get_group(viewer, pk)
    form = WhoForm(viewer, request.POST or None)
    if request.method == "POST" and form.is_valid() and _name(request, shown, form):
        return redirect("faces:review")
    faces = list(faces_of(shown)[:SHOWN])
    context = {
        "ends_at": min((face.expires_at for face in faces), default=None),
        "group": shown,
        "form": form,
        "total": faces_of(shown).count(),
        "faces": pictured(face.region for face in faces),
    }
    return render(request, "faces/group.html", context, status=400 if form.errors else 200)


def pictured(regions: Iterable[FaceRegion]) -> list[tuple[FaceRegion, str]]:
    """Faces with their texts, counted as on the page instead of in their photos."""
    rows = list(regions)
    return [
        (region, alt_of(region, region.photo, at, len(rows)))
        for at, region in enumerate(rows, start=1)
    ]


def _name(request: HttpRequest, shown: FaceGroup, form: WhoForm) -> bool:
    before = newest_entry_by(viewer_of(request))
    try:
        done = services.name_group(
            group=shown,
            by=viewer_of(request),
            shown_regions=numbers(request.POST.getlist("shown")),
            chosen_regions=numbers(request.POST.getlist("region")),
            person=form.cleaned_data["person"],
            name=form.cleaned_data["name"],
        )
    except NotAllowed:
        raise
    except PhotolibError as error:
        form.add_error(None, str(error))
        return False
    said = ngettext(
        "%(count)s face is now %(name)s.", "%(count)s faces are now %(name)s.", done.named
    )
    say_done(request, said % {"count": done.named, "name": done.person}, since=before)
    if done.skipped:
        skipped = ngettext(
            "%(count)s face was left out: %(name)s is already at another face of that photo, or said "
            "that this one is somebody else.",
            "%(count)s faces were left out: %(name)s is already at another face of those photos, or "
            "said that these are somebody else.",
            done.skipped,
        )
        messages.warning(request, skipped % {"count": done.skipped, "name": done.person})
    return True


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a group out, or show it again (`hidden` is 1 or 0)."""
    viewer = viewer_of(request)
    shown = get_group(viewer, pk)
    hidden = request.POST.get("hidden") == "1"
    left_out = _("The group is left out. You find it under “Left out”.")
    deed = partial(services.hide_group, group=shown, by=viewer, hidden=hidden)
    do(request, deed, left_out if hidden else _("The group is shown again."))
    return redirect("faces:review")


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Have all groups of one's own library put in order afresh."""
    viewer = viewer_of(request)
    deed = partial(services.regroup_library, library=library_of(viewer), by=viewer)
    do(request, deed, _("The groups are being put in order again. What you said of them holds."))
    return redirect("faces:review")
