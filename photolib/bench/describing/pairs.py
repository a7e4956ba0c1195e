"""Each analyser and the bare loop of its models. A new analyser needs one line in PAIRS.

What a bare loop is given: the decoded picture, and the boxes of people and faces that earlier steps found,
for models that look at one person or face at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photolib.bench.describing import bare
from photolib.bench.describing.bare_objects import BareObjects
from photolib.core.pixels import Pixels
from photolib.core.steps import Step, photo_steps
from photolib.describe.boxes import Box
from photolib.library.models import Photo

OBJECTS = "find_objects"
# Steps that look at no picture (find_names reads facts), or are measured elsewhere (bench, bench_faces), or
# take what another analyser has read (match_own, match_things), or wait for a server (write_sentence).
_NO_ANALYSERS = frozenset(
    (
        *("read_metadata", "read_notes", "make_renditions", "find_faces", "index_photo"),
        *("match_own", "match_things", "find_names", "write_sentence"),
    )
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One photo as both sides get it: decoded once, before the clock starts."""

    photo: Photo
    pixels: Pixels
    people: tuple[Box, ...]
    faces: tuple[Box, ...]

    @property
    def array(self) -> NDArray[np.uint8]:
        return self.pixels.array


# Makes the loop, its models loaded; what it makes does one photo.
Bare = Callable[[], Callable[[Sitting], object]]


def _objects() -> Callable[[Sitting], object]:
    loop = BareObjects()
    return lambda sitting: loop.run(sitting.array)


def _whole() -> Callable[[Sitting], object]:
    loop = bare.BareWhole()
    return lambda sitting: loop.run(sitting.array)


def _postures() -> Callable[[Sitting], object]:
    loop = bare.BarePostures()
    return lambda sitting: loop.run(sitting.array, sitting.people)


def _mouths() -> Callable[[Sitting], object]:
    loop = bare.BareMouths()
    return lambda sitting: loop.run(sitting.array, sitting.faces)


def _words() -> Callable[[Sitting], object]:
    loop = bare.BareWords()
    return lambda sitting: loop.run(sitting.array)


def _guard() -> Callable[[Sitting], object]:
    loop = bare.BareGuard()
    return lambda sitting: loop.run(sitting.array)


def _no_model() -> Callable[[Sitting], object]:
    """For an analyser that only reckons: all of its time is over the bare loop's."""
    return lambda _sitting: None


PAIRS: dict[str, Bare] = {
    OBJECTS: _objects,
    "find_scene": _whole,
    "find_postures": _postures,
    "find_smiles": _mouths,
    "read_text": _words,
    "check_sensitivity": _guard,
    "measure_quality": _no_model,
}


def analyser_steps() -> list[Step]:
    """The analysers among settings.PHOTO_STEPS, in their order."""
    return [step for step in photo_steps() if step.name not in _NO_ANALYSERS]
