"""Everything that changes photos and albums: taking in, sharing, dates, albums, going away."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.core.pixels import ImageFacts
from photolib.core.words import words_changed
from photolib.library import renditions, storage
from photolib.library.models import (
    Album,
    AlbumPhoto,
    Favourite,
    Library,
    Original,
    Photo,
    Sidecar,
    TakenSource,
)
from photolib.library.queries import albums_visible_to, photos_visible_to
from photolib.library.signals import visibility_changed

# A sidecar with the settings of a whole darkroom has some hundred kilobytes.
LONGEST_SIDECAR = 1_000_000
# Below what one SQL statement of SQLite or PostgreSQL takes as values.
_BATCH = 5000


def library_of(user: User) -> Library:
    """The account's library, made the first time it is asked for."""
    return Library.objects.get_or_create(owner=user)[0]


# --- Taking in ------------------------------------------------------------------------------------
def accept_photo(
    *,
    library: Library,
    draft: Path,
    name: str,
    sha256: str,
    facts: ImageFacts,
    byte_size: int,
    file_date: datetime | None,
) -> tuple[Photo, bool]:
    """Make a file that core.pixels.inspect_image found good a photo of `library`.

    Returns the photo, and whether it is a new one: bytes that are in the library already give the
    photo that is there, out of the trash if it was in it. The draft stays where it is; remove it
    once the transaction around this is committed.
    """
    with transaction.atomic():
        original = lock_original(sha256, format_=facts.format, byte_size=byte_size)
        storage.keep_original(draft=draft, sha256=sha256, format=original.format)
        photo = Photo.objects.select_for_update().filter(library=library, original=original).first()
        if photo is not None:
            if photo.trashed_at is not None:
                photo.trashed_at = None
                photo.save(update_fields=["trashed_at"])
            return photo, False
        return _make_photo(library, original, name, facts, file_date), True


def lock_original(sha256: str, *, format_: str, byte_size: int) -> Original:
    """The row of these bytes, made if need be, held until the transaction ends.

    Whoever keeps, needs or removes the file holds this row: nobody removes what another one has
    just been promised. (On SQLite a transaction holds everything from its beginning.)
    """
    while True:
        Original.objects.get_or_create(
            sha256=sha256, defaults={"format": format_, "byte_size": byte_size}
        )
        held = Original.objects.select_for_update().filter(sha256=sha256).first()
        # Between the two lines another transaction may have removed it.
        if held is not None:
            return held


def _make_photo(
    library: Library, original: Original, name: str, facts: ImageFacts, file_date: datetime | None
) -> Photo:
    now = timezone.now()
    # Until the step read_metadata knows better.
    taken = file_date if file_date is not None and file_date <= now else now
    local = timezone.localtime(taken)
    offset = local.utcoffset() or timedelta()
    return Photo.objects.create(
        library=library,
        original=original,
        original_name=name[:255],
        width=facts.width,
        height=facts.height,
        orientation=facts.orientation,
        taken_at=taken,
        taken_offset=offset // timedelta(minutes=1),
        taken_source=TakenSource.FILE if taken == file_date else TakenSource.RECEIVED,
        taken_on=local.date(),
    )


def keep_sidecar(*, photo: Photo, content: bytes) -> bool:
    """Keep the XMP file that came with a photo, in the place of an older one. True if it is another.

    Raises PhotolibError for one of more than LONGEST_SIDECAR bytes.
    """
    if len(content) > LONGEST_SIDECAR:
        raise PhotolibError(_("The sidecar file is too long to be one."))
    kept = Sidecar.objects.filter(photo=photo).first()
    if kept is not None and bytes(kept.content) == content:
        return False
    Sidecar.objects.update_or_create(photo=photo, defaults={"content": content})
    return True


# --- Changing -------------------------------------------------------------------------------------
def set_shared(*, photos: Iterable[Photo], shared: bool, by: User) -> None:
    """Show photos to the household, or to their owner alone again. Raises NotAllowed for others'."""
    _update_own(photos, by, shared_with_household=shared)


def set_favourite(*, photo: Photo, user: User, on: bool) -> None:
    """Give a photo this account's star, or take it away. Raises NotAllowed for what it cannot see."""
    if not photos_visible_to(user).filter(pk=photo.pk).exists():
        raise NotAllowed(_("You cannot see this photo."))
    if on:
        Favourite.objects.get_or_create(user=user, photo=photo)
    else:
        Favourite.objects.filter(user=user, photo=photo).delete()


