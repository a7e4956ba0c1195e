"""Finding the files of a folder that somebody wants to bring in."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Files that lie beside pictures and are none.
_BESIDE = (".xmp", ".json", ".aae", ".ini", ".thm", ".txt")
_SIDECAR = ".xmp"
_SYSTEM = {"thumbs.db", "desktop.ini", "picasa.ini", "@eadir"}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file in the folder; wanted is False for what is passed over (counted, not read).

    sidecar: the XMP file that belongs to it, IMG.jpg.xmp or IMG.xmp beside IMG.jpg.
    """

    path: Path
    wanted: bool
    sidecar: Path | None = None


def find_files(folder: Path, *, on_error: Callable[[OSError], None]) -> Iterator[FoundFile]:
    """All files under `folder`, in the order of their names, folder by folder.

    Passed over: hidden files, sidecars, what systems leave behind, and links that lead out of the
    folder; hidden folders and linked folders are not entered. on_error hears of every folder that
    cannot be read.
    """
    top = folder.resolve()
    for here, folders, names in os.walk(top, onerror=on_error):
        folders[:] = sorted(name for name in folders if not _is_beside(name))
        sidecars = {name.lower(): Path(here) / name for name in names if _is_sidecar(name)}
        for name in sorted(names):
            path = Path(here) / name
            wanted = not _is_beside(name) and _is_inside(path, top)
            beside = _sidecar_of(path, sidecars, top) if wanted else None
            yield FoundFile(path, wanted=wanted, sidecar=beside)


def _is_sidecar(name: str) -> bool:
    return name.lower().endswith(_SIDECAR) and not name.startswith(".")


def _sidecar_of(path: Path, sidecars: dict[str, Path], top: Path) -> Path | None:
    """Programs name it after the whole file or after its stem; the whole name is the surer one."""
    for name in (f"{path.name}{_SIDECAR}", f"{path.stem}{_SIDECAR}"):
        found = sidecars.get(name.lower())
        if found is not None and _is_inside(found, top):
            return found
    return None


def _is_beside(name: str) -> bool:
    lowered = name.lower()
    return name.startswith(".") or lowered in _SYSTEM or lowered.endswith(_BESIDE)


def _is_inside(path: Path, top: Path) -> bool:
    """A regular file, here or behind a link that stays inside; a broken one is tried and named."""
    if not path.is_symlink():
        return path.is_file()
    return path.resolve().is_relative_to(top)
