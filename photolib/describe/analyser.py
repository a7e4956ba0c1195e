"""What an analyser is: it looks at one photo and says what it saw. Each is a step, and has a switch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write, photo_steps
from photolib.describe.models import AnalyserOff
from photolib.describe.seen import SeenFact
from photolib.describe.writing import replace_facts
from photolib.library.models import Photo


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyser:
    """One way of looking at photos.

    step: its name among settings.PHOTO_STEPS, stable. version: raise it and every photo is looked at
    again. model, model_version: what is told of where a fact comes from.
    look(photo, pixels): what it sees; slow, outside any transaction, and the same for the same pixels.
    leans_on: the steps whose facts it reads. Where one of them is switched on or off, it looks again.
    """

    step: str
    version: int
    model: str
    model_version: str
    look: Callable[[Photo, Pixels], Sequence[SeenFact]]
    leans_on: tuple[str, ...] = ()


_analysers: dict[str, Analyser] = {}


def as_step(analyser: Analyser) -> Step:
    """The analyser as a step of a photo's way. Where the owner switched it off, it sees nothing."""
    _analysers[analyser.step] = analyser
    return Step(name=analyser.step, version=analyser.version, run=partial(_run, analyser))


def analysers_in_use() -> list[Analyser]:
    """Those that settings.PHOTO_STEPS names, in its order."""
    return [_analysers[step.name] for step in photo_steps() if step.name in _analysers]


def _run(analyser: Analyser, photo: Photo, pixels: Pixels) -> Write:
    off = AnalyserOff.objects.filter(library=photo.library_id, step=analyser.step).exists()
    seen = [] if off else analyser.look(photo, pixels)
    return partial(
        replace_facts,
        photo,
        seen,
        step=analyser.step,
        model=analyser.model,
        version=analyser.model_version,
    )
