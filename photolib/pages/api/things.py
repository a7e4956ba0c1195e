"""Things of one's own, for programs."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.describe.boxes import Box
from photolib.library.queries import get_own_photo, get_visible_photo
from photolib.own.errors import MarkRefused
from photolib.own.mark_queries import (
    get_mark,
    get_own_thing,
    marks_on,
    questions_about,
    things_of,
)
from photolib.own.marking import (
    answer_marks,
    delete_thing,
    mark,
    rename_thing,
    take_back_marks,
)
from photolib.own.names import LONGEST
from photolib.pages.api.base import viewer_of
from photolib.pages.api.tags import TagAnswerSerializer

# So many questions are given at a time.
_SITTING = 100


class ThingSerializer(serializers.Serializer[Any]):
    """A thing of your own: how many photos show it, how many questions it asks, whether a worker is at it."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(max_length=LONGEST)
    photos = serializers.IntegerField(read_only=True)
    questions = serializers.IntegerField(read_only=True)
    searching = serializers.BooleanField(source="wanted", read_only=True)


class MarkSerializer(serializers.Serializer[Any]):
    """A thing in a photo. said: yes; no; or asked, by the machine with a score, or by a housemate.

    left, top, width, height: fractions of the upright picture.
    """

    id = serializers.IntegerField(source="pk", read_only=True)
    photo = serializers.IntegerField(source="photo_id", read_only=True)
    thing = serializers.IntegerField(source="thing_id", read_only=True)
    name = serializers.CharField(source="thing.name", max_length=LONGEST)
    left = serializers.FloatField(min_value=0, max_value=1)
    top = serializers.FloatField(min_value=0, max_value=1)
    width = serializers.FloatField(min_value=0, max_value=1)
    height = serializers.FloatField(min_value=0, max_value=1)
    said = serializers.CharField(read_only=True)
    score = serializers.FloatField(read_only=True)
    agreeing_points = serializers.IntegerField(source="agreeing", read_only=True)


class ThingsView(APIView):
    """Your things."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read"}

    @extend_schema(operation_id="things_list", responses=ThingSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(ThingSerializer(things_of(viewer_of(request)), many=True).data)


class ThingView(APIView):
    """One of your things: call it something else, or delete it, with what was learnt from it."""

    scopes: ClassVar[dict[str, str]] = {
        "GET": "photos:read",
        "PATCH": "photos:write",
        "DELETE": "photos:write",
    }

    @extend_schema(operation_id="thing", responses=ThingSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ThingSerializer(get_own_thing(viewer_of(request), pk)).data)

    @extend_schema(operation_id="thing_rename", request=ThingSerializer, responses=ThingSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        thing = get_own_thing(viewer, pk)
        form = ThingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            rename_thing(thing=thing, name=form.validated_data["name"], by=viewer)
        except MarkRefused as refusal:
            raise serializers.ValidationError({"name": [str(refusal)]}) from refusal
        return Response(ThingSerializer(thing).data)

    @extend_schema(operation_id="thing_delete", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        delete_thing(thing=get_own_thing(viewer, pk), by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ThingQuestionsView(APIView):
    """What is asked about your own photos, the likeliest of each thing first; a hundred at most."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read"}

    @extend_schema(operation_id="thing_questions_list", responses=MarkSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = questions_about(viewer_of(request))[:_SITTING]
        return Response(MarkSerializer(rows, many=True).data)


class PhotoThingsView(APIView):
    """The things in one photo. Marking one on somebody else's photo proposes it to its owner.

    A box on a face or a person is refused (400): those are recognised with consent only.
    """

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read", "POST": "photos:write"}

    @extend_schema(operation_id="photo_things_list", responses=MarkSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        rows = marks_on(get_visible_photo(viewer, pk), viewer)
        return Response(MarkSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="photo_things_mark", request=MarkSerializer, responses={201: MarkSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        photo = get_visible_photo(viewer, pk)
        form = MarkSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        box = Box(said["left"], said["top"], said["width"], said["height"])
        try:
            row = mark(photo=photo, name=said["thing"]["name"], box=box, by=viewer)
        except MarkRefused as refusal:
            raise serializers.ValidationError({"detail": str(refusal)}) from refusal
        return Response(MarkSerializer(row).data, status=status.HTTP_201_CREATED)


class PhotoThingView(APIView):
    """One mark on one of your photos: answer, or take the answer (or the mark) back."""

    scopes: ClassVar[dict[str, str]] = {"PUT": "photos:write", "DELETE": "photos:write"}

    @extend_schema(
        operation_id="photo_thing_answer", request=TagAnswerSerializer, responses=MarkSerializer
    )
    def put(self, request: Request, pk: int, mark: int) -> Response:
        viewer = viewer_of(request)
        row = get_mark(get_own_photo(viewer, pk), mark)
        form = TagAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            answer_marks(rows=[row], yes=form.validated_data["yes"], by=viewer)
        except MarkRefused as refusal:
            raise serializers.ValidationError({"detail": str(refusal)}) from refusal
        return Response(MarkSerializer(row).data)

    @extend_schema(operation_id="photo_thing_take_back", responses={204: None})
    def delete(self, request: Request, pk: int, mark: int) -> Response:
        viewer = viewer_of(request)
        take_back_marks(rows=[get_mark(get_own_photo(viewer, pk), mark)], by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)
