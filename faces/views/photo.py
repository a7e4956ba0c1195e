"""The faces of one photo: who is where, and everything that can be said about a face."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faces import services
from faces.crops import crop_of
from faces.forms import WhoForm
from faces.queries import cards_of, dismissed_of, get_visible_region, may_see_crop
from faces.views.common import back_to_face, do, viewer_of
from photolib.library.queries import get_visible_photo
from photolib.people.models import Appearance, NotThisPerson
from photolib.people.services import say_on_picture

CROP_SECONDS = 3600


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    photo = get_visible_photo(viewer, pk)
    owner = photo.library.owner_id == viewer.pk
    faces = [
        (card, WhoForm(viewer, auto_id=f"id_{card.region.pk}_%s") if owner else None)
        for card in cards_of(photo, viewer)
    ]
    context = {
        "photo": photo,
        "faces": faces,
        "owner": owner,
        "dismissed": dismissed_of(photo) if owner else [],
    }
    return render(request, "faces/photo.html", context)


@require_safe
def crop(request: HttpRequest, pk: int) -> HttpResponse:
    """The face as a small JPEG."""
    viewer = viewer_of(request)
    region = get_visible_region(viewer, pk)
    picture = crop_of(region) if may_see_crop(viewer, region) else None
    if picture is None:
        raise Http404
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Cache-Control"] = f"private, max-age={CROP_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    region = get_visible_region(viewer, pk)
    form = WhoForm(viewer, request.POST)
    if not form.is_valid():
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return back_to_face(region)
    person, new = form.cleaned_data["person"], form.cleaned_data["name"]
    deed = partial(services.name_face, region=region, by=viewer, person=person, name=new)
    do(request, deed, _("The face is now %(name)s.") % {"name": person or new})
    return back_to_face(region)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    region = get_visible_region(viewer, pk)
    deed = partial(services.not_a_face, region=region, by=viewer)
    do(request, deed, _("It is not a face. You can take that back at the end of this page."))
    return back_to_face(region)


@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    region = get_visible_region(viewer, pk)
    do(request, partial(services.is_a_face, region=region, by=viewer), _("It is a face again."))
    return back_to_face(region)


@require_POST
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """What a person says of a face: a picture of somebody, or somebody who was there."""
    viewer = viewer_of(request)
    region = get_visible_region(viewer, pk)
    on_picture = request.POST.get("picture") == "yes"
    deed = partial(say_on_picture, region=region, on_picture=on_picture, by=viewer)
    done = (
        _("It is a picture of somebody, and not counted as a guest.")
        if on_picture
        else _("Somebody was there, and is counted.")
    )
    do(request, deed, done)
    return back_to_face(region)


@require_POST
def may_be(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    viewer = viewer_of(request)
    region = get_visible_region(viewer, pk)
    refusal = get_object_or_404(NotThisPerson, region=region, person=person)
    deed = partial(services.take_back_refusal, refusal=refusal, by=viewer)
    do(request, deed, _("This face may be %(name)s again.") % {"name": refusal.person})
    return back_to_face(region)


@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    appearance = get_object_or_404(
        Appearance.objects.select_related("person", "region"), pk=pk, region__isnull=False
    )
    region = get_visible_region(viewer, appearance.region_id or 0)
    deed = partial(services.take_name_off, appearance=appearance, by=viewer)
    do(request, deed, _("%(name)s was taken off this face.") % {"name": appearance.person})
    return back_to_face(region)
