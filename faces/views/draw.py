"""A face drawn by hand: by pointer, by keys, or in numbers, with JavaScript and without."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faces import services
from faces.crops import crop_of
from faces.forms import MaybeWhoForm
from faces.queries import cards_of, newest_entry_by
from faces.views.common import back_to_face, say_done, viewer_of
from photolib.core.box_moves import MOVES, Percent, move_box, place_of, put_box
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.describe.queries import texts_for
from photolib.library.models import Photo
from photolib.library.queries import get_own_photo
from photolib.pages.box_forms import BoxForm, fields_of, places
from photolib.people.models import FaceRegion

MIDDLE = 4  # of the nine parts


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """A box to be moved. A POST moves it (`move`, `put`), shows it again (`show`) or keeps it."""
    viewer = viewer_of(request)
    photo = get_own_photo(viewer, pk)
    start = put_box(MIDDLE, width=photo.width, height=photo.height)
    form, who = BoxForm(initial=fields_of(start)), MaybeWhoForm(viewer)
    if request.method == "POST":
        form, who = BoxForm(request.POST), MaybeWhoForm(viewer, request.POST)
        moved = _moved(request, photo, form)
        if moved is not None:
            start, form = moved, BoxForm(initial=fields_of(moved))
            who = MaybeWhoForm(viewer, initial=request.POST.dict())
        elif form.is_valid() and who.is_valid():
            kept = _keep(request, photo, form, who)
            if kept is not None:
                return back_to_face(kept)
        if form.is_bound and form.is_valid():
            start = form.box()
    context = {
        "photo": photo,
        "text": texts_for([photo], viewer, (get_language() or "en").partition("-")[0])[pk],
        "form": form,
        "who": who,
        "box": start,
        "place": place_of(start),
        "places": list(enumerate(places())),
        "known": [(card, _box_of(card.region)) for card in cards_of(photo, viewer)],
        "preview": f"{reverse('faces:preview', args=[pk])}?{urlencode(fields_of(start))}",
    }
    wrong = form.errors or who.errors or form.is_bound
    return render(request, "faces/draw.html", context, status=400 if wrong else 200)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What a box of one's own photo would cut out, as a small JPEG."""
    photo = get_own_photo(viewer_of(request), pk)
    middle = put_box(MIDDLE, width=photo.width, height=photo.height)
    form = BoxForm(request.GET or fields_of(middle))
    if not form.is_valid():
        raise Http404
    left, top, width, height = (value / 100 for value in form.box())
    picture = crop_of(FaceRegion(photo=photo, left=left, top=top, width=width, height=height))
    if picture is None:
        raise Http404
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _box_of(region: FaceRegion) -> Percent:
    return 100 * region.left, 100 * region.top, 100 * region.width, 100 * region.height


def _moved(request: HttpRequest, photo: Photo, form: BoxForm) -> Percent | None:
    """Where the box is after a button that only moves it; None for one that keeps it, or for no box."""
    deed, move = request.POST.get("deed", ""), request.POST.get("move", "")
    if deed == "put":
        place = request.POST.get("place", "")
        at = int(place) if place in set("012345678") else MIDDLE
        return put_box(at, width=photo.width, height=photo.height)
    if not form.is_valid():
        return None
    if move in MOVES:
        return move_box(form.box(), move)
    return form.box() if deed == "show" else None


def _keep(
    request: HttpRequest, photo: Photo, form: BoxForm, who: MaybeWhoForm
) -> FaceRegion | None:
    viewer = viewer_of(request)
    left, top, width, height = (value / 100 for value in form.box())
    person, name = who.cleaned_data["person"], who.cleaned_data["name"]
    before = newest_entry_by(viewer)
    try:
        region = services.draw_face(
            photo=photo,
            left=left,
            top=top,
            width=width,
            height=height,
            by=viewer,
            person=person,
            name=name,
        )
    except NotAllowed:
        raise
    except PhotolibError as error:
        form.add_error(None, str(error))
        return None
    named = _("The face is added. It is %(name)s.") % {"name": person or name}
    plain = _("The face is added. Say who it is, if you know.")
    say_done(request, named if person or name else plain, since=before)
    return region
