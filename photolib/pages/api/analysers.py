"""What looks at one's photos, for programs."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.describe.switching import switch_off, switch_on, switches_of
from photolib.library.services import library_of
from photolib.pages.api.base import viewer_of


class AnalyserSerializer(serializers.Serializer[Any]):
    """One analyser of your library. Switching it off deletes what it saw; on, it looks at all again."""

    step = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    looks_at = serializers.CharField(read_only=True)
    model = serializers.CharField(read_only=True)
    facts = serializers.IntegerField(read_only=True)
    is_on = serializers.BooleanField()


class AnalysersView(APIView):
    """Everything that looks at your photos."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read"}

    @extend_schema(operation_id="analysers_list", responses=AnalyserSerializer(many=True))
    def get(self, request: Request) -> Response:
        switches = switches_of(library_of(viewer_of(request)))
        return Response(AnalyserSerializer(switches, many=True).data)


class AnalyserView(APIView):
    """One switch."""

    scopes: ClassVar[dict[str, str]] = {"PUT": "photos:write"}

    @extend_schema(
        operation_id="analyser_switch", request=AnalyserSerializer, responses=AnalyserSerializer
    )
    def put(self, request: Request, step: str) -> Response:
        viewer = viewer_of(request)
        library = library_of(viewer)
        form = AnalyserSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        change = switch_on if form.validated_data["is_on"] else switch_off
        change(library=library, step=step, by=viewer)
        now = next(one for one in switches_of(library) if one.step == step)
        return Response(AnalyserSerializer(now).data)
