"""Writing files so that a crash leaves the whole file or none."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

# What a file is called until it is whole.
DRAFT_PREFIX = ".draft-"


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`: temp in the same folder → fsync → rename → fsync of the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_and_rename(path, content)
    sync_folder(path.parent)


def write_all_atomically(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files, each whole or not at all, and make all their names durable at once."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        _write_and_rename(folder / name, content)
    sync_folder(folder)


def _write_and_rename(path: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=DRAFT_PREFIX)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def move_into_place(draft: Path, path: Path) -> None:
    """Rename a finished file on the same disk to `path`, durably."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
