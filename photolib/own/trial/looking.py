"""What is seen of marked things in a trial: prints put into real photos, one example of each."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photolib.describe.boxes import Box
from photolib.describe.efficientnet import PLACE_FEATURES, network
from photolib.own.asking import piece_of
from photolib.own.likeness import MOST_PIECES, Known, Sight, sights_of
from photolib.own.points import points_of
from photolib.own.trial.drawn import logo
from photolib.own.trial.pasted import paste
from photolib.own.windows import look_in

VIEWS = 3
# Every so many-th mark is a print of a piece of a photo, not a logo.
_PRINTS = 4
# What is asked about must lie where the mark is, to this intersection over union, or it is another place.
_THERE = 0.2
# Numbers of things for which the time is taken, and photos it is taken on.
_TIMED, _TIMED_ON = (1, 10, 40), 30
# All pieces of all things, where each thing is to be judged as if it were alone.
_NO_END = 10_000


@dataclass(frozen=True, slots=True)
class Looked:
    """One mark and one photo.

    mark, photo: their numbers; photo that of the background. there: the mark is in the photo; found: and was
    seen where it is. likeness, points: of likeness.Sight, 0 where nothing was seen.
    """

    mark: int
    photo: int
    is_print: bool
    there: bool
    found: bool
    likeness: float
    points: int


@dataclass(frozen=True, slots=True)
class Bar:
    """From which evidence on it is asked: as the three values of likeness.py."""

    like: float
    with_points: float
    points: int

    def passes(self, likeness: NDArray[np.float64], points: NDArray[np.int64]) -> NDArray[np.bool_]:
        both = (likeness >= self.with_points) & (points >= self.points)
        asked: NDArray[np.bool_] = (likeness >= self.like) | both
        return asked


@dataclass(frozen=True, slots=True)
class Trial:
    """looked: every mark in every photo. processor_ms: a photo, by the number of things looked for, beside
    the pass of the network, which find_scene has made."""

    looked: list[Looked]
    processor_ms: dict[str, float]


def look_at_trial(photos: Sequence[Image.Image], *, marks: int, seed: int) -> Trial:
    """Every mark in every photo: those into which one was put, and those as they are."""
    chance = np.random.default_rng(seed)
    known: list[Known] = []
    scenes: list[tuple[int, int, Image.Image, Box]] = []
    for number in range(marks):
        mark = _mark(photos, number, seed)
        at = int(chance.integers(len(photos)))
        seen, box = paste(photos[at], mark, chance, small=0.25, large=0.45, hard=0.5)
        known.append(known_from(seen, [box]))
        for _view in range(VIEWS):
            at = int(chance.integers(len(photos)))
            seen, box = paste(photos[at], mark, chance, small=0.12, large=0.35)
            scenes.append((number, at, seen, box))
    scenes += [(-1, at, photo, Box(0, 0, 0, 0)) for at, photo in enumerate(photos)]
    looked: list[Looked] = []
    for mark_there, at, photo, box in scenes:
        places = network.places(np.asarray(photo))
        sights = sights_of(known, places, [], partial(piece_of, photo), most_pieces=_NO_END)
        looked += [
            _looked(number, at, number == mark_there, sight, box)
            for number, sight in enumerate(sights)
            # A print is a piece of this very photo: there, but not as the trial knows it.
            if number == mark_there or at != _source(photos, number, seed)
        ]
    return Trial(looked, _times(known, [photo for _mark, _at, photo, _box in scenes[:_TIMED_ON]]))


def known_from(photo: Image.Image, boxes: Sequence[Box]) -> Known:
    """What is kept of marked pieces of one photo."""
    places = network.places(np.asarray(photo))
    return Known(
        np.stack([look_in(places, box) for box in boxes]),
        [points_of(piece_of(photo, box)) for box in boxes],
        np.zeros((0, PLACE_FEATURES), np.float32),
    )


def _source(photos: Sequence[Image.Image], mark: int, seed: int) -> int | None:
    """The photo of which a mark is a piece; None for a logo."""
    return None if mark % _PRINTS else (7 * mark + seed) % len(photos)


def _mark(photos: Sequence[Image.Image], mark: int, seed: int) -> Image.Image:
    source = _source(photos, mark, seed)
    if source is None:
        return logo(1000 * seed + mark)
    width, height = photos[source].size
    piece = photos[source].crop((width // 5, height // 5, width * 4 // 5, height * 4 // 5))
    return piece.resize((320, 240))


def _looked(mark: int, at: int, there: bool, sight: Sight | None, box: Box) -> Looked:
    return Looked(
        mark=mark,
        photo=at,
        is_print=mark % _PRINTS == 0,
        there=there,
        found=there and sight is not None and sight.box.overlap(box) >= _THERE,
        likeness=sight.likeness if sight else 0.0,
        points=sight.points if sight else 0,
    )


def _times(known: Sequence[Known], photos: Sequence[Image.Image]) -> dict[str, float]:
    """Processor milliseconds a photo as the step takes them, in turns, with its bound on pieces."""
    spent = dict.fromkeys(_TIMED, 0.0)
    for photo in photos:
        places = network.places(np.asarray(photo))
        for things in _TIMED:
            spent[things] += _time_of(known[:things], places, partial(piece_of, photo))
    return {str(things): round(1000 * time_ / len(photos), 1) for things, time_ in spent.items()}


def _time_of(
    known: Sequence[Known], places: NDArray[np.float32], cut: Callable[[Box], Image.Image]
) -> float:
    began = time.process_time()
    sights_of(known, places, [], cut, most_pieces=MOST_PIECES)
    return time.process_time() - began
