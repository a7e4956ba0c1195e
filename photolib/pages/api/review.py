"""The queue of descriptions that wait for a person, for programs."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.describe.models import Draft
from photolib.describe.review_queue import queue_of, waiting_for
from photolib.describe.reviewing import (
    accept,
    accept_draft,
    reject,
    reject_draft,
    take_back,
    want_better,
    want_no_better,
)
from photolib.library.models import Photo
from photolib.library.queries import get_own_photo, get_visible_photo
from photolib.pages.api.base import language_of, viewer_of
from photolib.pages.api.serializers import ClaimSerializer


class DraftSerializer(serializers.ModelSerializer[Draft]):
    """A sentence that a model offers; nobody's words until it is accepted."""

    class Meta:
        model = Draft
        fields = ["id", "language", "alt", "extended", "model", "made_at"]
        read_only_fields = fields


class WaitingSerializer(serializers.Serializer[Any]):
    """One photo whose words wait for you. `shown` is sent back with the answer."""

    photo = serializers.IntegerField(source="photo.pk")
    why = serializers.ChoiceField(["wanted", "draft", "changed", "new"])
    wanted_by = serializers.CharField()
    alt = serializers.CharField(source="text.alt")
    language = serializers.CharField(source="text.language")
    claims = ClaimSerializer(source="text.facts", many=True)
    new = serializers.ListField(child=serializers.CharField(), source="changes.new")
    gone = serializers.ListField(child=serializers.CharField(), source="changes.gone")
    drafts = DraftSerializer(many=True)
    shown = serializers.CharField()


class ReviewAnswerSerializer(serializers.Serializer[Any]):
    """An answer. Of the machine's words: with `shown`. Of a draft: with its key."""

    answer = serializers.ChoiceField(["accept", "reject"])
    shown = serializers.CharField(required=False, default="")
    draft = serializers.IntegerField(required=False)


class ReviewView(GenericAPIView[Photo]):
    """The photos whose words wait for you: asked for first, then drafts, changes, and the rest."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read"}
    queryset = Photo.objects.none()

    @extend_schema(operation_id="review_list", responses=WaitingSerializer(many=True))
    def get(self, request: Request) -> Response:
        viewer = viewer_of(request)
        photos = self.paginate_queryset(queue_of(viewer)) or []
        waiting = waiting_for(photos, viewer, language_of(request))
        return self.get_paginated_response(WaitingSerializer(waiting, many=True).data)


class PhotoReviewView(APIView):
    """Your answer about the machine's words on one of your photos."""

    scopes: ClassVar[dict[str, str]] = {"POST": "photos:write", "DELETE": "photos:write"}

    @extend_schema(
        operation_id="review_answer", request=ReviewAnswerSerializer, responses={204: None}
    )
    def post(self, request: Request, pk: int) -> Response:
        """400 where the photo has changed since it was listed: list it again, then answer."""
        viewer = viewer_of(request)
        photo = get_own_photo(viewer, pk)
        form = ReviewAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        yes = form.validated_data["answer"] == "accept"
        if "draft" in form.validated_data:
            draft = get_object_or_404(photo.drafts, pk=form.validated_data["draft"])
            (accept_draft if yes else reject_draft)(draft=draft, by=viewer)
        else:
            shown = form.validated_data["shown"]
            (accept if yes else reject)(photo=photo, shown=shown, by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="review_take_back", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Takes back your last answer about this photo, if there is one."""
        viewer = viewer_of(request)
        take_back(photo=get_own_photo(viewer, pk), by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PhotoBetterView(APIView):
    """The wish for better words on a photo that you may see."""

    scopes: ClassVar[dict[str, str]] = {"PUT": "photos:write", "DELETE": "photos:write"}

    @extend_schema(operation_id="better_ask", request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        want_better(photo=get_visible_photo(viewer, pk), by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="better_withdraw", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        want_no_better(photo=get_visible_photo(viewer, pk), by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)
