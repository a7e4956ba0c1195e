"""Answers that hold a photo's files, for views that have checked who asks."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from photolib.core.errors import PhotolibError
from photolib.core.formats import FORMATS
from photolib.core.sendfile import Sending, safe_name, send_file
from photolib.library.models import Photo
from photolib.library.renditions import FULL, SIZES, ensure_full, rendition_path
from photolib.library.storage import original_path

# A day, in one browser: long enough for a page to be quick, and not for ever where a photo is no
# longer shared. Another account in the same browser asks anew (Vary: Cookie).
RENDITION_SECONDS = 86_400
# A frame with hills: any shape of photo is filled by it, in light and dark pages.
PENDING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 120"'
    ' preserveAspectRatio="xMidYMid slice"><rect width="160" height="120" fill="#8c8479"/>'
    '<g fill="none" stroke="#f4efe6" stroke-width="3" stroke-linejoin="round">'
    '<rect x="50" y="38" width="60" height="44" rx="5"/><circle cx="66" cy="52" r="5"/>'
    '<path d="M52 78l18-16 12 10 10-9 16 15"/></g></svg>'
)
_SIZES = {str(size) for size in SIZES} | {FULL}


def send_rendition(request: HttpRequest, photo: Photo, size: str) -> HttpResponseBase:
    """A rendition of one of renditions.SIZES, or "full".

    One that a worker has not made yet is answered by a drawing that stands in for it; the page's text
    says what the photo is. Raises Http404 for another size, and where the original is gone.
    """
    if size not in _SIZES:
        raise Http404
    try:
        path = ensure_full(photo) if size == FULL else rendition_path(photo, size)
        version = path.stat().st_mtime_ns
    except FileNotFoundError as error:
        if size == FULL:
            raise Http404 from error
        return HttpResponse(
            PENDING, content_type="image/svg+xml", headers={"Cache-Control": "no-store"}
        )
    except PhotolibError as error:
        return HttpResponse(
            str(error),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": "no-store"},
        )
    etag = f"{photo.original_id[:16]}-{size}-{version:x}"
    how = Sending(mime=FORMATS["webp"].mime, etag=etag, max_age=RENDITION_SECONDS)
    return send_file(request, path, how)


def send_original(request: HttpRequest, photo: Photo) -> HttpResponseBase:
    """The bytes as they arrived, as a download under the name they came with."""
    kept = photo.original
    kind = FORMATS[kept.format]
    how = Sending(
        mime=kind.mime,
        etag=kept.sha256,
        max_age=0,
        download_name=safe_name(photo.original_name, suffix=kind.suffix),
    )
    try:
        return send_file(request, original_path(kept), how)
    except FileNotFoundError as error:
        raise Http404 from error
