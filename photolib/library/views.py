"""The files of photos: who may see the photo may see its pixels."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from photolib.library.files import send_original, send_rendition
from photolib.library.queries import get_photo_with_files


@require_safe
def rendition(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    """A smaller copy in WebP (320, 640, 1600), or `full` for the photo's own size."""
    return send_rendition(request, get_photo_with_files(request.user, pk), size)


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it arrived, as a download."""
    return send_original(request, get_photo_with_files(request.user, pk))
