"""Albums, for programs."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from photolib.library.models import Album, Photo
from photolib.library.queries import (
    album_photos,
    albums_visible_to,
    get_own_album,
    get_visible_album,
    get_visible_photo,
)
from photolib.library.services import (
    add_to_album,
    create_album,
    delete_album,
    remove_from_album,
    rename_album,
)
from photolib.pages.api.base import viewer_of
from photolib.pages.api.photos import photo_context
from photolib.pages.api.serializers import (
    AlbumPhotosSerializer,
    AlbumSerializer,
    PhotoSerializer,
)


class AlbumsView(GenericAPIView[Album]):
    """Your albums and those of your household."""

    scopes: ClassVar[dict[str, str]] = {"GET": "photos:read", "POST": "photos:write"}
    queryset = Album.objects.none()

    @extend_schema(operation_id="albums_list", responses=AlbumSerializer(many=True))
    def get(self, request: Request) -> Response:
        albums = self.paginate_queryset(albums_visible_to(viewer_of(request))) or []
        return self.get_paginated_response(AlbumSerializer(albums, many=True).data)

    @extend_schema(
        operation_id="albums_create", request=AlbumSerializer, responses={201: AlbumSerializer}
    )
    def post(self, request: Request) -> Response:
        form = AlbumSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        album = create_album(owner=viewer_of(request), **form.validated_data)
        return Response(AlbumSerializer(album).data, status=status.HTTP_201_CREATED)


class AlbumView(APIView):
    """One album."""

    scopes: ClassVar[dict[str, str]] = {
        "GET": "photos:read",
        "PATCH": "photos:write",
        "DELETE": "photos:write",
    }

    @extend_schema(operation_id="albums_read", responses=AlbumSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(AlbumSerializer(get_visible_album(viewer_of(request), pk)).data)

    @extend_schema(operation_id="albums_change", request=AlbumSerializer, responses=AlbumSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        album = get_own_album(viewer, pk)
        form = AlbumSerializer(album, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return Response(
            AlbumSerializer(rename_album(album=album, by=viewer, **form.validated_data)).data
        )

    @extend_schema(operation_id="albums_delete", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Removes the album; its photos stay where they are."""
        viewer = viewer_of(request)
        delete_album(album=get_own_album(viewer, pk), by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AlbumPhotosView(GenericAPIView[Photo]):
    """The photos of an album, in its order."""

    scopes: ClassVar[dict[str, str]] = {
        "GET": "photos:read",
        "POST": "photos:write",
        "DELETE": "photos:write",
    }
    queryset = Photo.objects.none()

    @extend_schema(operation_id="album_photos_list", responses=PhotoSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        found = album_photos(viewer, get_visible_album(viewer, pk))
        photos = self.paginate_queryset(found.select_related("original", "library__owner")) or []
        context = photo_context(photos, request, viewer)
        return self.get_paginated_response(PhotoSerializer(photos, many=True, context=context).data)

    @extend_schema(
        operation_id="album_photos_add", request=AlbumPhotosSerializer, responses={204: None}
    )
    def post(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        album = get_visible_album(viewer, pk)
        for photo in self._photos(request):
            add_to_album(photo=photo, album=album, by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="album_photos_remove", request=AlbumPhotosSerializer, responses={204: None}
    )
    def delete(self, request: Request, pk: int) -> Response:
        viewer = viewer_of(request)
        album = get_visible_album(viewer, pk)
        for photo in self._photos(request):
            remove_from_album(photo=photo, album=album, by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _photos(self, request: Request) -> list[Photo]:
        """The named photos, all of them visible to the viewer: one that is not ends the request."""
        form = AlbumPhotosSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        viewer = viewer_of(request)
        return [get_visible_photo(viewer, key) for key in form.validated_data["photos"]]
