"""What was done with faces, for programs, and taking it back."""

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from faces import services
from faces.api.base import FacesView
from faces.api.serializers import EntrySerializer, UndoneSerializer
from faces.models import JournalEntry
from faces.queries import entries_for, get_entry
from photolib.pages.api.base import viewer_of


class JournalView(FacesView, GenericAPIView[JournalEntry]):
    """What was done with the faces of your own library, the newest first."""

    queryset = JournalEntry.objects.none()

    @extend_schema(operation_id="faces_journal_list", responses=EntrySerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = self.paginate_queryset(entries_for(viewer_of(request))) or []
        return self.get_paginated_response(EntrySerializer(rows, many=True).data)


class UndoView(FacesView):
    """Take back what an entry tells of. The answer's own entry takes that back in turn."""

    @extend_schema(operation_id="faces_undo", request=None, responses=UndoneSerializer)
    def post(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        undone = services.undo(entry=get_entry(viewer, pk), by=viewer)
        return Response(UndoneSerializer(undone).data)
