"""Leaving: copies of one's photos, and the end of the account."""

from collections.abc import Iterator
from pathlib import Path

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from photolib.accounts.models import User
from photolib.library.queries import photos_visible_to
from photolib.library.storage import original_path
from photolib.pages.archive import stream_zip
from photolib.pages.forms import RemoveAccountForm
from photolib.pages.removal import CannotRemove, check_removable
from photolib.pages.removal import remove_account as remove
from photolib.pages.views.common import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def remove_account(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    obstacle = ""
    try:
        check_removable(viewer)
    except CannotRemove as error:
        obstacle = str(error)
    form = RemoveAccountForm(request.POST or None, user=viewer)
    if not obstacle and form.is_valid():
        heir = form.cleaned_data.get("heir")
        remove(user=viewer, heir=heir if form.cleaned_data["photos"] == "hand_over" else None)
        logout(request)
        messages.success(request, _("Your account is gone."))
        return redirect("accounts:sign_in")
    context = {
        "form": form,
        "obstacle": obstacle,
        "photos": photos_visible_to(viewer).filter(library__owner=viewer).count(),
        "wards": viewer.wards.count(),
    }
    return render(request, "pages/remove_account.html", context)


@require_safe
def originals(request: HttpRequest) -> HttpResponseBase:
    """Every original of the viewer's own library in one zip, made while it is sent."""
    viewer = viewer_of(request)
    return StreamingHttpResponse(
        stream_zip(_originals_of(viewer)),
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="photolib-originals.zip"',
            "Cache-Control": "private, no-store",
        },
    )


def _originals_of(viewer: User) -> Iterator[tuple[str, Path | bytes]]:
    photos = photos_visible_to(viewer).filter(library__owner=viewer).order_by("taken_at", "pk")
    for photo in photos.iterator(chunk_size=200):
        yield photo.original_name, original_path(photo.original)
