"""Groups of faces without a name, for programs."""

from functools import partial
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from faces import services
from faces.api.base import FacesView, done
from faces.api.serializers import (
    DoneSerializer,
    FaceSerializer,
    FacesSerializer,
    GroupSerializer,
    HiddenSerializer,
    MergeSerializer,
    NameGroupSerializer,
    SplitSerializer,
)
from faces.models import FaceGroup, UnknownFace
from faces.queries import faces_of, get_group, groups_for, places_of
from photolib.pages.api.base import viewer_of
from photolib.people.queries import get_person


class GroupsView(FacesView, GenericAPIView[FaceGroup]):
    """The groups of your own library that wait for a name, the largest first; `?hidden=1` for the others."""

    queryset = FaceGroup.objects.none()

    @extend_schema(operation_id="faces_groups_list", responses=GroupSerializer(many=True))
    def get(self, request: Request) -> Response:
        hidden = request.query_params.get("hidden") == "1"
        groups = self.paginate_queryset(groups_for(viewer_of(request), hidden=hidden)) or []
        return self.get_paginated_response(GroupSerializer(groups, many=True).data)


class GroupView(FacesView):
    """One group; PATCH leaves it out of the list or shows it again."""

    @extend_schema(operation_id="faces_group_read", responses=GroupSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(GroupSerializer(get_group(viewer_of(request), pk)).data)

    @extend_schema(
        operation_id="faces_group_hide", request=HiddenSerializer, responses=DoneSerializer
    )
    def patch(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        group = get_group(viewer, pk)
        said = _read(HiddenSerializer, request)
        return done(request, partial(services.hide_group, group=group, by=viewer, **said))


class GroupFacesView(FacesView, GenericAPIView[UnknownFace]):
    """The faces of a group, the clearest first; POST moves faces of other groups here."""

    queryset = UnknownFace.objects.none()

    @extend_schema(operation_id="faces_group_faces", responses=FaceSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        faces = faces_of(get_group(viewer_of(request), pk))
        regions = [face.region for face in self.paginate_queryset(faces) or []]
        context = {"request": request, "places": places_of(regions)}
        return self.get_paginated_response(FaceSerializer(regions, many=True, context=context).data)

    @extend_schema(
        operation_id="faces_group_move", request=FacesSerializer, responses=DoneSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        group = get_group(viewer, pk)
        regions = _read(FacesSerializer, request)["faces"]
        return done(request, partial(services.move_faces, regions=regions, to=group, by=viewer))


class GroupNameView(FacesView):
    """Say who a group of faces is."""

    @extend_schema(
        operation_id="faces_group_name", request=NameGroupSerializer, responses=DoneSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        group = get_group(viewer, pk)
        said = _read(NameGroupSerializer, request)
        person = get_person(viewer, said["person"]) if "person" in said else None
        deed = partial(
            services.name_group,
            group=group,
            by=viewer,
            shown_regions=said["shown"],
            chosen_regions=said.get("faces"),
            person=person,
            name=said.get("name", ""),
        )
        return done(request, deed)


class GroupSplitView(FacesView):
    """Say that some faces of a group are somebody else."""

    @extend_schema(
        operation_id="faces_group_split", request=SplitSerializer, responses=DoneSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        group = get_group(viewer, pk)
        said = _read(SplitSerializer, request)
        service = services.split_group if said["together"] else services.take_out_of_group
        deed = partial(
            service, group=group, regions=said["faces"], shown=said.get("shown"), by=viewer
        )
        return done(request, deed)


class MergeView(FacesView):
    """Say that several groups are one person."""

    @extend_schema(
        operation_id="faces_groups_merge", request=MergeSerializer, responses=DoneSerializer
    )
    def post(self, request: Request) -> Response:
        viewer = viewer_of(request)
        numbers = _read(MergeSerializer, request)["groups"]
        groups = [get_group(viewer, pk) for pk in dict.fromkeys(numbers)]
        return done(request, partial(services.merge_groups, groups=groups, by=viewer))


def _read(serializer: Any, request: Request) -> dict[str, Any]:
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)
