"""What an evaluation found, as one JSON object."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from faces.evaluate.answers import count_answers
from faces.evaluate.clusters import Grouping, group_pictures, take_part
from faces.evaluate.metrics import MEASURES, RESAMPLES, Sums, interval, measure, resample, tally
from faces.evaluate.pictures import Pictures, Tell, list_folders, look_at_pictures
from faces.evaluate.truth import correct

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the test pictures are, what is known to be wrong in them, where embeddings may be kept."""

    images: Path
    errata: Path | None = None
    cache: Path | None = None


def gather(source: Source, tell: Tell) -> Pictures:
    """The pictures of all identity folders, looked at and corrected. Raises PhotolibError."""
    files, notes = list_folders(source.images)
    pictures = look_at_pictures(files, cache=source.cache, tell=tell)
    pictures = replace(pictures, notes=(*notes, *pictures.notes))
    return correct(pictures, source.errata)


def evaluate_grouping(source: Source, tell: Tell = lambda _text: None) -> Figures:
    """How well the product groups the pictures, and how many answers are left to a person."""
    pictures = gather(source, tell)
    found = group_pictures(pictures)
    sums = sums_of(found, pictures)
    return {
        "evaluation": "grouping",
        **figures_of(sums),
        "groups": len(found.groups),
        "seconds": round(found.seconds, 3),
        **facts_of(pictures),
    }


def sums_of(found: Grouping, pictures: Pictures) -> Sums:
    """A row for each person: what they add to the measures, then the answers that they cost."""
    return np.column_stack(
        [tally(found.labels, pictures.people), count_answers(found.groups, pictures)]
    )


def figures_of(sums: Sums) -> Figures:
    """The measures and the answers of `sums_of`, each with its interval over the people."""
    values = _values(sums.sum(axis=0))
    again = _values(resample(sums))
    names = (*MEASURES, "answers")
    figures: Figures = {
        name: round(float(value), 5) for name, value in zip(names, values, strict=True)
    }
    figures["answers"] = int(values[-1])
    figures["intervals_95"] = {
        name: interval(again[:, at]).as_json() for at, name in enumerate(names)
    }
    figures["resamples"] = RESAMPLES
    return figures


def _values(sums: Sums) -> Sums:
    return np.concatenate([measure(sums[..., :-1]), sums[..., -1:]], axis=-1)


def facts_of(pictures: Pictures) -> Figures:
    """What was looked at, and what was passed over."""
    return {
        "faces": len(pictures),
        "people": len(set(pictures.people)),
        "faces_grouped": len(take_part(pictures)),
        "without_face": pictures.without_face(),
        "pack": pictures.pack.name,
        "notes": list(pictures.notes),
    }
