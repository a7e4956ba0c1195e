"""The household's people, for programs."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.core.errors import NotAllowed
from photolib.pages.api.base import viewer_of
from photolib.pages.api.serializers import PersonSerializer
from photolib.people.models import Person
from photolib.people.queries import get_person, people_of
from photolib.people.services import create_person, rename_person


class PeopleView(GenericAPIView[Person]):
    """The people your household knows."""

    scopes: ClassVar[dict[str, str]] = {"GET": "people:read", "POST": "people:write"}
    queryset = Person.objects.none()

    @extend_schema(operation_id="people_list", responses=PersonSerializer(many=True))
    def get(self, request: Request) -> Response:
        people = self.paginate_queryset(people_of(viewer_of(request))) or []
        return self.get_paginated_response(PersonSerializer(people, many=True).data)

    @extend_schema(
        operation_id="people_create", request=PersonSerializer, responses={201: PersonSerializer}
    )
    def post(self, request: Request) -> Response:
        viewer = viewer_of(request)
        if viewer.household is None:
            raise NotAllowed("This account is in no household: people belong to one.")
        form = PersonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        person = create_person(
            household=viewer.household, name=form.validated_data["name"], by=viewer
        )
        return Response(PersonSerializer(person).data, status=status.HTTP_201_CREATED)


class PersonView(APIView):
    """One person."""

    scopes: ClassVar[dict[str, str]] = {"GET": "people:read", "PATCH": "people:write"}

    @extend_schema(operation_id="people_read", responses=PersonSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(PersonSerializer(get_person(viewer_of(request), pk)).data)

    @extend_schema(
        operation_id="people_rename", request=PersonSerializer, responses=PersonSerializer
    )
    def patch(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        person = get_person(viewer, pk)
        form = PersonSerializer(person, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        rename_person(person=person, name=form.validated_data.get("name", person.name), by=viewer)
        return Response(PersonSerializer(person).data)
