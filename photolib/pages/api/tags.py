"""Tags, for programs."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.library.queries import get_own_photo, get_visible_photo
from photolib.own.names import LONGEST
from photolib.own.queries import get_row, questions_for, tags_of, tags_on
from photolib.own.services import add_tag, answer, take_back
from photolib.pages.api.base import viewer_of

# So many questions are given at a time.
_SITTING = 100


class TagSerializer(serializers.Serializer[Any]):
    """One of your tags: how many photos bear it, how many questions it asks."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True)
    photos = serializers.IntegerField(read_only=True)
    questions = serializers.IntegerField(read_only=True)
    learns = serializers.BooleanField(read_only=True)
    learnt_at = serializers.DateTimeField(read_only=True)


class PhotoTagSerializer(serializers.Serializer[Any]):
    """A tag on a photo. said: yes; or asked, by the machine with a score, or by a housemate."""

    photo = serializers.IntegerField(source="photo_id", read_only=True)
    tag = serializers.IntegerField(source="tag_id", read_only=True)
    name = serializers.CharField(source="tag.name", max_length=LONGEST)
    said = serializers.CharField(read_only=True)
    score = serializers.FloatField(read_only=True)


class TagAnswerSerializer(serializers.Serializer[Any]):
    """yes, or a no that is never asked again."""

    yes = serializers.BooleanField()


class TagsView(APIView):
    """Your own tags."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read"}

    @extend_schema(operation_id="tags_list", responses=TagSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(TagSerializer(tags_of(viewer_of(request)), many=True).data)


class TagQuestionsView(APIView):
    """What your tags ask about your own photos, the likeliest of each tag first; a hundred at most."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read"}

    @extend_schema(operation_id="tag_questions_list", responses=PhotoTagSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = questions_for(viewer_of(request))[:_SITTING]
        return Response(PhotoTagSerializer(rows, many=True).data)


class PhotoTagsView(APIView):
    """The tags of one photo. Adding one to somebody else's photo proposes it to its owner."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read", "POST": "photos:write"}

    @extend_schema(operation_id="photo_tags_list", responses=PhotoTagSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        rows = tags_on(get_visible_photo(viewer, pk), viewer)
        return Response(PhotoTagSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="photo_tags_add",
        request=PhotoTagSerializer,
        responses={201: PhotoTagSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        photo = get_visible_photo(viewer, pk)
        form = PhotoTagSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = add_tag(photo=photo, name=form.validated_data["tag"]["name"], by=viewer)
        return Response(PhotoTagSerializer(row).data, status=status.HTTP_201_CREATED)


class PhotoTagView(APIView):
    """One tag on one of your photos: answer, or take the answer back."""

    scopes: ClassVar[dict[str, str]] = {"PUT": "photos:write", "DELETE": "photos:write"}

    @extend_schema(
        operation_id="photo_tag_answer", request=TagAnswerSerializer, responses=PhotoTagSerializer
    )
    def put(self, request: Request, pk: int, tag: int) -> Response:
        viewer = viewer_of(request)
        row = get_row(get_own_photo(viewer, pk), tag)
        form = TagAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        answer(rows=[row], yes=form.validated_data["yes"], by=viewer)
        return Response(PhotoTagSerializer(row).data)

    @extend_schema(operation_id="photo_tag_take_back", responses={204: None})
    def delete(self, request: Request, pk: int, tag: int) -> Response:
        viewer = viewer_of(request)
        take_back(rows=[get_row(get_own_photo(viewer, pk), tag)], by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)
