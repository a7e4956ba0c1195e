"""Detection and embedding by the engine against the bare loop of the same models, in turns."""

import statistics
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageOps

from faces.bench.bare import BareLoop
from faces.engine import FaceEngine
from faces.insightface_engine import InsightFaceEngine
from photolib.core.errors import ModelMissing

# What the pipeline hands to the step: the picture decoded at the largest rendition's scale.
LONG_SIDE = 1600
_PICTURE = "insightface/data/images/t1.jpg"


def pictures(count: int) -> list[NDArray[np.uint8]]:
    """A group of six people that InsightFace brings with it, each time in another light."""
    listed = metadata.files("insightface") or []
    found = next((entry.locate() for entry in listed if str(entry) == _PICTURE), None)
    if found is None:
        raise ModelMissing(f"{_PICTURE} is missing. Install insightface again.")
    with Image.open(str(found)) as opened:
        group = opened.convert("RGB")
    group = group.resize((LONG_SIDE, round(group.height * LONG_SIDE / group.width)))
    made = []
    for number in range(count):
        image = ImageOps.mirror(group) if number % 2 else group
        image = ImageEnhance.Brightness(image).enhance(0.8 + 0.4 * number / max(1, count - 1))
        made.append(np.asarray(image))
    return made


def measure_throughput(*, count: int, rounds: int) -> dict[str, Any]:
    """throughput_ratio: the bare loop's processor time over the engine's, the median of the rounds."""
    images, engine, loop = pictures(count), InsightFaceEngine(), BareLoop()
    same = _alike(engine, loop, images[0])
    sides: dict[str, Callable[[NDArray[np.uint8]], object]] = {
        "engine": lambda image: engine.embed(image, engine.detect(image)),
        "bare": loop.run,
    }
    took: dict[str, list[float]] = {"engine": [], "bare": []}
    for number in range(rounds):
        for name in sorted(sides, reverse=number % 2 == 1):
            took[name].append(_time(sides[name], images) / count)
    ratios = [bare / ours for bare, ours in zip(took["bare"], took["engine"], strict=True)]
    return {
        "throughput_ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "engine_ms": round(1000 * statistics.median(took["engine"]), 1),
        "bare_ms": round(1000 * statistics.median(took["bare"]), 1),
        "faces": len(engine.detect(images[0])),
        "least_cosine": round(same, 4),
        "pictures": count,
    }


def _alike(engine: FaceEngine, loop: BareLoop, image: NDArray[np.uint8]) -> float:
    """The smallest cosine between a face's embedding by one and its best by the other: the same work."""
    ours, theirs = engine.embed(image, engine.detect(image)), loop.run(image)
    theirs /= np.linalg.norm(theirs, axis=1, keepdims=True)
    return float((ours @ theirs.T).max(axis=1).min()) if len(ours) == len(theirs) else 0.0


def _time(run: Callable[[NDArray[np.uint8]], object], images: Sequence[NDArray[np.uint8]]) -> float:
    began = time.process_time()
    for image in images:
        run(image)
    return time.process_time() - began
