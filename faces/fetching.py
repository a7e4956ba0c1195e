"""Downloading: the only file of photolib that opens a connection to another machine.

It runs when somebody pressed the button of one pack, or typed its command, and never otherwise.
What has come is kept in a `.part` and gone on with; it gets its name once its SHA-256 is right.
"""

import hashlib
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from faces.packs import Download
from photolib.core.errors import PhotolibError
from photolib.core.files import move_into_place

# A server that says nothing for so long is given up, and tried again with the next run.
SILENCE_SECONDS = 20.0
CHUNK = 256 * 1024
# Left free on the disk beside what is fetched: the database and its journal live there too.
SPARE_BYTES = 200 * 1024 * 1024


class FetchFailed(PhotolibError):
    """A download stopped; the text names what, and what mends it.

    kept: more is there than before this run, and going on from there may help.
    """

    def __init__(self, message: str, *, kept: bool = False) -> None:
        super().__init__(message)
        self.kept = kept


class _Refused(Exception):
    """The server sent the download somewhere it may not go."""


class _WrongPiece(Exception):
    """The server sent bytes from another place of the file."""


class _SameSafety(urllib.request.HTTPRedirectHandler):
    """Follows to another machine, but never from an encrypted connection to one that is not."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        if urlsplit(newurl).scheme != urlsplit(req.full_url).scheme:
            raise _Refused
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(download: Download, folder: Path, *, go_on: Callable[[int], bool]) -> bool:
    """Bring the file into the folder, from where it stopped before. Returns whether it is whole.

    go_on: told after each piece how many bytes are there; False stops, and keeps them.
    Raises FetchFailed: no connection, no space, or a file that is not the one.
    """
    path, part = folder / download.file, folder / f"{download.file}.part"
    if path.is_file() and path.stat().st_size == download.size:
        return True
    folder.mkdir(parents=True, exist_ok=True)
    here = part.stat().st_size if part.is_file() else 0
    if here > download.size:
        part.unlink()
        here = 0
    check_space(folder, download.size - here)
    if here != download.size and not _receive(download, part, go_on=go_on):
        return False
    check_sum(part, download.file, download.sha256)
    move_into_place(part, path)
    return True


def check_sum(path: Path, name: str, sha256: str) -> None:
    """Raises FetchFailed, and removes the file, if its SHA-256 is another one."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found == sha256:
        return
    path.unlink()
    said = _(
        "%(file)s is not the file that photolib knows (SHA-256 %(found)s… instead of %(known)s…): it was "
        "removed. Try again later; if it stays so, the file was changed where it is published."
    )
    raise FetchFailed(said % {"file": name, "found": found[:12], "known": sha256[:12]})


def check_space(folder: Path, needed: int) -> None:
    """Raises FetchFailed if the disk has not so many bytes, and some to spare."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE_BYTES:
        said = _("The disk is too full: %(needed)s MB are needed, %(free)s MB are free. Make room.")
        megabytes = {"needed": (needed + SPARE_BYTES) // 10**6, "free": free // 10**6}
        raise FetchFailed(said % megabytes)


def _receive(download: Download, part: Path, *, go_on: Callable[[int], bool]) -> bool:
    """Whether all bytes are there; False if it was stopped. Raises FetchFailed."""
    host = urlsplit(download.url).hostname or ""
    before = part.stat().st_size if part.is_file() else 0
    try:
        with _open(download, before) as response:
            begin = _begin_of(response, before)
            with part.open("r+b" if begin else "wb") as out:
                out.seek(begin)
                whole = _copy(response, out, download, go_on)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # our piece is longer than the file there: it cannot be of this file
            part.unlink(missing_ok=True)
        said = _("%(host)s answered %(code)s for %(file)s. Try again later.")
        raise FetchFailed(
            said % {"host": host, "code": error.code, "file": download.file}
        ) from error
    except _WrongPiece as error:
        part.unlink()
        said = _(
            "%(host)s sent another part of %(file)s than was asked for. Try again from the beginning."
        )
        raise FetchFailed(said % {"host": host, "file": download.file}) from error
    except _Refused as error:
        said = _("%(host)s points to an address that is not encrypted: nothing was fetched.")
        raise FetchFailed(said % {"host": host}) from error
    except (OSError, HTTPException) as error:
        raise _broken(error, host, download, part, before) from error
    return whole


def _open(download: Download, begin: int) -> HTTPResponse:
    headers = {"User-Agent": "photolib"} | ({"Range": f"bytes={begin}-"} if begin else {})
    request = urllib.request.Request(download.url, headers=headers)  # noqa: S310  https only: faces.packs
    opener = urllib.request.build_opener(_SameSafety)
    response: HTTPResponse = opener.open(request, timeout=SILENCE_SECONDS)
    return response


def _begin_of(response: HTTPResponse, asked: int) -> int:
    """From which byte on the server sends; 0 for one that cannot go on. Raises _WrongPiece."""
    if response.status != 206:
        return 0
    if not response.headers.get("Content-Range", "").startswith(f"bytes {asked}-"):
        raise _WrongPiece
    return asked


def _copy(
    response: HTTPResponse, out: IO[bytes], download: Download, go_on: Callable[[int], bool]
) -> bool:
    """Whether the file is whole. Raises FetchFailed for one that is too long, OSError for one cut off."""
    out.truncate()
    while piece := response.read(CHUNK):
        out.write(piece)
        if out.tell() > download.size:
            out.truncate(0)
            said = _("%(file)s is larger than the file that photolib knows: it was removed.")
            raise FetchFailed(said % {"file": download.file})
        if not go_on(out.tell()):
            break
    if out.tell() < download.size and not piece:
        raise ConnectionError(_("the connection ended early"))
    return out.tell() == download.size


def _broken(
    error: OSError | HTTPException, host: str, download: Download, part: Path, before: int
) -> FetchFailed:
    """What went wrong, in words; whether something was won by trying."""
    here = part.stat().st_size if part.is_file() else 0
    reason: Any = getattr(error, "reason", None) or str(error) or type(error).__name__
    said = _(
        "%(file)s could not be fetched from %(host)s: %(reason)s. What has come is kept. Look at this "
        "machine's connection and try again; or bring the file by hand: manage.py face_pack install."
    )
    words = said % {"file": download.file, "host": host, "reason": reason}
    return FetchFailed(words, kept=here > before)
