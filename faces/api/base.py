"""What the API views of faces share."""

from collections.abc import Callable
from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from faces.queries import newest_entry_by
from photolib.pages.api.base import viewer_of


class FacesView(APIView):
    """Reading needs `faces:read`, everything else `faces:write`."""

    scopes: ClassVar[dict[str, str]] = {
        "GET": "faces:read",
        "POST": "faces:write",
        "PATCH": "faces:write",
    }


def done(request: Request, deed: Callable[[], object]) -> Response:
    """Do it, and answer with the journal's entry of it. Errors answer for themselves (answer_error)."""
    viewer = viewer_of(request)
    before = newest_entry_by(viewer)
    deed()
    after = newest_entry_by(viewer)
    return Response({"entry": after if after > before else None})
