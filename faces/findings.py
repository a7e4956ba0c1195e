"""What the step found out about one photo, before anything is written."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faces.engine import DetectedFace
from faces.matching import Match
from faces.packs import Pack
from faces.placing import Place


@dataclass(frozen=True, slots=True)
class Kept:
    """A face whose embedding (d,) may be kept; `face` is its place in Findings.faces."""

    face: int
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A face whose embedding (d,) another library may keep. epoch: of that library's consent."""

    face: int
    library: int
    epoch: int
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewOrder:
    """Groups put in order afresh: for each its number, if it carries one on, and its faces.

    Faces are named by UnknownFace keys; those of this photo, which have none yet, by -1 - their place.
    expected: the group that each known face was in when this was worked out. said: the newest entry of
    the library's journal then. Under another one, or with other groups, it is worked out anew.
    """

    groups: tuple[tuple[int | None, tuple[int, ...]], ...]
    expected: dict[int, int | None]
    said: int


@dataclass(frozen=True, slots=True)
class Findings:
    """epoch, state: the library's when the work began; under another nothing of it is written but
    boxes. enrol: confirmed faces that may become templates, lessons: those for other libraries.
    unknown: with the places they belong to.
    """

    photo: int
    epoch: int
    state: str
    pack: Pack
    faces: tuple[DetectedFace, ...]
    matches: tuple[Match, ...] = ()
    enrol: tuple[Kept, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    unknown: tuple[Kept, ...] = ()
    places: tuple[Place, ...] = ()
    order: NewOrder | None = None
    session: int | None = None
