"""What is kept of the picture itself, and who may see it, for the page that lists everything."""

from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.knowledge import Deed, Known
from photolib.core.places import country_name
from photolib.library.models import Photo
from photolib.library.queries import albums_visible_to, sidecar_of
from photolib.rights.knowing_deeds import for_owner, to_photo


def picture_known(photo: Photo, owner: bool, everybody: str) -> Iterator[Known]:
    """What the file brought: day, size, place, camera; names and coordinates for the owner alone."""
    make = partial(Known, made_on=photo.received_at)
    yield make(
        what=_("Taken on %(day)s.") % {"day": photo.taken_on.isoformat()},
        source=str(photo.get_taken_source_display()),
        seen_by=everybody,
        deeds=for_owner(owner, Deed(_("Correct the date"), to_photo(photo, "facts"))),
    )
    yield make(
        what=_("%(width)s × %(height)s pixels, %(bytes)s bytes.")
        % {"width": photo.width, "height": photo.height, "bytes": photo.original.byte_size},
        source=_("the file"),
        seen_by=everybody,
    )
    place = [photo.place_town, photo.place_region, _country(photo)]
    if any(place):
        yield make(
            what=_("Place: %(place)s.") % {"place": ", ".join(part for part in place if part)},
            source=_("looked up on this machine from the coordinates"),
            seen_by=everybody,
        )
    camera = " ".join(part for part in (photo.camera_make, photo.camera_model, photo.lens) if part)
    if camera:
        yield make(
            what=_("Camera: %(camera)s.") % {"camera": camera},
            source=_("the file"),
            seen_by=everybody,
        )
    if owner:
        yield from _private_metadata(photo)


def _private_metadata(photo: Photo) -> Iterator[Known]:
    make = partial(Known, made_on=photo.received_at, source=_("the file"))
    yield make(
        what=_("The file's name: %(name)s.") % {"name": photo.original_name},
        seen_by=_("its owner alone"),
    )
    if photo.latitude is not None and photo.longitude is not None:
        yield make(
            what=_("Coordinates: %(lat).5f, %(lon).5f.")
            % {"lat": photo.latitude, "lon": photo.longitude},
            seen_by=_("its owner, and whoever is given the original"),
        )
    beside = sidecar_of(photo)
    if beside is not None:
        yield make(
            what=_("The sidecar file that came with it (XMP, %(bytes)s bytes).")
            % {"bytes": len(beside)},
            seen_by=_("its owner alone"),
        )


def _country(photo: Photo) -> str:
    return country_name(photo.place_country, "en") if photo.place_country else ""


def audience_known(photo: Photo, viewer: User) -> Iterator[Known]:
    """Whoever may see the photo, and by what."""
    yield Known(
        what=_("%(name)s, whose photo it is.") % {"name": photo.library.owner},
        deeds=for_owner(
            photo.library.owner_id == viewer.pk, Deed(_("Share it, or stop"), to_photo(photo))
        ),
    )
    if photo.shared_with_household:
        yield Known(what=_("Everybody in the household, with whom it is shared."))
    for album in albums_visible_to(viewer).filter(entries__photo=photo, for_household=True):
        yield Known(
            what=_("Everybody in the household, by the album %(title)s.") % {"title": album},
            deeds=(Deed(_("Open the album %(title)s") % {"title": album},
                        reverse("pages:album", args=[album.pk])),),
        )  # fmt: skip
