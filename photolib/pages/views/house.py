"""The page all settings start from, and how to reach the server from a phone."""

from django.apps import apps
from django.conf import settings as configuration
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from photolib.accounts.models import Role
from photolib.core.reminders import reminders_for
from photolib.pages.views.common import viewer_of


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "is_admin": viewer.role == Role.ADMIN,
        "with_faces": apps.is_installed("faces"),
        "reminders": reminders_for(viewer),
    }
    return render(request, "pages/settings.html", context)


@require_safe
def reach(request: HttpRequest) -> HttpResponse:
    """Household members only learn addresses here, no secrets."""
    public = configuration.PUBLIC_URL
    context = {
        "public_url": public,
        "is_https": public.startswith("https://"),
        "seen_as": request.build_absolute_uri("/"),
        "port": configuration.LISTEN.rpartition(":")[2],
    }
    return render(request, "pages/reach.html", context)
