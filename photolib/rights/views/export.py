"""One's own data as a zip, made while it is sent."""

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from photolib.accounts.requests import SignedInRequest
from photolib.pages.archive import stream_zip
from photolib.rights.export import files_of


@require_safe
def export(request: SignedInRequest) -> StreamingHttpResponse:
    """photolib-export.json (docs/export.schema.json), then the originals."""
    return StreamingHttpResponse(
        stream_zip(files_of(request.user)),
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="photolib-export.zip"',
            "Cache-Control": "private, no-store",
        },
    )
