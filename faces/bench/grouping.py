"""How long grouping a whole library takes, and how much memory: ours, and other libraries' rules."""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np

from faces import neighbours
from faces.bench.sampling import measure_sample
from faces.bench.synthetic import Library, make_library
from faces.evaluate import rivals
from faces.evaluate.metrics import label_groups, measure_grouping
from faces.grouping import NEIGHBOURS, Face, group_faces, look_around
from faces.neighbours import Neighbours
from faces.packs import BUNDLED

Groups = list[list[int]]
_ASKED = 2000


@dataclass(frozen=True, slots=True)
class Run:
    """What a rule made of a library: groups of rows, and the neighbours it was shown, where it is ours."""

    groups: Groups
    near: Neighbours | None = None


def _ours(library: Library) -> Run:
    faces = [
        Face(id=row, photo=photo, quality=quality)
        for row, (photo, quality) in enumerate(
            zip(library.photos.tolist(), library.quality.tolist(), strict=True)
        )
    ]
    around = look_around(library.vectors, BUNDLED)
    groups = group_faces(faces, library.vectors, BUNDLED, around=around)
    return Run([[face.id for face in group] for group in groups], around.near)


def _ours_up_to(limit: int) -> Callable[[Library], Run]:
    """Ours, with all pairs compared up to this many faces."""

    def run(library: Library) -> Run:
        with mock.patch.object(neighbours, "EXACT_UP_TO", limit):
            return _ours(library)

    return run


# "exact" and "cells" are ours, with the neighbours found in one way only.
RULES: dict[str, Callable[[Library], Run]] = {
    "ours": _ours,
    "exact": _ours_up_to(sys.maxsize),
    "cells": _ours_up_to(0),
    "librephotos": lambda library: Run(rivals.librephotos(library.vectors)),
    "photoprism": lambda library: Run(rivals.photoprism(library.vectors)),
}


def run_rule(name: str, library: Library) -> dict[str, Any]:
    """Group the library by one rule, in this process: to be called once in a process."""
    RULES[name](make_library(50))  # what it imports is imported before the clock starts
    loaded = peak_bytes()
    began, worked = time.perf_counter(), time.process_time()
    run = RULES[name](library)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    peak = peak_bytes()
    labels = label_groups(run.groups, len(library.people))
    found: dict[str, Any] = {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "peak_bytes": peak,
        "loaded_bytes": loaded,
        "groups": len(run.groups),
        "bcubed_f": round(measure_grouping(labels, library.people)["bcubed_f"], 5),
    }
    if run.near is not None and len(library.people) > neighbours.EXACT_UP_TO:
        threshold = BUNDLED.group_threshold(len(library.people))
        found["sample"] = measure_sample(library, run.near, labels, threshold)
    return found


def measure_recall(library: Library) -> dict[str, Any]:
    """Of the pairs above the threshold among the nearest neighbours, the share that the cells find.

    pair_recall: from either of its two faces, which is what grouping needs.
    """
    threshold = BUNDLED.group_threshold(len(library.people))
    worked = time.process_time()
    found = neighbours.neighbours(library.vectors, NEIGHBOURS, floor=threshold, exact=False)
    cpu = time.process_time() - worked
    asked = np.random.default_rng(4).permutation(len(library.people))[:_ASKED]
    one_way = either_way = pairs = 0
    for row in asked.tolist():
        cosines = library.vectors @ library.vectors[row]
        cosines[row] = -2
        nearest = np.argsort(-cosines)[:NEIGHBOURS]
        for other in nearest[cosines[nearest] >= threshold].tolist():
            pairs += 1
            here = other in found.rows[row]
            one_way += here
            either_way += here or row in found.rows[other]
    return {
        "cpu_seconds": round(cpu, 2),
        "pairs": pairs,
        "recall": round(one_way / max(pairs, 1), 4),
        "pair_recall": round(either_way / max(pairs, 1), 4),
    }


def peak_bytes() -> int:
    """The most memory this process has had, as the system counts it."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
