"""A thing of one's own marked on a photo: by pointer, by keys, in words or numbers, without JavaScript."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from photolib.core.box_moves import MOVES, Percent, fit_box, move_box, place_of, put_box
from photolib.describe.boxes import Box
from photolib.describe.queries import texts_for
from photolib.library.crops import square_around
from photolib.library.models import Photo
from photolib.library.queries import get_visible_photo
from photolib.own.errors import MarkRefused
from photolib.own.mark_queries import OfferedBox, boxes_to_offer, marks_on, things_of
from photolib.own.marking import mark
from photolib.own.models import OwnRegion, Said
from photolib.pages.box_forms import BoxForm, fields_of, places
from photolib.pages.forms import ThingForm
from photolib.pages.views.common import reading_language, viewer_of
from photolib.pages.views.things import undo_of, where_of

MIDDLE = 4  # of the nine parts
# Around a piece that is shown, as a part of it on each side: what it is part of helps to know it.
_MARGIN = 0.15


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """A box to be moved. A POST moves it (`move`, `put`, `take`), shows it again (`show`) or keeps it."""
    viewer = viewer_of(request)
    photo = get_visible_photo(viewer, pk)
    offered = boxes_to_offer(photo, reading_language(viewer))
    start = put_box(MIDDLE, width=photo.width, height=photo.height)
    form, named = BoxForm(initial=fields_of(start)), ThingForm()
    if request.method == "POST":
        form, named = BoxForm(request.POST), ThingForm(request.POST)
        moved = _moved(request, photo, form, offered)
        if moved is not None:
            start, form = moved, BoxForm(initial=fields_of(moved))
            named = ThingForm(initial={"name": request.POST.get("name", "")})
        elif form.is_valid() and named.is_valid() and _keep(request, photo, form, named):
            return redirect(f"{reverse('pages:photo', args=[pk])}#things-here")
        if form.is_bound and form.is_valid():
            start = form.box()
    context = {
        "photo": photo,
        "text": texts_for([photo], viewer, reading_language(viewer))[pk],
        "mine": photo.library.owner_id == viewer.pk,
        "form": form,
        "named": named,
        "things": things_of(viewer) if photo.library.owner_id == viewer.pk else [],
        "box": start,
        "place": place_of(start),
        "places": list(enumerate(places())),
        "offered": [(one, places()[place_of(_percent(one.box))]) for one in offered],
        "known": [(row, where_of(row), _percent(row.box)) for row in marks_on(photo, viewer)],
        "preview": f"{reverse('pages:piece', args=[pk])}?{urlencode(fields_of(start))}",
    }
    wrong = form.errors or named.errors or form.is_bound
    return render(request, "own/draw.html", context, status=400 if wrong else 200)


@require_safe
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of a photo that the viewer may see, enlarged, as a small JPEG."""
    photo = get_visible_photo(viewer_of(request), pk)
    middle = put_box(MIDDLE, width=photo.width, height=photo.height)
    form = BoxForm(request.GET or fields_of(middle))
    if not form.is_valid():
        raise Http404
    left, top, width, height = (value / 100 for value in form.box())
    picture = square_around(photo, left=left, top=top, width=width, height=height, margin=_MARGIN)
    if picture is None:
        raise Http404
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _percent(box: Box) -> Percent:
    return fit_box(100 * box.left, 100 * box.top, 100 * box.width, 100 * box.height)


def _moved(
    request: HttpRequest, photo: Photo, form: BoxForm, offered: list[OfferedBox]
) -> Percent | None:
    """Where the box is after a button that only moves it; None for one that keeps it, or for no box."""
    deed, move = request.POST.get("deed", ""), request.POST.get("move", "")
    if deed == "put":
        place = request.POST.get("place", "")
        at = int(place) if place in set("012345678") else MIDDLE
        return put_box(at, width=photo.width, height=photo.height)
    if deed == "take":
        found = [one for one in offered if str(one.fact) == request.POST.get("found")]
        if found:
            return _percent(found[0].box)
    if not form.is_valid():
        return None
    if move in MOVES:
        return move_box(form.box(), move)
    return form.box() if deed in {"show", "take"} else None


def _keep(request: HttpRequest, photo: Photo, form: BoxForm, named: ThingForm) -> OwnRegion | None:
    """The mark; None, with the reason beside the form, where it is refused."""
    box = Box(*(value / 100 for value in form.box()))
    try:
        row = mark(photo=photo, name=named.cleaned_data["name"], box=box, by=viewer_of(request))
    except MarkRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if row.said == Said.YES:
        told = _("Marked: %(thing)s. It is looked for in your other photos, and you are asked.")
        messages.success(request, told % {"thing": row.thing}, extra_tags=undo_of([row]))
    else:
        messages.success(request, _("Proposed to the owner: %(thing)s.") % {"thing": row.thing})
    return row