def set_taken(
    *, photo: Photo, by: User, taken_at: datetime | None = None, taken_on: date | None = None
) -> None:
    """Say by hand when a photo was taken; no later run changes that again.

    taken_at: the moment if it has a time zone, else the reading of the clock there. taken_on: the
    day alone, where no more is known. Raises NotAllowed for other people's photos.
    """
    _check_own([photo], by)
    if taken_at is None:
        if taken_on is None:
            raise PhotolibError(_("Say at least the day on which the photo was taken."))
        taken_at = datetime.combine(taken_on, time(12))
    offset = taken_at.utcoffset()
    photo.taken_on = taken_at.date()
    photo.taken_offset = None if offset is None else offset // timedelta(minutes=1)
    photo.taken_at = taken_at.replace(tzinfo=UTC) if offset is None else taken_at.astimezone(UTC)
    photo.taken_source = TakenSource.HUMAN
    photo.save(update_fields=["taken_on", "taken_offset", "taken_at", "taken_source"])
    words_changed.send(sender=Photo, photo=photo)


# --- Albums ---------------------------------------------------------------------------------------
def create_album(
    *, owner: User, title: str, description: str = "", for_household: bool = False
) -> Album:
    """Make an empty album. Raises PhotolibError for one without a title, or without a household."""
    if for_household:
        _check_household(owner)
    return Album.objects.create(
        owner=owner,
        title=_checked_title(title),
        description=description.strip(),
        for_household=for_household,
    )


def rename_album(
    *,
    album: Album,
    by: User,
    title: str | None = None,
    description: str | None = None,
    for_household: bool | None = None,
) -> Album:
    """Change what is given of an album. Raises NotAllowed, as set_album_for_household does too."""
    _check_owns_album(album, by)
    if title is not None:
        album.title = _checked_title(title)
    if description is not None:
        album.description = description.strip()
    with transaction.atomic():
        if for_household is not None and for_household != album.for_household:
            set_album_for_household(album=album, for_household=for_household, by=by)
        album.save(update_fields=["title", "description"])
    return album


def set_album_for_household(*, album: Album, for_household: bool, by: User) -> None:
    """Show an album to the household or to its owner alone.

    Raises NotAllowed if it holds other people's photos: only they can show those to more people.
    """
    _check_owns_album(album, by)
    with transaction.atomic():
        if for_household:
            _check_household(by)
            # Held, so that no photo comes in between the question and the change.
            Album.objects.select_for_update().get(pk=album.pk)
            if AlbumPhoto.objects.filter(album=album).exclude(photo__library__owner=by).exists():
                raise NotAllowed(
                    _("This album holds photos of other people: take them out of it first.")
                )
        album.for_household = for_household
        album.save(update_fields=["for_household"])
        _tell_of(album.entries.values_list("photo_id", flat=True))


def delete_album(*, album: Album, by: User) -> None:
    """Delete an album. Its photos stay where they are."""
    _check_owns_album(album, by)
    with transaction.atomic():
        shown = (
            list(album.entries.values_list("photo_id", flat=True)) if album.for_household else []
        )
        album.delete()
        _tell_of(shown)


def add_to_album(*, photo: Photo, album: Album, by: User) -> AlbumPhoto:
    """Put a photo at the end of an album; where it is in it already, nothing changes.

    One's own album takes every photo that one can see. A household album shows its photos to every
    member: only the photo's owner can put it there. Raises NotAllowed otherwise.
    """
    with transaction.atomic():
        # Held until the end: whether it is the household's may not change meanwhile.
        album = Album.objects.select_for_update().get(pk=album.pk)
        _check_may_add(photo, album, by)
        last = album.entries.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        entry, _made = AlbumPhoto.objects.get_or_create(
            album=album, photo=photo, defaults={"added_by": by, "position": position}
        )
        if album.for_household:
            _tell_of([photo.pk])
    return entry


def remove_from_album(*, photo: Photo, album: Album, by: User) -> None:
    """Take a photo out of an album: the album's owner and the photo's owner can."""
    if by.pk not in {album.owner_id, photo.library.owner_id}:
        raise NotAllowed(
            _("Only the album's owner and the photo's owner can take this photo out of it.")
        )
    with transaction.atomic():
        AlbumPhoto.objects.filter(album=album, photo=photo).delete()
        if album.for_household:
            _tell_of([photo.pk])


# --- Going away -----------------------------------------------------------------------------------
def move_to_trash(*, photos: Iterable[Photo], by: User) -> None:
    """Put photos into the trash, where they stay settings.TRASH_DAYS. NotAllowed for others'."""
    _update_own(photos, by, trashed_at=timezone.now())


