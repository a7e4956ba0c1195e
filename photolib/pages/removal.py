"""Removing an account: its photos go to a housemate, or go away for good."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from photolib.accounts.models import Role, User
from photolib.consent.services import set_recognition
from photolib.core.errors import PhotolibError
from photolib.library.models import Album, Library, Photo, RecognitionState
from photolib.library.services import library_of, purge_photo


class CannotRemove(PhotolibError):
    """The account has to stay, for the reason that the text gives."""


def check_removable(user: User) -> None:
    """Raises CannotRemove for the last admin: somebody has to run the machine."""
    others = User.objects.filter(household=user.household_id, role=Role.ADMIN, is_active=True)
    if user.role == Role.ADMIN and not others.exclude(pk=user.pk).exists():
        raise CannotRemove(
            _("You are the last admin: make somebody else an admin first, then you can go.")
        )


def remove_account(*, user: User, heir: User | None) -> None:
    """Remove an account. heir: the housemate who gets its photos and albums; None: they are deleted.

    Recognition is switched off first, so every vector of the library is shredded: what somebody
    agreed to for one library is not an answer for another's. Raises CannotRemove.
    """
    check_removable(user)
    if heir is not None and (heir == user or heir.household_id != user.household_id):
        raise CannotRemove(_("Photos can be handed over to somebody of your household only."))
    library = library_of(user)
    set_recognition(library=library, state=RecognitionState.OFF, by=user)
    if heir is not None:
        _hand_over(library=library, to=library_of(heir))
        Album.objects.filter(owner=user).update(owner=heir)
    for photo in Photo.objects.filter(library=library).iterator(chunk_size=200):
        purge_photo(photo=photo)
    with transaction.atomic():
        # Again, inside the transaction: two admins may be going at the same moment.
        list(get_user_model().objects.select_for_update().filter(role=Role.ADMIN))
        check_removable(user)
        user.delete()


def _hand_over(*, library: Library, to: Library) -> None:
    """Move the photos that are not in the trash. Of those the heir has already, the heir's stays."""
    for photo in Photo.objects.filter(library=library, trashed_at__isnull=True).iterator():
        with transaction.atomic():
            theirs = Photo.objects.filter(library=to, original=photo.original_id)
            if theirs.filter(trashed_at__isnull=True).exists():
                continue
            for trashed in theirs:
                purge_photo(photo=trashed)
            Photo.objects.filter(pk=photo.pk).update(library=to)
