"""Voice memos of a photo, for programs."""

from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.core.sounds import SOUNDS
from photolib.library.memos import get_memo, keep_memo, memos_of, remove_memo
from photolib.library.models import VoiceMemo
from photolib.library.queries import get_visible_photo
from photolib.pages.api.base import viewer_of
from photolib.pages.sounds import send_memo


class MemoSerializer(serializers.ModelSerializer[VoiceMemo]):
    """Something that was said to a photo."""

    by = serializers.CharField(source="by.display_name", default="", read_only=True)
    mime = serializers.SerializerMethodField()

    class Meta:
        model = VoiceMemo
        fields = ["id", "title", "by", "made_at", "mime"]

    def get_mime(self, memo: VoiceMemo) -> str:
        return SOUNDS[memo.sound.format].mime


class NewMemoSerializer(serializers.Serializer[Any]):
    """A recording to keep: WebM, Ogg, M4A, MP3 or WAV, at most 20 MB."""

    sound = serializers.FileField()
    title = serializers.CharField(required=False, default="", max_length=200)


class PhotoMemosView(APIView):
    """The voice memos of a photo that you may see."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read", "POST": "photos:write"}
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="memos_list", responses=MemoSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        memos = memos_of(get_visible_photo(viewer_of(request), pk))
        return Response(MemoSerializer(memos, many=True).data)

    @extend_schema(
        operation_id="memos_create", request=NewMemoSerializer, responses={201: MemoSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """400 says why a recording was refused."""
        viewer = viewer_of(request)
        photo = get_visible_photo(viewer, pk)
        form = NewMemoSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        memo = keep_memo(photo=photo, file=values["sound"], title=values["title"], by=viewer)
        return Response(MemoSerializer(memo).data, status=status.HTTP_201_CREATED)


class PhotoMemoView(APIView):
    """One voice memo."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read", "DELETE": "photos:write"}

    @extend_schema(operation_id="memos_play", responses={(200, "audio/*"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int, memo: int) -> HttpResponseBase:
        """The sound, or the part of it that Range asks for."""
        row = get_memo(get_visible_photo(viewer_of(request), pk), memo)
        return send_memo(request._request, row)

    @extend_schema(operation_id="memos_delete", responses={204: None})
    def delete(self, request: Request, pk: int, memo: int) -> Response:
        viewer = viewer_of(request)
        remove_memo(memo=get_memo(get_visible_photo(viewer, pk), memo), by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)
