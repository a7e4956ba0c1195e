"""What the owner can do about something that is known of a photo, and where it is done."""

from django.urls import NoReverseMatch, reverse

from photolib.core.knowledge import Deed
from photolib.library.models import Photo


def for_owner(owner: bool, *deeds: Deed) -> tuple[Deed, ...]:
    """The deeds where the viewer owns the photo; none for anybody else."""
    return deeds if owner else ()


def address_of(name: str, *args: int) -> str:
    """The address of a page of an app that may not be installed; empty then."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def to_photo(photo: Photo, part: str = "") -> str:
    """The address of the photo's page, or of the part of it with this id."""
    address = reverse("pages:photo", args=[photo.pk])
    return f"{address}#{part}" if part else address
