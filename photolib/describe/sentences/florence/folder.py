"""The folder of a captioner: which of its files are used, and whether they are still the same.

Everything that is opened lies inside the folder, links followed; its SHA-256 was taken when an admin named
the folder, and is compared before each loading.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from photolib.describe.sentences.florence.errors import FolderRefused
from photolib.describe.sentences.florence.protobuf import NotOnnx, external_files

TEXTS = ("config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json")
_NETWORKS = "onnx"
# How publishers mark a network whose numbers were made smaller.
_SUFFIXES = ("_fp16", "_quantized", "_int8", "_uint8", "_q8", "_q4", "_q4f16", "_bnb4")
# Florence-2-large in full precision stays below it in each of its files.
LARGEST_NETWORK = 4 * 1024**3
LARGEST_TEXT = 64 * 1024**2

# The path inside the folder, with "/", -> SHA-256 of the file.
Fingerprint = dict[str, str]


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a captioner, as paths. merged: the decoder is the one that keeps what it has computed.

    weights: files beside the networks, in which more of their weights are.
    """

    folder: Path
    vision: Path
    embedding: Path
    encoder: Path
    decoder: Path
    merged: bool
    weights: tuple[Path, ...] = ()

    def text(self, name: str) -> Path:
        """One of TEXTS."""
        return self.folder / name

    def all(self) -> list[Path]:
        networks = [self.vision, self.embedding, self.encoder, self.decoder, *self.weights]
        return [*(self.text(name) for name in TEXTS), *networks]


def folder_at(text: str) -> Path:
    """The folder that an admin wrote, without links. Raises FolderRefused."""
    path = Path(text.strip())
    if not path.is_absolute() or ".." in path.parts:
        said = _("“%(path)s” is no folder of this server: write its whole path, without “..”.")
        raise FolderRefused(said % {"path": text[:100]})
    try:
        found = path.resolve(strict=True)
        if found.is_dir():
            return found
    except (OSError, RuntimeError, ValueError) as error:
        raise FolderRefused(_no_folder(path)) from error
    raise FolderRefused(_no_folder(path))


def find_files(folder: Path) -> Files:
    """Which files of the folder are the captioner's. Raises FolderRefused, naming what is not there."""
    for name in TEXTS:
        _check_file(folder, folder / name, LARGEST_TEXT)
    vision, embedding = _network(folder, "vision_encoder"), _network(folder, "embed_tokens")
    encoder = _network(folder, "encoder_model")
    merged = _find(folder, "decoder_model_merged")
    decoder = merged or _network(folder, "decoder_model")
    networks = (vision, embedding, encoder, decoder)
    weights = {path for network in networks for path in _weights_of(folder, network)}
    return Files(folder, *networks, merged is not None, tuple(sorted(weights)))


def take_fingerprint(files: Files) -> Fingerprint:
    """Read every file to its end. Raises FolderRefused where one cannot be read."""
    return {_inside(files.folder, path): _sha256(files.folder, path) for path in files.all()}


def check_fingerprint(files: Files, taken: Fingerprint) -> None:
    """Raises FolderRefused, naming the file, unless all are as they were when an admin named the folder."""
    now = take_fingerprint(files)
    changed = sorted(name for name in {*now, *taken} if now.get(name) != taken.get(name))
    if changed:
        said = _(
            "%(file)s is not the file that it was when an admin named the folder %(folder)s. Put the "
            "former file back, or, if you changed it yourself, name the folder again."
        )
        raise FolderRefused(said % {"file": changed[0], "folder": files.folder})


def _network(folder: Path, stem: str) -> Path:
    found = _find(folder, stem)
    if found is None:
        said = _(
            "%(file)s is not in %(folder)s: copy the whole folder of the model, as it is published in the "
            "ONNX format, with its folder “onnx”."
        )
        raise FolderRefused(said % {"file": f"{_NETWORKS}/{stem}.onnx", "folder": folder})
    return found


def _find(folder: Path, stem: str) -> Path | None:
    """The network's file: in full precision, or the only one there is in another."""
    plain = folder / _NETWORKS / f"{stem}.onnx"
    others = [plain.with_name(f"{stem}{suffix}.onnx") for suffix in _SUFFIXES]
    found = [path for path in (plain, *others) if path.exists() or path.is_symlink()]
    if not found:
        return None
    if found[0] != plain and len(found) > 1:
        names = ", ".join(path.name for path in found)
        said = _("%(folder)s has several files for one part: %(names)s. Leave one of them there.")
        raise FolderRefused(said % {"folder": plain.parent, "names": names})
    _check_file(folder, found[0], LARGEST_NETWORK)
    return found[0]


def _weights_of(folder: Path, network: Path) -> list[Path]:
    """Further files that this network opens, each beside it."""
    try:
        names = sorted(external_files(network))
    except NotOnnx as error:
        raise FolderRefused(broken(_inside(folder, network))) from error
    except OSError as error:
        raise FolderRefused(unreadable(_inside(folder, network))) from error
    for name in names:
        if len(PurePosixPath(name).parts) != 1 or name in {"", ".", ".."} or "\\" in name:
            said = _(
                "%(file)s wants to open “%(name)s”, which is not beside it: such a file is not used here."
            )
            raise FolderRefused(said % {"file": _inside(folder, network), "name": name[:100]})
        _check_file(folder, network.with_name(name), LARGEST_NETWORK)
    return [network.with_name(name) for name in names]


def _check_file(folder: Path, path: Path, largest: int) -> None:
    """Raises FolderRefused unless it is a plain file inside the folder, links followed, of some size."""
    name = {"file": _inside(folder, path), "folder": folder}
    try:
        real = path.resolve(strict=True)
        size = real.stat().st_size
    except (OSError, RuntimeError) as error:
        raise FolderRefused(
            _("%(file)s is not in %(folder)s: copy the model's whole folder.") % name
        ) from error
    if not real.is_relative_to(folder):
        said = _(
            "%(file)s is a link that leads out of %(folder)s: copy the files themselves (cp -rL does)."
        )
        raise FolderRefused(said % name)
    if not real.is_file() or not 0 < size <= largest:
        raise FolderRefused(broken(name["file"]))


def broken(file: object) -> str:
    """That a file is no use, in a sentence."""
    said = _("%(file)s is cut off, damaged or no such file: copy it again.")
    return said % {"file": file}


def unreadable(file: object) -> str:
    """That the system does not let a file be read, in a sentence."""
    said = _("%(file)s cannot be read by photolib: give it the permission to.")
    return said % {"file": file}


def _sha256(folder: Path, path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FolderRefused(unreadable(_inside(folder, path))) from error


def _inside(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _no_folder(path: Path) -> str:
    return _("There is no folder %(path)s on this server that photolib may read.") % {"path": path}
