"""Which photos and albums a viewer may see. Every page and every API view begins here."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.sql import Sql, as_list
from photolib.library.models import Album, AlbumPhoto, Favourite, Photo, Sidecar

Viewer = User | AnonymousUser

# There are few of each, so they are found once for a question; joined, they would be looked up for each of
# many photos. As text, since this is asked with everything: Django took longer over them than the database.
_LIBRARIES_OF = "SELECT id FROM library_library WHERE owner_id = %s"
_LIBRARIES_OF_HOUSE = (
    "SELECT l.id FROM library_library l JOIN accounts_user o ON o.id = l.owner_id"
    " WHERE o.household_id = %s"
)
_HOUSEHOLD_ALBUMS = (
    "SELECT a.id FROM library_album a JOIN accounts_user o ON o.id = a.owner_id"
    " WHERE a.for_household AND o.household_id = %s"
)


def photos_visible_to(viewer: Viewer) -> QuerySet[Photo]:
    """The photos this viewer may see, newest first, each once; nothing that is in the trash.

    Their own; and of people of the same household what is shared with it, or stands in a household
    album of one of its members. Being an admin adds nothing.
    """
    photos = Photo.objects.filter(trashed_at__isnull=True).select_related("library", "original")
    if not isinstance(viewer, User) or not viewer.is_active:
        return photos.none()
    mine = Q(library__in=as_list(Sql(_LIBRARIES_OF, (viewer.pk,))))
    if viewer.household_id is None:
        return photos.filter(mine)
    house = (viewer.household_id,)
    entries = AlbumPhoto.objects.filter(photo=OuterRef("pk"))
    in_household_album = Exists(entries.filter(album__in=as_list(Sql(_HOUSEHOLD_ALBUMS, house))))
    of_housemates = Q(library__in=as_list(Sql(_LIBRARIES_OF_HOUSE, house)))
    return photos.filter(
        mine | (of_housemates & (Q(shared_with_household=True) | Q(in_household_album)))
    )


def sidecar_of(photo: Photo) -> bytes | None:
    """The XMP file that came with the photo, if one did."""
    content = Sidecar.objects.filter(photo=photo).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def get_visible_photo(viewer: Viewer, pk: int) -> Photo:
    """The photo, if this viewer may see it. Raises Http404 otherwise."""
    return _get(photos_visible_to(viewer), pk)


def get_own_photo(viewer: Viewer, pk: int) -> Photo:
    """The photo, if it is this viewer's.

    Raises Http404 for what they may not see, NotAllowed for somebody else's that they may see.
    """
    photo = get_visible_photo(viewer, pk)
    if photo.library.owner_id != viewer.pk:
        raise NotAllowed(_("This photo belongs to somebody else: only its owner can change it."))
    return photo


def trash_of(viewer: Viewer) -> QuerySet[Photo]:
    """The viewer's own photos that wait in the trash, the last thrown away first."""
    if not isinstance(viewer, User) or not viewer.is_active:
        return Photo.objects.none()
    return (
        Photo.objects.filter(library__owner=viewer, trashed_at__isnull=False)
        .select_related("library", "original")
        .order_by("-trashed_at", "-pk")
    )


def get_trashed_photo(viewer: Viewer, pk: int) -> Photo:
    """The viewer's own photo in the trash. Raises Http404 otherwise."""
    return _get(trash_of(viewer), pk)


def get_photo_with_files(viewer: Viewer, pk: int) -> Photo:
    """The photo, if this viewer may look at its files: what they may see, and their own trash.

    Raises Http404 otherwise.
    """
    photo = photos_visible_to(viewer).filter(pk=pk).first()
    return photo if photo is not None else get_trashed_photo(viewer, pk)


def albums_visible_to(viewer: Viewer) -> QuerySet[Album]:
    """The viewer's own albums and those for the household they live in, newest first."""
    albums = Album.objects.select_related("owner")
    if not isinstance(viewer, User) or not viewer.is_active:
        return albums.none()
    mine = Q(owner=viewer)
    if viewer.household_id is None:
        return albums.filter(mine)
    return albums.filter(mine | Q(for_household=True, owner__household=viewer.household_id))


def get_visible_album(viewer: Viewer, pk: int) -> Album:
    """The album, if this viewer may see it. Raises Http404 otherwise."""
    try:
        return albums_visible_to(viewer).get(pk=pk)
    except Album.DoesNotExist as error:
        raise Http404 from error


def get_own_album(viewer: Viewer, pk: int) -> Album:
    """The album, if it is this viewer's. Raises Http404 or NotAllowed, as get_own_photo does."""
    album = get_visible_album(viewer, pk)
    if album.owner_id != viewer.pk:
        raise NotAllowed(_("This album belongs to somebody else: only its owner can change it."))
    return album


def album_photos(viewer: Viewer, album: Album) -> QuerySet[Photo]:
    """What this viewer may see of an album's photos, in the album's order."""
    return (
        photos_visible_to(viewer)
        .filter(album_entries__album=album)
        .order_by("album_entries__position", "album_entries__pk")
    )


def favourites_of(viewer: Viewer) -> QuerySet[Photo]:
    """The photos with this viewer's star that they may still see."""
    starred = Favourite.objects.filter(photo=OuterRef("pk"), user=viewer.pk)
    return photos_visible_to(viewer).filter(Exists(starred))


def favourite_ids(viewer: Viewer, photos: Iterable[Photo]) -> set[int]:
    """Which of `photos` have this viewer's star. One SQL query."""
    keys = [photo.pk for photo in photos]
    starred = Favourite.objects.filter(user=viewer.pk, photo__in=keys)
    return set(starred.values_list("photo_id", flat=True))


def _get(photos: QuerySet[Photo], pk: int) -> Photo:
    try:
        return photos.get(pk=pk)
    except Photo.DoesNotExist as error:
        raise Http404 from error
