"""What an admin does with packs: fetch, install, use, remove. Nothing is fetched unless somebody asks."""

import time
from datetime import datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from faces import changing, installing
from faces.choice import packs_in_use
from faces.fetching import FetchFailed
from faces.models import PackFetch
from faces.packs import BY_NAME, Pack
from faces.weights import is_installed
from photolib.accounts.models import User
from photolib.accounts.queries import is_admin
from photolib.core.errors import NotAllowed, PhotolibError

# How long a worker fetches before it looks at photos again; then it goes on within the minute.
SLICE_SECONDS = 45.0
EVERY = timedelta(minutes=1)
# The page's figure: so often is plenty, and each is a write to the database.
_TELL_SECONDS = 2.0


def pack_named(name: str) -> Pack:
    """The pack of this name. Raises PhotolibError, with the names there are."""
    if name not in BY_NAME:
        said = _("There is no model pack called %(name)s. There are: %(all)s.")
        raise PhotolibError(said % {"name": name, "all": ", ".join(BY_NAME)})
    return BY_NAME[name]


def start_fetch(*, pack: Pack, by: User) -> PackFetch:
    """Have a worker download the pack. Raises NotAllowed; PhotolibError where there is nothing to fetch."""
    _check_admin(by)
    if not pack.downloads or is_installed(pack):
        raise PhotolibError(_("%(pack)s is on this machine already.") % {"pack": _(pack.label)})
    row, _created = PackFetch.objects.update_or_create(
        pack=pack.name,
        defaults={
            "asked_by": by.username,
            "error": "",
            "done_bytes": installing.bytes_here(pack),
            "total_bytes": pack.download_bytes,
        },
    )
    return row


def stop_fetch(*, pack: Pack, by: User) -> None:
    """Stop the download and remove what has come of it."""
    _check_admin(by)
    PackFetch.objects.filter(pack=pack.name).delete()
    if not is_installed(pack):
        installing.remove_files(pack)


def go_on_fetching(_now: datetime) -> None:
    """The chore of every minute: fetch a while for whoever asked."""
    until = time.monotonic() + SLICE_SECONDS
    for row in PackFetch.objects.filter(error="").order_by("asked_at"):
        if time.monotonic() < until:
            fetch_a_while(row, until=until)


def fetch_a_while(row: PackFetch, *, until: float) -> None:
    """Fetch until this moment of time.monotonic; what stops it is written down for the page."""
    pack, told = BY_NAME.get(row.pack), 0.0
    if pack is None:
        row.delete()
        return
    mine = PackFetch.objects.filter(pk=row.pk)

    def go_on(count: int) -> bool:
        nonlocal told
        now = time.monotonic()
        if now - told >= _TELL_SECONDS:
            told = now
            # Gone: somebody stopped it on the page.
            if not mine.update(done_bytes=count):
                return False
        return now < until

    try:
        if installing.fetch_pack(pack, go_on=go_on):
            mine.delete()
        else:
            mine.update(done_bytes=installing.bytes_here(pack))
    except FetchFailed as error:
        # Cut off, but something came: the next minute goes on. Otherwise a person decides.
        mine.update(error="" if error.kept else str(error), done_bytes=installing.bytes_here(pack))
    except PhotolibError as error:
        mine.update(error=str(error))


def install_pack(*, pack: Pack, folder: Path) -> None:
    """Install from files that somebody brought, checked like a download. Raises PhotolibError."""
    if not pack.downloads:
        said = _("%(pack)s comes with the program: there is nothing to install.")
        raise PhotolibError(said % {"pack": _(pack.label)})
    installing.install_from(pack, folder)
    PackFetch.objects.filter(pack=pack.name).delete()


def use_pack(*, pack: Pack, by: User) -> None:
    """Recognise with this pack from now on: see faces.changing. Raises NotAllowed, PhotolibError."""
    _check_admin(by)
    switch_to(pack, by=by.username)


def switch_to(pack: Pack, *, by: str) -> None:
    """The same for whoever has a shell on the machine. by: who, for the page."""
    if not is_installed(pack):
        said = _("%(pack)s is not on this machine yet: fetch it first.")
        raise PhotolibError(said % {"pack": _(pack.label)})
    changing.begin_change(pack, by=by)


def remove_pack(*, pack: Pack, by: User) -> None:
    """Remove the pack's files. Raises NotAllowed; PhotolibError for one that is in use."""
    _check_admin(by)
    remove_unused(pack)


def remove_unused(pack: Pack) -> None:
    """The same for whoever has a shell on the machine."""
    if not pack.downloads or pack in packs_in_use():
        said = _("%(pack)s is in use, or comes with the program: it stays.")
        raise PhotolibError(said % {"pack": _(pack.label)})
    PackFetch.objects.filter(pack=pack.name).delete()
    installing.remove_files(pack)


def _check_admin(by: User) -> None:
    if not is_admin(by):
        raise NotAllowed(_("Only an admin of the household chooses the models of this server."))
