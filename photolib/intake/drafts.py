"""Writing an arriving file to disk: whole, hashed, within limits, or not at all."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from photolib.core.errors import PhotolibError, RefusedFile
from photolib.core.files import move_into_place
from photolib.core.formats import FIRST_BYTES, check_first_bytes
from photolib.intake.paths import PART, incoming_path

_CHUNK = 1 << 20
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that lies in incoming/: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    byte_size: int


def store_draft(file: BinaryIO, *, key: str, name: str) -> Draft:
    """Copy `file` to incoming/<key>, durably. Nothing is left behind if that fails.

    Raises RefusedFile with the code empty, unsupported, not_an_image, too_big, disk_full or
    unreadable; PhotolibError where the folder cannot be written.
    """
    path = incoming_path(key)
    part = path.with_name(path.name + PART)
    try:
        _check_space(path.parent, name)
        draft = _copy(file, part, name)
        move_into_place(part, path)
    except OSError as error:
        raise _not_stored(error, path.parent, name) from error
    finally:
        part.unlink(missing_ok=True)
    return draft


def _copy(file: BinaryIO, part: Path, name: str) -> Draft:
    digest = hashlib.sha256()
    size = 0
    chunks = _chunks_of(file, name)
    first = next(chunks, b"")
    check_first_bytes(first[:FIRST_BYTES], name=name)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        chunk = first
        while chunk:
            size += len(chunk)
            if size > settings.MAX_UPLOAD_BYTES:
                raise _too_big(name)
            digest.update(chunk)
            out.write(chunk)
            chunk = next(chunks, b"")
    return Draft(digest.hexdigest(), size)


def _chunks_of(file: BinaryIO, name: str) -> Iterator[bytes]:
    while True:
        try:
            chunk = file.read(_CHUNK)
        except OSError as error:
            raise unreadable(name, error) from error
        if not chunk:
            return
        yield chunk


def _check_space(folder: Path, name: str) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < settings.MIN_FREE_BYTES:
        raise _disk_full(name)


def unreadable(name: str, error: OSError) -> RefusedFile:
    reason = _("The file could not be read: %(why)s.") % {"why": error.strerror or str(error)}
    return RefusedFile(name, reason, code="unreadable")


def _too_big(name: str) -> RefusedFile:
    limit = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
    reason = _("The file is larger than %(limit)s megabytes, the most this server takes.")
    return RefusedFile(name, reason % {"limit": limit}, code="too_big")


def _disk_full(name: str) -> RefusedFile:
    reason = _("The server's disk is full: make room on it, then send the file again.")
    return RefusedFile(name, reason, code="disk_full")


def _not_stored(error: OSError, folder: Path, name: str) -> PhotolibError:
    if error.errno in _NO_SPACE:
        return _disk_full(name)
    return PhotolibError(
        _(
            "The folder %(folder)s cannot be written (%(why)s): nothing can be taken in until it can."
        )
        % {"folder": folder, "why": error.strerror or str(error)}
    )
