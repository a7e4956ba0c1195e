"""Test pictures of known people → the embeddings that the product makes of them."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from faces.engine import DetectedFace, FaceEngine, current_engine, engine_for
from faces.evaluate.cache import Cache, Portrait, open_cache
from faces.packs import BUNDLED, BY_NAME, Pack
from photolib.core.errors import PhotolibError, RefusedFile
from photolib.core.pixels import STANDING_SIDE, decode

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures of known people: row i of every field belongs to picture i.

    files: "PERSON/FILE". people: who the picture is of. found: whether there is a face; without one
    quality is 0 and the vector is all zeros, so its similarity to everything is 0.
    vectors: (n, pack.dimensions), L2-normalised. notes: what was passed over, and why.
    """

    files: tuple[str, ...]
    people: tuple[str, ...]
    found: NDArray[np.bool_]
    quality: NDArray[np.float32]
    vectors: NDArray[np.float32]
    pack: Pack
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.files)

    def of_people(self, names: Collection[str]) -> "Pictures":
        """The pictures of these people alone, in their order."""
        wanted = set(names)
        rows = [at for at, person in enumerate(self.people) if person in wanted]
        return replace(
            self,
            files=tuple(self.files[at] for at in rows),
            people=tuple(self.people[at] for at in rows),
            found=self.found[rows],
            quality=self.quality[rows],
            vectors=self.vectors[rows],
        )

    def without_face(self) -> list[str]:
        return [file for file, found in zip(self.files, self.found, strict=True) if not found]


def list_folders(images: Path) -> tuple[list[Path], list[str]]:
    """Every file of every folder of `images`, a folder a person, and notes of what else lies there.

    Raises PhotolibError where `images` is no folder, holds no folder, or is the library's own.
    """
    check_is_for_tests(images)
    if not images.is_dir():
        raise PhotolibError(
            _("{path} is not a folder: give one that holds a folder for each person.").format(
                path=images
            )
        )
    entries = [entry for entry in sorted(images.iterdir()) if not entry.name.startswith(".")]
    folders = [entry for entry in entries if entry.is_dir()]
    if not folders:
        raise PhotolibError(
            _("{path} holds no folders: give one that holds a folder for each person.").format(
                path=images
            )
        )
    notes = [f"{entry.name}: passed over, it is in no person's folder" for entry in entries]
    notes = [note for note, entry in zip(notes, entries, strict=True) if not entry.is_dir()]
    files: list[Path] = []
    for folder in folders:
        for entry in sorted(folder.iterdir()):
            if entry.is_dir():
                notes.append(f"{folder.name}/{entry.name}: passed over, a folder inside a folder")
            elif not entry.name.startswith("."):
                files.append(entry)
    return files, notes


def check_is_for_tests(path: Path) -> None:
    """Raise PhotolibError for anything inside the library's own folders: consent rules there."""
    own = (Path(settings.PHOTOLIB_DATA).resolve(), Path(settings.PHOTOLIB_KEYSTORE).resolve())
    if any(path.resolve().is_relative_to(folder) for folder in own):
        raise PhotolibError(
            _(
                "{path} is part of photolib's own data, where faces are looked at only as their "
                "people allow: give a folder of test pictures elsewhere."
            ).format(path=path)
        )


def choose_engine(pack: str = "") -> FaceEngine:
    """The engine of the pack of this name; without one, of the pack that the household uses.

    Where there is no database yet, that is the bundled one. Raises PhotolibError.
    """
    if not pack:
        try:
            return current_engine()
        except DatabaseError:
            return engine_for(BUNDLED)
    if pack not in BY_NAME:
        raise PhotolibError(
            _("There is no pack “{name}”. There are: {names}.").format(
                name=pack, names=", ".join(sorted(BY_NAME))
            )
        )
    return engine_for(BY_NAME[pack])


def look_at_pictures(
    files: Sequence[Path],
    engine: FaceEngine,
    *,
    cache: Path | None = None,
    tell: Tell = lambda _text: None,
) -> Pictures:
    """Look at the pictures as the product's step does: the most central face of each, embedded.

    Every face is embedded here, also those the product finds too poor. cache: a file for the
    embeddings, for test pictures only. tell: called with a line of progress now and then.
    Raises ModelMissing, and PhotolibError where no file is a picture.
    """
    if cache is not None:
        check_is_for_tests(cache)
    notes: list[str] = []
    names: list[Path] = []
    portraits: list[Portrait | None] = []
    with open_cache(cache, engine.pack) as kept:
        for number, file in enumerate(files, start=1):
            try:
                portraits.append(_look(file, engine, kept))
                names.append(file)
            except (RefusedFile, OSError) as error:
                notes.append(f"{file.parent.name}/{file.name}: passed over. {error}")
            if number % 200 == 0:
                tell(f"{number} of {len(files)} pictures looked at")
    if not names:
        raise PhotolibError(_("There is no picture in the folders: nothing can be measured."))
    return _as_pictures(names, portraits, engine.pack, notes)


def _as_pictures(
    names: list[Path], portraits: list[Portrait | None], pack: Pack, notes: list[str]
) -> Pictures:
    nothing = Portrait(0.0, np.zeros(pack.dimensions, dtype=np.float32))
    faces = [portrait or nothing for portrait in portraits]
    return Pictures(
        files=tuple(f"{name.parent.name}/{name.name}" for name in names),
        people=tuple(name.parent.name for name in names),
        found=np.asarray([portrait is not None for portrait in portraits]),
        quality=np.asarray([face.quality for face in faces], dtype=np.float32),
        vectors=np.stack([face.vector for face in faces]),
        pack=pack,
        notes=tuple(notes),
    )


def _look(file: Path, engine: FaceEngine, cache: Cache) -> Portrait | None:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest not in cache.portraits:
        image = np.asarray(decode(file, file.name, longest=STANDING_SIDE))
        faces = engine.detect(image)
        portrait = None
        if faces:
            face = min(faces, key=_from_the_centre)
            portrait = Portrait(face.quality, engine.embed(image, [face])[0])
        cache.add(digest, portrait)
    return cache.portraits[digest]


def _from_the_centre(face: DetectedFace) -> float:
    """How far the middle of the face lies from the middle of the picture, squared."""
    across = face.left + face.width / 2 - 0.5
    down = face.top + face.height / 2 - 0.5
    return across * across + down * down
