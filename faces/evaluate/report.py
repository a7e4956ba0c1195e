"""What an evaluation found, as one JSON object."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faces.evaluate.answers import count_answers
from faces.evaluate.clusters import Grouping, group_pictures, take_part
from faces.evaluate.every_pair import EveryPair, best_without, known_among, pair_everybody
from faces.evaluate.metrics import MEASURES, RESAMPLES, Sums, interval, measure, resample, tally
from faces.evaluate.pairs import PairList, find_files, read_pairs
from faces.evaluate.pictures import (
    Pictures,
    Tell,
    choose_engine,
    list_folders,
    look_at_pictures,
)
from faces.evaluate.truth import correct
from faces.evaluate.verification import (
    FALSE_ALARMS,
    NO_FACE,
    Chooser,
    Known,
    Scores,
    interval_of_accuracy,
    known_at,
    verify,
)

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The folder of the test pictures, and by which models they are looked at.

    errata: what is known to be wrong in them. cache: where embeddings may be kept. pack: its name, or
    "" for the one in use.
    """

    images: Path
    errata: Path | None = None
    cache: Path | None = None
    pack: str = ""


def gather(source: Source, tell: Tell) -> Pictures:
    """The pictures of all identity folders, looked at and corrected. Raises PhotolibError."""
    files, notes = list_folders(source.images)
    engine = choose_engine(source.pack)
    pictures = look_at_pictures(files, engine, cache=source.cache, tell=tell)
    pictures = replace(pictures, notes=(*notes, *pictures.notes))
    return correct(pictures, source.errata)


def evaluate_grouping(source: Source, tell: Tell = lambda _text: None) -> Figures:
    """How well the product groups the pictures, and how many answers are left to a person."""
    pictures = gather(source, tell)
    found = group_pictures(pictures)
    sums = sums_of(found, pictures)
    return {
        "evaluation": "grouping",
        **figures_of(sums, values_of(resample(sums))),
        "resamples": RESAMPLES,
        "groups": len(found.groups),
        "seconds": round(found.seconds, 3),
        **facts_of(pictures),
    }


def sums_of(found: Grouping, pictures: Pictures) -> Sums:
    """A row for each person: what they add to the measures, then the answers that they cost."""
    return np.column_stack(
        [tally(found.labels, pictures.people), count_answers(found.groups, pictures)]
    )


def figures_of(sums: Sums, again: Sums) -> Figures:
    """The measures and the answers of `sums_of`, each with its interval over the people.

    again: what `values_of` gives for the people drawn again.
    """
    names = (*MEASURES, "answers")
    values = dict(zip(names, values_of(sums.sum(axis=0)).tolist(), strict=True))
    return {
        **{name: round(value, 5) for name, value in values.items()},
        "answers": round(values["answers"]),
        "intervals_95": {name: interval(again[:, at]).as_json() for at, name in enumerate(names)},
    }


def values_of(sums: Sums) -> Sums:
    """Sums (…, 7) of `sums_of` → the measures, in their order, and the answers (…, 7)."""
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


def evaluate_faces(source: Source, pairs: Path, tell: Tell = lambda _text: None) -> Figures:
    """How well the product tells whether two pictures show one person. Raises PhotolibError.

    Errata are not applied: published figures of pairs do not correct them either.
    """
    listed = read_pairs(pairs)
    files = list(find_files(source.images, listed).values())
    engine = choose_engine(source.pack)
    pictures = look_at_pictures(files, engine, cache=source.cache, tell=tell)
    scores = scores_of(listed, pictures)
    every = pair_everybody(pictures)
    verified = verify(
        scores, None if listed.folds == "file" else _chooser(listed, scores, every, pictures)
    )
    figures: Figures = {
        "evaluation": "faces",
        "accuracy": round(verified.accuracy, 5),
        "accuracy_deviation": round(verified.deviation, 5),
        "accuracy_interval_95": interval_of_accuracy(verified, scores).as_json(),
        "thresholds": [round(threshold, 4) for threshold in verified.thresholds],
        "folds": listed.folds,
        "wrong_pairs": [
            f"{pair.one} {pair.other}"
            for pair, right in zip(listed.pairs, verified.right, strict=True)
            if not right
        ],
    }
    strangers = int((~scores.same).sum())
    all_strangers = round(every.strangers(np.ones(len(every.sizes))))
    figures |= _rates_as_json([known_at(scores, rate) for rate in FALSE_ALARMS], strangers)
    figures["every_pair"] = {
        "pairs_of_one": len(every.same),
        "pairs_of_strangers": all_strangers,
        **_rates_as_json([known_among(every, rate) for rate in FALSE_ALARMS], all_strangers),
    }
    return figures | {
        "pairs": len(listed.pairs),
        "pairs_of_strangers": strangers,
        "pairs_without_face": int((~scores.found).sum()),
        "similarity_without_face": NO_FACE,
        "resamples": RESAMPLES,
        **facts_of(pictures),
    }


def _chooser(listed: PairList, scores: Scores, every: EveryPair, pictures: Pictures) -> Chooser:
    """A short list has too few hard pairs to choose a threshold by: every pair of the people outside
    the fold tells more."""
    numbers = {name: at for at, name in enumerate(np.unique(np.asarray(pictures.people)).tolist())}
    names = np.unique([name for pair in listed.pairs for name in pair.people()]).tolist()

    def choose(inside: NDArray[np.bool_]) -> float | None:
        people = {int(one) for one in (*scores.one[inside], *scores.other[inside])}
        left_out = [numbers[names[one]] for one in people if names[one] in numbers]
        return best_without(every, np.asarray(left_out, dtype=np.int64))

    return choose


def _rates_as_json(rates: Sequence[Known], strangers: int) -> Figures:
    """With 0 allowed false accepts there are too few pairs to tell the rate: it is the best case."""
    return {
        f"tar_at_far_{known.rate:g}": {
            "tar": round(known.share, 5),
            "cosine": round(known.cosine, 4),
            "interval_95": known.interval.as_json(),
            "allowed_false_accepts": int(known.rate * strangers),
        }
        for known in rates
    }


def scores_of(listed: PairList, pictures: Pictures) -> Scores:
    """The cosine of each pair; a picture that could not be read has no face either."""
    place = {str(Path(file).with_suffix("")): at for at, file in enumerate(pictures.files)}
    rows = [(place.get(pair.one, -1), place.get(pair.other, -1)) for pair in listed.pairs]
    one, other = np.asarray(rows, dtype=np.int64).T
    found = (one >= 0) & (other >= 0) & pictures.found[one] & pictures.found[other]
    cosine = np.einsum("ij,ij->i", pictures.vectors[one], pictures.vectors[other])
    names = [name for pair in listed.pairs for name in pair.people()]
    numbers = np.unique(np.asarray(names), return_inverse=True)[1].reshape(-1, 2)
    return Scores(
        cosine=np.where(found, cosine, NO_FACE).astype(np.float64),
        same=np.asarray([pair.same for pair in listed.pairs]),
        found=found,
        fold=np.asarray([pair.fold for pair in listed.pairs]),
        one=numbers[:, 0],
        other=numbers[:, 1],
    )
