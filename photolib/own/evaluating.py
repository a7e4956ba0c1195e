"""What the questions of tags are worth: marked photos, as if what they show had been tagged by hand."""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from photolib.own.learning import learn

# A tag needs so many photos beyond its examples, or there is nothing to find.
_LEFT = 2
_BEST = 3


@dataclass(frozen=True, slots=True)
class Worth:
    """Of all tags together, with so many examples each.

    tags, tries: what was tried. precision: of what was asked, the share that was right. recall: of what
    could be found, the share that was asked about. best: the share right among the three best scores;
    by_chance: the same for three photos drawn blindly. asked: questions a try.
    """

    examples: int
    tags: int
    tries: int
    precision: float | None
    recall: float
    best: float
    by_chance: float
    asked: float

    def as_json(self) -> dict[str, float | None]:
        return {key: None if v is None else round(v, 4) for key, v in asdict(self).items()}


def worth_of(
    features: NDArray[np.float32],
    shown: list[frozenset[str]],
    *,
    examples: int,
    draws: int,
    seed: int,
) -> Worth | None:
    """Tag `examples` photos of each kind, and see what would be asked about all others.

    features: (photos, n). shown: the labels of each photo. None where no label has photos enough.
    """
    chance = np.random.default_rng(seed)
    labels = sorted(frozenset().union(*shown))
    tried = [
        (has, chance.permutation(np.flatnonzero(has))[:examples])
        for label in labels
        if (has := np.array([label in one for one in shown])).sum() >= examples + _LEFT
        for _draw in range(draws)
    ]
    if not tried:
        return None
    asked = right = there = 0
    best, blind = [], []
    for has, tagged in tried:
        rest = np.setdiff1d(np.arange(len(shown)), tagged)
        learnt = learn(features[tagged], features[rest])
        wanted = learnt.others_left_out >= learnt.ask_from
        asked, right = asked + int(wanted.sum()), right + int(has[rest][wanted].sum())
        there += int(has[rest].sum())
        best.append(has[rest][np.argsort(-learnt.others_left_out)[:_BEST]].mean())
        blind.append(has[rest].mean())
    return Worth(
        examples=examples,
        tags=len(tried) // draws,
        tries=len(tried),
        precision=right / asked if asked else None,
        recall=right / there,
        best=float(np.mean(best)),
        by_chance=float(np.mean(blind)),
        asked=asked / len(tried),
    )
