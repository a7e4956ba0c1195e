"""Finding the files of a folder that somebody wants to bring in."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Files that lie beside pictures and are none. (Reading sidecars comes later.)
_BESIDE = (".xmp", ".json", ".aae", ".ini", ".thm", ".txt")
_SYSTEM = {"thumbs.db", "desktop.ini", "picasa.ini", "@eadir"}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file in the folder; wanted is False for what is passed over (counted, not read)."""

    path: Path
    wanted: bool


def find_files(folder: Path, *, on_error: Callable[[OSError], None]) -> Iterator[FoundFile]:
    """All files under `folder`, in the order of their names, folder by folder.

    Passed over: hidden files, sidecars, what systems leave behind, and links that lead out of the
    folder; hidden folders and linked folders are not entered. on_error hears of every folder that
    cannot be read.
    """
    top = folder.resolve()
    for here, folders, names in os.walk(top, onerror=on_error):
        folders[:] = sorted(name for name in folders if not _is_beside(name))
        for name in sorted(names):
            path = Path(here) / name
            yield FoundFile(path, wanted=not _is_beside(name) and _is_inside(path, top))


def _is_beside(name: str) -> bool:
    lowered = name.lower()
    return name.startswith(".") or lowered in _SYSTEM or lowered.endswith(_BESIDE)


def _is_inside(path: Path, top: Path) -> bool:
    """A regular file, here or behind a link that stays inside; a broken one is tried and named."""
    if not path.is_symlink():
        return path.is_file()
    return path.resolve().is_relative_to(top)
