"""Photos, their words and their way through the house, for programs."""

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.accounts.models import User
from photolib.consent.queries import sightings
from photolib.core.errors import RefusedFile
from photolib.describe.queries import notes_of, texts_for
from photolib.describe.services import clear_text, edit_text
from photolib.intake.models import Incoming
from photolib.intake.queries import arrivals_for, progress_for
from photolib.intake.services import receive, retry_parked
from photolib.library.models import Photo
from photolib.library.queries import (
    favourite_ids,
    get_own_photo,
    get_visible_photo,
    photos_visible_to,
)
from photolib.library.services import library_of, move_to_trash, set_favourite, set_shared
from photolib.pages.api.base import language_of, viewer_of
from photolib.pages.api.serializers import (
    ArrivalSerializer,
    PhotoChangeSerializer,
    PhotoDetailSerializer,
    PhotoSerializer,
    ProgressSerializer,
    TextSerializer,
    UploadSerializer,
)
from photolib.search.queries import search_photos


def photo_context(
    photos: Sequence[Photo], request: Request, viewer: User, *, people: bool = False
) -> dict[str, object]:
    """What the photo serializers need beside the rows, fetched for all of them at once."""
    return {
        "request": request,
        "texts": texts_for(photos, viewer, language_of(request)),
        "file_notes": notes_of(photos) if people else {},
        "favourites": favourite_ids(viewer, photos),
        "sightings": sightings(photos, viewer) if people else {},
    }


class PhotosView(GenericAPIView[Photo]):
    """The photos you may see, newest first; or take in a new one."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read", "POST": "photos:write"}
    parser_classes = [MultiPartParser]
    queryset = Photo.objects.none()

    @extend_schema(
        operation_id="photos_list",
        parameters=[OpenApiParameter("q", str, description="words, people, places, dates")],
        responses=PhotoSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        viewer = viewer_of(request)
        words = request.query_params.get("q", "").strip()
        found = (
            search_photos(viewer, words, language_of(request)).photos
            if words
            else photos_visible_to(viewer)
        )
        photos = self.paginate_queryset(found.select_related("original", "library__owner")) or []
        context = photo_context(photos, request, viewer)
        return self.get_paginated_response(PhotoSerializer(photos, many=True, context=context).data)

    @extend_schema(
        operation_id="photos_create", request=UploadSerializer, responses={202: ArrivalSerializer}
    )
    def post(self, request: Request) -> Response:
        """Answers 202: the file is kept, and a worker looks at it. 400 says why it was refused."""
        viewer = viewer_of(request)
        form = UploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        try:
            arrival = receive(
                file=upload, name=upload.name, library=library_of(viewer), received_by=viewer
            )
        except RefusedFile as refused:
            return Response(
                {"detail": str(refused), "code": refused.code}, status=status.HTTP_400_BAD_REQUEST
            )
        return Response(ArrivalSerializer(arrival).data, status=status.HTTP_202_ACCEPTED)


class PhotoView(APIView):
    """One photo."""

    # A form cannot leave a yes-or-no field out: what is missing would be read as a no.
    parser_classes = [JSONParser]

    scopes: ClassVar[dict[str, str]] = {
        "GET": "photos:read",
        "PATCH": "photos:write",
        "DELETE": "photos:write",
    }

    def _answer(self, request: Request, photo: Photo) -> Response:
        context = photo_context([photo], request, viewer_of(request), people=True)
        return Response(PhotoDetailSerializer(photo, context=context).data)

    @extend_schema(operation_id="photos_read", responses=PhotoDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return self._answer(request, get_visible_photo(viewer_of(request), pk))

    @extend_schema(
        operation_id="photos_change",
        request=PhotoChangeSerializer,
        responses=PhotoDetailSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        photo = get_visible_photo(viewer, pk)
        form = PhotoChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if "shared_with_household" in form.validated_data:
            set_shared(
                photos=[photo], shared=form.validated_data["shared_with_household"], by=viewer
            )
            photo.refresh_from_db()
        if "favourite" in form.validated_data:
            set_favourite(photo=photo, user=viewer, on=form.validated_data["favourite"])
        return self._answer(request, photo)

    @extend_schema(operation_id="photos_trash", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Moves the photo to the trash, from where it can be fetched back for some weeks."""
        viewer = viewer_of(request)
        move_to_trash(photos=[get_own_photo(viewer, pk)], by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)


LANGUAGE = OpenApiParameter(
    "language",
    OpenApiTypes.STR,
    OpenApiParameter.PATH,
    description=(
        f"To write in: {', '.join(dict(settings.DESCRIPTION_LANGUAGES))}. What came with a file may be in"
        " any language of ISO 639, or in und, where the file does not say."
    ),
)


class PhotoTextView(APIView):
    """The words that a person wrote about a photo, in one language. They win over the machine's."""

    scopes: ClassVar[dict[str, str]] = {
        "GET": "photos:read",
        "PUT": "photos:write",
        "DELETE": "photos:write",
    }

    @extend_schema(
        operation_id="texts_read", parameters=[LANGUAGE], responses={200: TextSerializer}
    )
    def get(self, request: Request, pk: int, language: str) -> Response:
        photo = get_visible_photo(viewer_of(request), pk)
        text = photo.human_texts.filter(language=language).first()
        if text is None:
            raise Http404
        return Response(TextSerializer(text).data)

    @extend_schema(
        operation_id="texts_write",
        parameters=[LANGUAGE],
        request=TextSerializer,
        responses=TextSerializer,
    )
    def put(self, request: Request, pk: int, language: str) -> Response:
        viewer = viewer_of(request)
        photo = get_own_photo(viewer, pk)
        form = TextSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        text = edit_text(
            photo=photo,
            language=language,
            alt=form.validated_data["alt"],
            extended=form.validated_data.get("extended", ""),
            by=viewer,
        )
        return Response(TextSerializer(text).data)

    @extend_schema(operation_id="texts_delete", parameters=[LANGUAGE], responses={204: None})
    def delete(self, request: Request, pk: int, language: str) -> Response:
        viewer = viewer_of(request)
        clear_text(photo=get_own_photo(viewer, pk), language=language, by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PhotoRetryView(APIView):
    """Tries the steps again that were set aside after errors."""

    scopes: ClassVar[dict[str, str]] = {"POST": "photos:write"}

    @extend_schema(operation_id="photos_retry", request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        retry_parked(by=viewer, photo=get_own_photo(viewer, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ArrivalsView(GenericAPIView[Incoming]):
    """The files that arrived in your library of late, with the reason where one was refused."""

    scopes: ClassVar[dict[str, str]] = {"GET": "jobs:read"}
    queryset = Incoming.objects.none()

    @extend_schema(operation_id="arrivals_list", responses=ArrivalSerializer(many=True))
    def get(self, request: Request) -> Response:
        arrivals = self.paginate_queryset(arrivals_for(viewer_of(request))) or []
        return self.get_paginated_response(ArrivalSerializer(arrivals, many=True).data)


class JobsView(APIView):
    """How far the work on your photos is."""

    scopes: ClassVar[dict[str, str]] = {"GET": "jobs:read"}

    @extend_schema(operation_id="jobs_read", responses=ProgressSerializer)
    def get(self, request: Request) -> Response:
        return Response(ProgressSerializer(progress_for(viewer_of(request))).data)
