"""Which address leads where. Each app lists its own."""

from django.apps import apps
from django.urls import include, path

urlpatterns = [
    path("", include("photolib.pages.urls")),
    path("", include("photolib.accounts.urls")),
    path("", include("photolib.library.urls")),
    path("", include("photolib.consent.urls")),
    path("", include("photolib.rights.urls")),
    path("api/v1/", include("photolib.pages.api.urls")),
]
if apps.is_installed("faces"):
    urlpatterns += [
        path("faces/", include("faces.urls")),
        path("api/v1/faces/", include("faces.api.urls")),
    ]
