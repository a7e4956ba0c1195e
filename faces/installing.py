"""Putting a pack's files into its folder: from a download, or from a folder that somebody brought."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from faces.fetching import CHUNK, FetchFailed, check_space, check_sum, fetch
from faces.packs import Download, Pack, PackFile
from faces.weights import checksum, folder_of, is_installed, path_of
from photolib.core.errors import PhotolibError
from photolib.core.files import move_into_place

try:
    import fcntl
except ImportError:  # not a Unix: there are no such locks, and nothing is damaged without
    fcntl = None  # type: ignore[assignment]  # the module's name stands for its absence


def fetch_pack(pack: Pack, *, go_on: Callable[[int], bool]) -> bool:
    """Fetch and install the pack, from where it stopped before. Returns whether it is installed.

    go_on: told how many bytes of the whole pack are there; False stops, and keeps them.
    Raises FetchFailed, and PhotolibError while another process is at it.
    """
    before = 0
    with _alone(pack):
        for download in pack.downloads:
            if not _is_unpacked(pack, download):
                if not fetch(download, folder_of(pack.name), go_on=_after(before, go_on)):
                    return False
                _unpack(pack, download, folder_of(pack.name) / download.file)
            before += download.size
    return is_installed(pack)


def _after(before: int, go_on: Callable[[int], bool]) -> Callable[[int], bool]:
    """The same question, counting what came with the downloads before."""
    return lambda count: go_on(before + count)


def install_from(pack: Pack, folder: Path) -> None:
    """Install the pack from files, or the archive, that lie in this folder.

    Raises PhotolibError for what is missing there, FetchFailed for what is another file.
    """
    with _alone(pack):
        for download in pack.downloads:
            archive = folder / download.file
            if download.members and archive.is_file():
                _check_original(archive, download)
                _unpack(pack, download, archive, keep=True)
        for file in pack.files:
            if not (path_of(file).is_file() and checksum(path_of(file)) == file.sha256):
                _copy_in(folder / file.file, file)


def remove_files(pack: Pack) -> None:
    """Remove the pack's files, and what a download of it left."""
    with _alone(pack):
        shutil.rmtree(folder_of(pack.name), ignore_errors=True)


def bytes_here(pack: Pack) -> int:
    """How many bytes of the pack's downloads have come."""
    count = 0
    for download in pack.downloads:
        if _is_unpacked(pack, download):
            count += download.size
            continue
        for name in (download.file, f"{download.file}.part"):
            path = folder_of(pack.name) / name
            count += path.stat().st_size if path.is_file() else 0
    return count


def _brought_by(pack: Pack, download: Download) -> list[PackFile]:
    names = set(download.members) or {download.file}
    return [file for file in pack.files if file.file in names]


def _is_unpacked(pack: Pack, download: Download) -> bool:
    paths = [(path_of(file), file.size) for file in _brought_by(pack, download)]
    return all(path.is_file() and path.stat().st_size == size for path, size in paths)


def _unpack(pack: Pack, download: Download, archive: Path, *, keep: bool = False) -> None:
    """Take the members that the pack names out of the archive, and nothing else."""
    if not download.members:
        return
    files = _brought_by(pack, download)
    check_space(archive.parent, sum(file.size for file in files))
    try:
        with zipfile.ZipFile(archive) as opened:
            for file in files:
                with opened.open(download.members[file.file]) as member:
                    _take(member.read, file)
    except (KeyError, zipfile.BadZipFile) as error:
        said = _("%(file)s is not the archive that photolib knows: %(error)s.")
        raise FetchFailed(said % {"file": download.file, "error": error}) from error
    if not keep:
        archive.unlink()


def _copy_in(source: Path, file: PackFile) -> None:
    if not source.is_file():
        said = _("%(file)s is not in that folder. The pack %(pack)s needs: %(all)s.")
        raise PhotolibError(said % {"file": file.file, "pack": file.pack, "all": file.file})
    folder_of(file.pack).mkdir(parents=True, exist_ok=True)
    check_space(folder_of(file.pack), file.size)
    with source.open("rb") as original:
        _take(original.read, file)


def _take(read: Callable[[int], bytes], file: PackFile) -> None:
    """Write what is read to the file's place; it gets its name once its SHA-256 is right."""
    path = path_of(file)
    draft = path.with_name(f"{path.name}.draft")
    path.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("wb") as out:
        # One byte more than there should be is enough to see that it is another file.
        while out.tell() <= file.size and (piece := read(CHUNK)):
            out.write(piece)
    check_sum(draft, file.file, file.sha256)
    move_into_place(draft, path)


def _check_original(archive: Path, download: Download) -> None:
    """The same check, on a file that is not ours to remove."""
    if archive.stat().st_size != download.size or checksum(archive) != download.sha256:
        said = _("%(file)s in that folder is not the file that photolib knows.")
        raise FetchFailed(said % {"file": download.file})


@contextmanager
def _alone(pack: Pack) -> Iterator[None]:
    """One process a pack. The lock ends with the process, however it ends."""
    folder = folder_of(pack.name).parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / f"{pack.name}.lock").open("w") as lock:
        try:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            said = _(
                "Somebody else is fetching or installing %(pack)s just now. Try again in a minute."
            )
            raise PhotolibError(said % {"pack": _(pack.label)}) from error
        yield
