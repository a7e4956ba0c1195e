"""Where a pack's weights lie: in an installed package, or in the pack's folder in the data folder."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from faces.packs import BY_NAME, Pack, PackFile
from photolib.core import model_files
from photolib.core.errors import ModelMissing
from photolib.core.model_files import ModelFile


def folder_of(pack: str) -> Path:
    """The folder of one pack's files, whether it exists or not."""
    return Path(settings.PHOTOLIB_DATA) / "models" / pack


def path_of(file: PackFile) -> Path:
    """Where this file lies once its pack is installed."""
    return folder_of(file.pack) / file.file


def find_model(file: ModelFile | PackFile) -> Path:
    """The file's path, once its SHA-256 was found right.

    Raises ModelMissing, with the command that mends it, for a missing or a changed file.
    """
    if isinstance(file, ModelFile):
        return model_files.find_model(file)
    path = path_of(file)
    mend = _("Fetch it with: manage.py face_pack fetch %(pack)s") % {"pack": file.pack}
    if not path.is_file():
        said = _("%(file)s of the model pack %(pack)s is not on this machine.")
        raise ModelMissing(f"{said % {'file': file.file, 'pack': file.pack}} {mend}")
    if checksum(path) != file.sha256:
        said = _("%(file)s of the model pack %(pack)s is not the file that photolib knows.")
        raise ModelMissing(f"{said % {'file': file.file, 'pack': file.pack}} {mend}")
    return path


def is_installed(pack: Pack) -> bool:
    """Whether every file of the pack is there and has its size; `find_model` looks inside as well."""
    for file in (pack.detector_file, pack.recogniser_file):
        if isinstance(file, PackFile):
            path = path_of(file)
            if not path.is_file() or path.stat().st_size != file.size:
                return False
        elif not _is_in_package(file):
            return False
    return True


def known_weights() -> list[Path]:
    """The files of fetched packs that are, byte for byte, what their makers published."""
    files = [file for pack in BY_NAME.values() for file in pack.files]
    return [
        path_of(file)
        for file in files
        if path_of(file).is_file() and checksum(path_of(file)) == file.sha256
    ]


def checksum(path: Path) -> str:
    """The file's SHA-256; worked out once for as long as its size and time stay the same."""
    status = path.stat()
    return _checksum(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=16)
def _checksum(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_in_package(file: ModelFile) -> bool:
    try:
        return model_files.find_model(file).is_file()
    except ModelMissing:
        return False
