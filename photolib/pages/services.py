"""What the pages do that needs several apps at once."""

import subprocess
import sys
import threading
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from photolib.accounts.models import Role, User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import Album, Photo
from photolib.library.services import add_to_album, move_to_trash, set_favourite, set_shared


class Deed(StrEnum):
    """What can be done with several photos at once."""

    SHARE = "share"
    UNSHARE = "unshare"
    STAR = "star"
    ALBUM = "album"
    TRASH = "trash"


class CannotImport(PhotolibError):
    """The folder cannot be read from."""


def do_to_photos(
    *, photos: Iterable[Photo], deed: Deed, by: User, album: Album | None = None
) -> int:
    """Do one deed to those of `photos` to which `by` may do it; returns how many those were.

    Anybody may star what they see, and put it into an album that they alone see; all else is the
    owner's. album: the one for Deed.ALBUM.
    """
    for_all = deed == Deed.STAR or (album is not None and not album.for_household)
    mine = [photo for photo in photos if for_all or photo.library.owner_id == by.pk]
    if deed in {Deed.SHARE, Deed.UNSHARE}:
        set_shared(photos=mine, shared=deed == Deed.SHARE, by=by)
    elif deed == Deed.TRASH:
        move_to_trash(photos=mine, by=by)
    for photo in mine:
        if deed == Deed.STAR:
            set_favourite(photo=photo, user=by, on=True)
        elif deed == Deed.ALBUM and album is not None:
            add_to_album(photo=photo, album=album, by=by)
    return len(mine)


def start_folder_import(*, folder: str, by: User) -> None:
    """Take in the photos of a folder on this machine, in a process of its own.

    It is `manage.py import`, which goes on when the page is closed; what it refuses stands on the
    page of jobs, what it prints in PHOTOLIB_DATA/import.log. Only an admin may read the server's
    folders: raises NotAllowed for others, CannotImport where the folder will not do.
    """
    if by.role != Role.ADMIN:
        raise NotAllowed(_("Only an admin can take in a folder of the server."))
    path = _readable_folder(folder)
    command = [
        sys.executable, str(settings.BASE_DIR / "manage.py"),
        "import", str(path), "--owner", by.username,
    ]  # fmt: skip
    with (settings.PHOTOLIB_DATA / "import.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  our own command; the folder is one argument
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    # Somebody must wait for it, or it stays in the process table after it has ended.
    threading.Thread(target=process.wait, name="import", daemon=True).start()


def _readable_folder(folder: str) -> Path:
    path = Path(folder.strip())
    if not path.is_absolute():
        raise CannotImport(_("Write the folder's whole path, beginning with /."))
    try:
        path = path.resolve(strict=True)
        empty = not any(path.iterdir())
    except (FileNotFoundError, NotADirectoryError) as error:
        message = _("There is no folder %(folder)s on the server.") % {"folder": folder}
        raise CannotImport(message) from error
    except OSError as error:
        message = _(
            "The folder %(folder)s cannot be read: let the account that runs photolib read it."
        ) % {"folder": folder}
        raise CannotImport(message) from error
    own = [settings.PHOTOLIB_DATA.resolve(), settings.PHOTOLIB_KEYSTORE.resolve()]
    if any(path == room or room in path.parents for room in own):
        raise CannotImport(_("This is photolib's own folder: choose the one your photos are in."))
    if empty:
        raise CannotImport(_("The folder %(folder)s is empty.") % {"folder": folder})
    return path
