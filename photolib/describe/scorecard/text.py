"""What reading is worth: letters and words of receipts, by the product's own analyser.

The truth is a folder of pictures, each with a CSV file of its lines beside it, as the receipts of
ICDAR 2019 (SROIE) have them: eight numbers, the corners of the line's box, then its text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from photolib.core.pixels import Pixels
from photolib.describe.analysers import text
from photolib.describe.vocabulary.signs import Text
from photolib.library.models import Photo

_CORNERS = 8
_RESAMPLES = 2000
_SEED = 7


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """One picture: what was read, in our reading order, and what is there, in the truth's order."""

    name: str
    read: str
    there: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over pictures with its 95 % interval (bootstrap over pictures)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TextFigures:
    """letters: wrong letters for each one there (CER), case and spaces made alike; letters_as_written:
    with case as it is. words: the share of the words there that were read exactly, in any order;
    made_up: the share of the words read that are not there.
    """

    pictures: int
    letters: Figure
    letters_as_written: Figure
    words: Figure
    made_up: Figure


def read_folder(folder: Path) -> list[ReadPicture]:
    """Every picture of the folder that has a CSV file beside it, read."""
    return [
        ReadPicture(picture.name, _read(picture), _there(truth))
        for truth in sorted(folder.glob("*.csv"))
        if (picture := truth.with_suffix(".jpg")).exists()
    ]


def figures_of(pictures: Sequence[ReadPicture]) -> TextFigures:
    """The figures over all pictures, each counted once however much is written in it."""
    alike = [(_alike(one.read), _alike(one.there)) for one in pictures]
    return TextFigures(
        pictures=len(pictures),
        letters=_mean([error_rate(read, there) for read, there in alike]),
        letters_as_written=_mean(
            [error_rate(_spaced(one.read), _spaced(one.there)) for one in pictures]
        ),
        words=_mean([_share_in(there, read) for read, there in alike]),
        made_up=_mean([1 - _share_in(read, there) for read, there in alike]),
    )


def error_rate(read: str, there: str) -> float:
    """Letters to put in, leave out or change, for each letter there (Levenshtein 1966); 0 is perfect."""
    if not there:
        return float(bool(read))
    wanted = np.frombuffer(there.encode("utf-32-le"), dtype=np.uint32)
    places = np.arange(len(wanted) + 1)
    row = places
    for count, letter in enumerate(read, start=1):
        kept = np.minimum(row[1:] + 1, row[:-1] + (wanted != ord(letter)))
        reached = np.concatenate(([count], kept))
        # To put letters in: the cheapest place further left, and one for each step from there.
        row = np.minimum.accumulate(reached - places) + places
    return float(row[-1] / len(wanted))


def _read(picture: Path) -> str:
    facts = text.look(Photo(), Pixels(picture, name=picture.name))
    lines = sorted((fact.place, fact.text) for fact in facts if fact.label == Text.READ)
    return " ".join(line for _place, line in lines)


def _there(truth: Path) -> str:
    rows = truth.read_text(encoding="utf-8").splitlines()
    # The text may hold commas of its own, and is not quoted.
    return " ".join(
        row.split(",", _CORNERS)[_CORNERS] for row in rows if row.count(",") >= _CORNERS
    )


def _spaced(words: str) -> str:
    return " ".join(words.split())


def _alike(words: str) -> str:
    return _spaced(words.casefold())


def _share_in(some: str, others: str) -> float:
    """How many of these words are among the others, each as often as it is there."""
    words = Counter(some.split())
    shared = words & Counter(others.split())
    return shared.total() / words.total() if words else 1.0


def _mean(values: Sequence[float]) -> Figure:
    drawn = np.random.default_rng(_SEED).choice(np.array(values), (_RESAMPLES, len(values)))
    low, high = np.quantile(drawn.mean(axis=1), (0.025, 0.975))
    return Figure(float(np.mean(values)), float(low), float(high))
