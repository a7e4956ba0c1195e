"""Embeddings of test pictures in a file that the caller named, so that a second run is quick.

The only place where vectors are written in the clear, and only of test pictures: faces.evaluate.pictures
refuses the library's own. Nothing writes one unless `--cache` names it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from faces.packs import Pack
from photolib.core.errors import PhotolibError


@dataclass(frozen=True, slots=True)
class Portrait:
    """The most central face of a picture: its quality, 0..1, and its embedding (d,)."""

    quality: float
    vector: NDArray[np.float32]


@dataclass(slots=True)
class Cache:
    """What was found in a picture, by the SHA-256 of its bytes; None where there is no face."""

    portraits: dict[str, Portrait | None] = field(default_factory=dict)
    grown: bool = False

    def add(self, digest: str, portrait: Portrait | None) -> None:
        self.portraits[digest] = portrait
        self.grown = True


@contextmanager
def open_cache(path: Path | None, pack: Pack) -> Iterator[Cache]:
    """The cache of a file, written back at the end where it grew; an empty one without a file.

    Raises PhotolibError where the file is of another pack, or no such file.
    """
    cache = Cache() if path is None or not path.exists() else _read(path, pack)
    try:
        yield cache
    finally:
        if path is not None and cache.grown:
            _write(path, pack, cache)


def _read(path: Path, pack: Pack) -> Cache:
    try:
        with np.load(path, allow_pickle=False) as file:
            made_with = str(file["pack"])
            rows = zip(
                file["digests"], file["found"], file["quality"], file["vectors"], strict=True
            )
            portraits = {
                str(digest): Portrait(float(quality), vector) if found else None
                for digest, found, quality, vector in rows
            }
    except (OSError, ValueError, KeyError) as error:
        raise PhotolibError(
            _("{path} is not a cache of this command: name another file.").format(path=path)
        ) from error
    if made_with != pack.name:
        raise PhotolibError(
            _("{path} was made with the models “{other}”, not “{name}”: name another file.").format(
                path=path, other=made_with, name=pack.name
            )
        )
    return Cache(portraits)


def _write(path: Path, pack: Pack, cache: Cache) -> None:
    nothing = Portrait(0.0, np.zeros(pack.dimensions, dtype=np.float32))
    portraits = [portrait or nothing for portrait in cache.portraits.values()]
    with path.open("wb") as file:
        np.savez(
            file,
            pack=np.asarray(pack.name),
            digests=np.asarray(list(cache.portraits)),
            found=np.asarray([one is not None for one in cache.portraits.values()]),
            quality=np.asarray([one.quality for one in portraits], dtype=np.float32),
            vectors=np.stack([one.vector for one in portraits]),
        )