def restore(*, photos: Iterable[Photo], by: User) -> None:
    """Take photos out of the trash, back into the albums they were in. NotAllowed for others'."""
    _update_own(photos, by, trashed_at=None)


def purge_photo(*, photo: Photo) -> None:
    """Remove a photo for good: its rows, renditions, and its original unless another photo needs it.

    Files go once the transaction around this is committed; a crash before that leaves them to
    purge_expired_trash. A photo that has gone already is no error.
    """
    _purge(photo.pk, photo.original_id, Q())


def purge_expired_trash(now: datetime) -> int:
    """Remove for good what was thrown away settings.TRASH_DAYS ago, and how many photos that was.

    Originals that a crash left without a photo go as well.
    """
    expired = Q(trashed_at__lte=now - timedelta(days=settings.TRASH_DAYS))
    # Asked again when each is locked: somebody may take it out of the trash meanwhile.
    keys = list(Photo.objects.filter(expired).values_list("pk", "original_id"))
    count = sum(_purge(pk, sha256, expired) for pk, sha256 in keys)
    remove_unused_originals()
    return count


def remove_unused_originals() -> None:
    """Remove the originals that no photo and no voice memo needs any more."""
    unused = Original.objects.filter(photos__isnull=True, memos__isnull=True).values_list(
        "sha256", flat=True
    )
    for sha256 in list(unused):
        discard_unused_original(sha256)


def discard_unused_original(sha256: str) -> None:
    """Remove an original's file and row, if no photo and no voice memo needs it."""
    with transaction.atomic():
        original = Original.objects.select_for_update().filter(sha256=sha256).first()
        if original is None or original.photos.exists() or original.memos.exists():
            return
        # Before the row is: a crash here leaves a row without a photo, and the next run ends it.
        storage.remove_original(sha256=sha256, format=original.format)
        original.delete()


def _purge(pk: int, sha256: str, condition: Q) -> bool:
    with transaction.atomic():
        # Held as in accept_photo: the same bytes may be arriving just now.
        Original.objects.select_for_update().filter(sha256=sha256).first()
        photo = Photo.objects.select_for_update().filter(condition, pk=pk).first()
        if photo is None:
            return False
        sounds = list(photo.memos.values_list("sound_id", flat=True))
        photo.delete()
        transaction.on_commit(partial(renditions.remove_renditions, pk))
        for key in (sha256, *sounds):
            transaction.on_commit(partial(discard_unused_original, key))
        return True


# --- Checks ---------------------------------------------------------------------------------------
def _update_own(photos: Iterable[Photo], by: User, **values: bool | datetime | None) -> None:
    chosen = list(photos)
    _check_own(chosen, by)
    keys = [photo.pk for photo in chosen]
    with transaction.atomic():
        for start in range(0, len(keys), _BATCH):
            Photo.objects.filter(pk__in=keys[start : start + _BATCH]).update(**values)
        _tell_of(keys)
    for photo in chosen:
        for field, value in values.items():
            setattr(photo, field, value)


def _tell_of(keys: Iterable[int]) -> None:
    """These photos are shown to more or fewer people from now on."""
    photos = list(keys)
    for start in range(0, len(photos), _BATCH):
        visibility_changed.send(sender=Photo, photos=photos[start : start + _BATCH])


def _check_own(photos: Iterable[Photo], by: User) -> None:
    library = library_of(by)
    if any(photo.library_id != library.pk for photo in photos):
        raise NotAllowed(_("This photo belongs to somebody else: only its owner can change it."))


def _check_may_add(photo: Photo, album: Album, by: User) -> None:
    if not photos_visible_to(by).filter(pk=photo.pk).exists():
        raise NotAllowed(_("You cannot see this photo."))
    if not albums_visible_to(by).filter(pk=album.pk).exists():
        raise NotAllowed(_("You cannot see this album."))
    if album.for_household and photo.library.owner_id != by.pk:
        raise NotAllowed(
            _("Only its owner can put this photo into an album that the whole household sees.")
        )


def _check_owns_album(album: Album, by: User) -> None:
    if album.owner_id != by.pk:
        raise NotAllowed(_("This album belongs to somebody else: only its owner can change it."))


def _check_household(by: User) -> None:
    if by.household_id is None:
        raise NotAllowed(_("You live in no household here that could see this album."))


def _checked_title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise PhotolibError(_("The album needs a title."))
    if len(title) > 200:
        raise PhotolibError(_("The album's title is too long: 200 letters at most."))
    return title
