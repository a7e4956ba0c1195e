"""Albums: the list, one album, making, changing, deleting."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from photolib.library.queries import (
    album_photos,
    get_own_album,
    get_visible_album,
    photos_visible_to,
)
from photolib.library.services import (
    create_album,
    delete_album,
    remove_from_album,
    rename_album,
)
from photolib.pages.forms import AlbumForm
from photolib.pages.queries import PAGE_SIZE, album_cards, cards_for
from photolib.pages.views.asking import question_before_sharing
from photolib.pages.views.common import reading_language, viewer_of


@require_safe
def albums(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/albums.html", {"cards": album_cards(viewer_of(request))})


@require_safe
def album(request: HttpRequest, pk: int) -> HttpResponse:
    """An album's photos in its own order."""
    viewer = viewer_of(request)
    shown = get_visible_album(viewer, pk)
    page = Paginator(
        album_photos(viewer, shown).select_related("library__owner", "original"), PAGE_SIZE
    ).get_page(request.GET.get("page"))
    context = {
        "album": shown,
        "mine": shown.owner_id == viewer.pk,
        "page": page,
        "cards": cards_for(list(page.object_list), viewer, reading_language(viewer)),
        "choosing": "select" in request.GET,
        "here": request.get_full_path(),
    }
    return render(request, "pages/album.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = AlbumForm(request.POST or None)
    if form.is_valid():
        made = create_album(owner=viewer, **form.cleaned_data)
        return redirect("pages:album", pk=made.pk)
    return render(request, "pages/album_edit.html", {"form": form, "album": None})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_album(viewer, pk)
    initial = {
        "title": shown.title,
        "description": shown.description,
        "for_household": shown.for_household,
    }
    form = AlbumForm(request.POST or None, initial=initial)
    if form.is_valid():
        if form.cleaned_data["for_household"] and not shown.for_household:
            back = reverse("pages:album", args=[pk])
            photos = album_photos(viewer, shown).select_related("library")
            if question := question_before_sharing(request, photos, back=back):
                return question
        rename_album(album=shown, by=viewer, **form.cleaned_data)
        messages.success(request, _("The album is changed."))
        return redirect("pages:album", pk=pk)
    return render(request, "pages/album_edit.html", {"form": form, "album": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; the photos stay."""
    viewer = viewer_of(request)
    shown = get_own_album(viewer, pk)
    if request.method == "POST":
        delete_album(album=shown, by=viewer)
        messages.success(
            request, _("The album %(title)s is gone. Its photos stay.") % {"title": shown.title}
        )
        return redirect("pages:albums")
    return render(request, "pages/album_delete.html", {"album": shown})


@require_POST
def remove_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the ticked photos out of the album. They stay in the library."""
    viewer = viewer_of(request)
    shown = get_visible_album(viewer, pk)
    keys = [int(key) for key in request.POST.getlist("photo") if key.isdecimal()]
    photos = list(photos_visible_to(viewer).filter(pk__in=keys[:1000]))
    for photo in photos:
        remove_from_album(photo=photo, album=shown, by=viewer)
    if photos:
        messages.success(request, _("Taken out of the album."))
    else:
        messages.warning(request, _("No photo is ticked: tick at least one, then choose again."))
    return redirect("pages:album", pk=pk)
