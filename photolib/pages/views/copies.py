"""Downloads that carry a photo's description. (The original, as it came, is library.views.original.)"""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from photolib.core.formats import FORMATS
from photolib.core.sendfile import safe_name
from photolib.library.queries import get_visible_photo
from photolib.pages.copies import SIDECAR_TYPE, described_copy, sidecar_of
from photolib.pages.views.common import viewer_of


@require_safe
def described(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A copy of the photo with its description inside, or a zip with the description beside it."""
    viewer = viewer_of(request)
    shown = get_visible_photo(viewer, pk)
    try:
        copy = described_copy(shown, viewer)
    except FileNotFoundError as error:
        raise Http404 from error
    headers = _download(copy.name)
    if isinstance(copy.content, bytes):
        return HttpResponse(copy.content, content_type=copy.mime, headers=headers)
    return StreamingHttpResponse(copy.content, content_type=copy.mime, headers=headers)


@require_safe
def sidecar(request: HttpRequest, pk: int) -> HttpResponse:
    """The description alone, as an XMP file that lies beside the photo."""
    viewer = viewer_of(request)
    shown = get_visible_photo(viewer, pk)
    name = safe_name(shown.original_name, suffix=FORMATS[shown.original.format].suffix)
    content = sidecar_of(shown, viewer)
    return HttpResponse(content, content_type=SIDECAR_TYPE, headers=_download(f"{name}.xmp"))


def _download(name: str) -> dict[str, str]:
    # Whoever asks again later may know other names: nothing is kept on the way.
    return {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
