"""A photo's description as XMP, for programs."""

from typing import ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from photolib.library.queries import get_visible_photo
from photolib.pages.api.base import viewer_of
from photolib.pages.copies import SIDECAR_TYPE, sidecar_of


class PhotoNotesView(APIView):
    """The photo's sidecar: alt texts and extended descriptions as IPTC has them (XMP)."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read"}

    @extend_schema(operation_id="photos_xmp", responses={(200, SIDECAR_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """What people wrote, in their languages, and the machine's words, marked as such, in those that
        the account reads. Names: of people who said yes to names in exports."""
        viewer = viewer_of(request)
        content = sidecar_of(get_visible_photo(viewer, pk), viewer)
        return HttpResponse(
            content, content_type=SIDECAR_TYPE, headers={"Cache-Control": "private, no-store"}
        )
