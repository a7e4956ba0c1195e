"""The page of the models: what there is, under which licence, and what an admin does with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faces import changing
from faces.choice import coming_pack, serving_pack
from faces.models import PackFetch
from faces.packs import BY_NAME, Pack
from faces.services.packs import remove_pack, start_fetch, stop_fetch, use_pack
from faces.views.common import do, viewer_of
from faces.weights import is_installed
from photolib.accounts.models import User
from photolib.accounts.queries import household_of, is_admin
from photolib.core.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Card:
    """One pack as the page shows it. fetch: the download that goes on or stopped, if any."""

    pack: Pack
    installed: bool
    serving: bool
    coming: bool
    fetch: PackFetch | None

    @property
    def megabytes(self) -> int:
        return round(self.pack.download_bytes / 1e6)

    @property
    def removable(self) -> bool:
        return self.installed and bool(self.pack.downloads) and not (self.serving or self.coming)


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """Every pack, its licence, what it is worth, and how far a download or a change is."""
    _admin_of(request)
    serving, coming = serving_pack(), coming_pack()
    fetches = {row.pack: row for row in PackFetch.objects.all()}
    cards = [
        Card(
            pack=pack,
            installed=is_installed(pack),
            serving=pack == serving,
            coming=pack == coming,
            fetch=fetches.get(pack.name),
        )
        for pack in BY_NAME.values()
    ]
    context = {
        "cards": cards,
        "serving": serving,
        "coming": coming,
        "progress": changing.progress(),
        "fetching": any(row.error == "" for row in fetches.values()),
    }
    return render(request, "faces/packs.html", context)


@require_POST
def fetch(request: HttpRequest, name: str) -> HttpResponse:
    """Start a download, or go on with one that stopped."""
    said = _("The download begins within a minute. This page shows how far it is.")
    return _deed(request, name, start_fetch, said)


@require_POST
def stop(request: HttpRequest, name: str) -> HttpResponse:
    """Stop a download."""
    said = _("The download is stopped, and what had come of it is removed.")
    return _deed(request, name, stop_fetch, said)


@require_POST
def use(request: HttpRequest, name: str) -> HttpResponse:
    """Recognise with this pack from now on, or stay with the one that serves."""
    said = _("Done. While photos are looked at again, recognition goes on as before.")
    return _deed(request, name, use_pack, said)


@require_POST
def remove(request: HttpRequest, name: str) -> HttpResponse:
    """Remove a pack's files."""
    said = _("The files are removed.")
    return _deed(request, name, remove_pack, said)


def _deed(request: HttpRequest, name: str, deed: Callable[..., object], said: str) -> HttpResponse:
    by = _admin_of(request)
    if name not in BY_NAME:
        raise Http404
    do(request, partial(deed, pack=BY_NAME[name], by=by), said)
    return redirect("faces:packs")


def _admin_of(request: HttpRequest) -> User:
    """Raises Http404 for an account without a household, NotAllowed for members who are no admins."""
    viewer = viewer_of(request)
    household_of(viewer)
    if not is_admin(viewer):
        raise NotAllowed(_("Only an admin of the household chooses the models of this server."))
    return viewer
