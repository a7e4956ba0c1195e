"""The analysers and the bare loops of their models, in turns, on the same decoded pixels."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from photolib.bench.describing.pairs import PAIRS, Sitting, analyser_steps
from photolib.core.pixels import Pixels
from photolib.core.steps import Step
from photolib.describe.analysers import postures
from photolib.describe.boxes import Box
from photolib.describe.models import Fact
from photolib.describe.thresholds import said_from
from photolib.describe.vocabulary import PERSON
from photolib.library.models import Photo
from photolib.library.storage import original_path
from photolib.people.models import FaceRegion

Look = Callable[[Sitting], object]


@dataclass(frozen=True, slots=True)
class Contender:
    """One analyser: ours is the step as the runner calls it, without the transaction that writes."""

    name: str
    ours: Look
    bare: Look


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the processor, and of the clock, that one side took for all photos."""

    processor: float
    clock: float


def measure_analysers(*, rounds: int) -> dict[str, Any]:
    """throughput_ratio: the bare loops' processor time over the analysers', the median of the rounds.

    The photos are those of this photolib, whose steps have all run once. 1 is as quick as the bare
    loop, less is slower.
    """
    sittings = [_sit(photo) for photo in Photo.objects.select_related("library", "original")]
    contenders = _contenders()
    for one in contenders:
        for sitting in sittings:
            # Models load, and caches fill, before the clock starts.
            one.ours(sitting)
            one.bare(sitting)
    ours: dict[str, list[Took]] = {one.name: [] for one in contenders}
    bare: dict[str, list[Took]] = {one.name: [] for one in contenders}
    for number in range(rounds):
        for one in contenders:
            sides = [(ours, one.ours), (bare, one.bare)]
            for took, look in reversed(sides) if number % 2 else sides:
                took[one.name].append(_time(look, sittings))
    return figures_of(ours, bare, rounds=rounds, photos=len(sittings))


def _contenders() -> list[Contender]:
    steps = analyser_steps()
    if missing := [step.name for step in steps if step.name not in PAIRS]:
        raise LookupError(f"No bare loop in bench.describing.pairs for {', '.join(missing)}.")
    return [Contender(step.name, _as_run(step), PAIRS[step.name]()) for step in steps]


def _as_run(step: Step) -> Look:
    return lambda sitting: step.run(sitting.photo, sitting.pixels)


def _sit(photo: Photo) -> Sitting:
    pixels = Pixels(original_path(photo.original), name=photo.original_name)
    assert pixels.array.size  # noqa: S101  decoded here, not under the clock
    # The people whom the analyser of postures looks at, so that both sides look at as many.
    people = Fact.objects.filter(
        photo=photo, label=PERSON, left__isnull=False, confidence__gte=said_from(PERSON)
    )
    faces = FaceRegion.objects.filter(photo=photo, dismissed=False)
    least = postures.SMALLEST / pixels.array.shape[0]
    return Sitting(
        photo,
        pixels,
        tuple(box for row in people if (box := _box(row)).height >= least),
        tuple(_box(row) for row in faces),
    )


def _box(row: Fact | FaceRegion) -> Box:
    return Box(row.left or 0.0, row.top or 0.0, row.width or 0.0, row.height or 0.0)


def _time(look: Look, sittings: Sequence[Sitting]) -> Took:
    processor, clock = time.process_time(), time.perf_counter()
    for sitting in sittings:
        look(sitting)
    return Took(time.process_time() - processor, time.perf_counter() - clock)


def figures_of(
    ours: dict[str, list[Took]], bare: dict[str, list[Took]], *, rounds: int, photos: int
) -> dict[str, Any]:
    ratios = [
        sum(took[number].processor for took in bare.values())
        / sum(took[number].processor for took in ours.values())
        for number in range(rounds)
    ]
    by_clock = [
        sum(took[number].clock for took in bare.values())
        / sum(took[number].clock for took in ours.values())
        for number in range(rounds)
    ]
    return {
        "throughput_ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "throughput_ratio_by_clock": round(statistics.median(by_clock), 3),
        "analysers": {
            name: {
                "ours_ms": _milliseconds(ours[name], photos),
                "bare_ms": _milliseconds(bare[name], photos),
            }
            for name in ours
        },
        "photos": photos,
        "rounds": rounds,
    }


def _milliseconds(took: Sequence[Took], photos: int) -> float:
    """Of the processor, a photo."""
    return round(1000 * statistics.median(one.processor for one in took) / photos, 2)
