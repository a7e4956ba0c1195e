"""What several views share."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.pages.queries import Day, cards_for, days_of, slice_of


@dataclass(frozen=True, slots=True)
class PhotoList:
    """A page of photos under date headings, with the addresses a list needs.

    newer, older: the pages beside this one, or empty. choosing: the page shows boxes to tick.
    choose, browse: the same page with and without boxes. here: this page, to come back to.
    """

    days: list[Day]
    newer: str
    older: str
    choosing: bool
    choose: str
    browse: str
    here: str

    @property
    def is_empty(self) -> bool:
        return not self.days


def viewer_of(request: HttpRequest) -> User:
    """The signed-in person. LoginRequiredMiddleware has sent everybody else away before."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def language_of() -> str:
    """The language of the page, one of settings.LANGUAGES."""
    return (get_language() or "en").partition("-")[0]


def reading_language(viewer: User) -> str:
    """The language in which photos are described to this viewer."""
    return viewer.described_in(language_of())


def photo_list(
    request: HttpRequest, photos: QuerySet[Photo], *, before: str | None = None
) -> PhotoList:
    """The page of `photos` that the address asks for. Raises Http404 for a cursor that is none."""
    viewer = viewer_of(request)
    part = slice_of(
        photos,
        before=before if before is not None else request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return PhotoList(
        days=days_of(cards_for(part.photos, viewer, reading_language(viewer))),
        newer=_address(request, {"after": part.newer}) if part.newer else "",
        older=_address(request, {"before": part.older}) if part.older else "",
        choosing="select" in request.GET,
        choose=_address(request, {"select": "1"}, keep_place=True),
        browse=_address(request, {}, keep_place=True, drop=("select",)),
        here=request.get_full_path(),
    )


def go_back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page of this site that the form named as `next`, or to `otherwise` (a URL or its name)."""
    wanted = back_of(request, "")
    return HttpResponseRedirect(wanted) if wanted else redirect(otherwise)


def back_of(request: HttpRequest, otherwise: str) -> str:
    """The path of this site that the form named as `next`, or `otherwise`."""
    return _inside(request.POST.get("next", ""), otherwise)


def go_on(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page of this site that the address named as `next`, or to `otherwise`: after a form."""
    wanted = _inside(request.GET.get("next", ""), "")
    return HttpResponseRedirect(wanted) if wanted else redirect(otherwise)


def _inside(wanted: str, otherwise: str) -> str:
    # Only a path of this site: "//elsewhere" is another site's address.
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return otherwise


def _address(
    request: HttpRequest,
    changes: Mapping[str, str],
    *,
    keep_place: bool = False,
    drop: tuple[str, ...] = (),
) -> str:
    """This page's address with other parameters."""
    query = request.GET.copy()
    gone = drop if keep_place else (*drop, "before", "after", "at", "month")
    for name in gone:
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def chosen_language(request: HttpRequest) -> str:
    """The language that `language` names in the form or the address, or else the one they read."""
    wanted = request.POST.get("language") or request.GET.get("language", "")
    known = dict(settings.DESCRIPTION_LANGUAGES)
    return wanted if wanted in known else reading_language(viewer_of(request))
