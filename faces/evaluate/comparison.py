"""The product's grouping against the rules of others, on the same embeddings in the same run."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from faces.evaluate.answers import count_answers, neighbours_of
from faces.evaluate.clusters import Grouping, group_pictures, take_part
from faces.evaluate.metrics import (
    MEASURES,
    RESAMPLES,
    Sums,
    interval,
    label_groups,
    measure_grouping,
    resample,
    tally,
)
from faces.evaluate.pictures import Pictures, Tell
from faces.evaluate.report import Figures, Source, facts_of, figures_of, gather, values_of
from faces.evaluate.rivals import GRID, RULES, WITH_THRESHOLD, Groups
from faces.evaluate.strangers import PREFIX, QUANTILES, Spread, add_strangers
from photolib.core.errors import PhotolibError

OURS = "ours"
_SEED = 4


@dataclass(frozen=True, slots=True)
class Contest:
    """distractors: synthetic strangers to add. sample: the share of the people that take part, 0..1.

    samples: how often such a share is drawn; each draw is a library of its own, the figures are of all.
    rules: which others, all unless said otherwise. best: also with the thresholds best here.
    """

    distractors: int = 0
    sample: float = 1.0
    samples: int = 1
    rules: tuple[str, ...] = tuple(RULES)
    best: bool = False


def evaluate_rivals(source: Source, contest: Contest, tell: Tell = lambda _text: None) -> Figures:
    """Measure every rule, and the difference of ours to each of the others, over people drawn alike."""
    _check(contest)
    everybody = gather(source, tell)
    draws = [take_sample(everybody, contest.sample, draw) for draw in range(contest.samples)]
    spread = None
    if contest.distractors:
        crowded, spread = add_strangers(draws[0], contest.distractors)
        draws = [crowded]
    pictures = draws[0] if len(draws) == 1 else _drawn_once(everybody, draws)
    found = _run_draws(draws, contest, tell)
    sums = {name: result.over_people() for name, result in found.items()}
    figures: Figures = {
        "evaluation": "rivals",
        "sample": contest.sample,
        "samples": contest.samples,
        "distractors": contest.distractors,
        **facts_of(pictures),
        "resamples": RESAMPLES,
        **_compare(found, sums),
    }
    if spread is not None:
        figures["strangers_cosines"] = _spread_as_json(spread)
        real = {name: result.over_real_people(draws[0]) for name, result in found.items()}
        figures["real_faces_only"] = _compare(found, real)
    return figures


def take_sample(pictures: Pictures, share: float, draw: int = 0) -> Pictures:
    """The pictures of a random share of the people, 0..1, the same ones each time for the same draw."""
    names = np.unique(np.asarray(pictures.people))
    count = max(round(len(names) * share), 1)
    random = np.random.default_rng((_SEED, draw) if draw else _SEED)
    return pictures.of_people(random.permutation(names)[:count].tolist())


def _drawn_once(everybody: Pictures, draws: Sequence[Pictures]) -> Pictures:
    """The pictures that are in any of the draws."""
    return everybody.of_people({person for drawn in draws for person in drawn.people})


def _check(contest: Contest) -> None:
    unknown = [name for name in contest.rules if name not in RULES]
    if unknown:
        raise PhotolibError(
            _("There is no rule “{name}”. There are: {names}.").format(
                name=unknown[0], names=", ".join(RULES)
            )
        )
    if not 0 < contest.sample <= 1:
        raise PhotolibError(_("The sample is a share of the people, such as 0.1."))
    if contest.samples < 1 or (contest.samples > 1 and contest.distractors):
        raise PhotolibError(
            _("The number of samples is 1 or more, and 1 where strangers are added.")
        )
    if contest.distractors < 0:
        raise PhotolibError(_("The number of distractors is 0 or more."))


@dataclass(frozen=True, slots=True)
class _Result:
    """What a rule made of each draw. sums: a row for each person of the draw, see report.sums_of."""

    settings: str
    groupings: list[Grouping]
    sums: list[Sums]
    names: list[NDArray[np.str_]]  # the people of each draw, in the order of the sums

    def over_people(self) -> Sums:
        """A row for each person that was drawn: what they add in all draws, for they are one person."""
        names, places = np.unique(np.concatenate(self.names), return_inverse=True)
        columns = np.concatenate(self.sums).T
        return np.stack([np.bincount(places, column, len(names)) for column in columns], axis=1)

    def over_real_people(self, pictures: Pictures) -> Sums:
        """Of one draw: as if the synthetic strangers were not to be seen."""
        people = np.asarray(pictures.people)
        real = np.char.find(people, PREFIX) != 0
        answers = self.sums[0][np.isin(self.names[0], people[real]), -1]
        return np.column_stack([tally(self.groupings[0].labels[real], people[real]), answers])


def _run_draws(draws: Sequence[Pictures], contest: Contest, tell: Tell) -> dict[str, _Result]:
    found: dict[str, _Result] = {}
    for number, pictures in enumerate(draws, start=1):
        if len(draws) > 1:
            tell(f"draw {number} of {len(draws)}")
        for name, (settings, grouping, sums) in _run_all(pictures, contest, tell).items():
            result = found.setdefault(name, _Result(settings, [], [], []))
            result.groupings.append(grouping)
            result.sums.append(sums)
            result.names.append(np.unique(np.asarray(pictures.people)))
    return found


def _run_all(
    pictures: Pictures, contest: Contest, tell: Tell
) -> dict[str, tuple[str, Grouping, Sums]]:
    rows = np.asarray(take_part(pictures), dtype=np.int64)
    groupings: dict[str, tuple[str, Grouping]] = {
        OURS: (f"pack {pictures.pack.name}", group_pictures(pictures))
    }
    for name in contest.rules:
        tell(f"running {name}")
        rule = RULES[name]
        groupings[name] = rule.settings, _run(rule.groups, pictures, rows)
        if contest.best and name in WITH_THRESHOLD:
            groupings[f"{name}_best"] = _run_best(name, pictures, rows)
    neighbours = neighbours_of(pictures)
    nameless = frozenset(person for person in pictures.people if person.startswith(PREFIX))
    results = {}
    for name, (settings, grouping) in groupings.items():
        tell(f"counting the answers of {name}")
        answers = count_answers(grouping.groups, pictures, nameless=nameless, neighbours=neighbours)
        sums = np.column_stack([tally(grouping.labels, pictures.people), answers])
        results[name] = settings, grouping, sums
    return results


def _run(
    rule: Callable[[NDArray[np.float32]], Groups], pictures: Pictures, rows: NDArray[np.int64]
) -> Grouping:
    vectors = pictures.vectors[rows]
    started = time.perf_counter()
    found = rule(vectors)
    seconds = time.perf_counter() - started
    groups = [rows[group].tolist() for group in found]
    return Grouping(groups, label_groups(groups, len(pictures)), seconds)


def _run_best(name: str, pictures: Pictures, rows: NDArray[np.int64]) -> tuple[str, Grouping]:
    """The rule with the threshold that answers best here, by its BCubed F: it has seen the truth."""
    rule = WITH_THRESHOLD[name]
    tried = [(_run(partial(rule, cosine=at), pictures, rows), at) for at in GRID]
    best, cosine = max(
        tried, key=lambda one: measure_grouping(one[0].labels, pictures.people)["bcubed_f"]
    )
    return f"cosine {cosine}, chosen by its answers here", best


def _compare(found: dict[str, _Result], sums: dict[str, Sums]) -> Figures:
    """Figures of each rule and ours less the others'. sums: of each rule, a row for each person."""
    again = {name: values_of(resample(one)) for name, one in sums.items()}
    values = {name: values_of(one.sum(axis=0)) for name, one in sums.items()}
    return {
        "rules": {
            name: {
                "settings": result.settings,
                "groups": sum(len(one.groups) for one in result.groupings),
                "seconds": round(sum(one.seconds for one in result.groupings), 3),
                **figures_of(sums[name], again[name]),
            }
            for name, result in found.items()
        },
        "ours_less": {
            name: _difference(values[OURS] - values[name], again[OURS] - again[name])
            for name in found
            if name != OURS
        },
    }


def _difference(value: Sums, again: Sums) -> Figures:
    """won, lost: the shares of resamples in which ours is better or worse; fewer answers are better."""
    names = (*MEASURES, "answers")
    signs = np.asarray([1.0] * len(MEASURES) + [-1.0])
    won, lost = (again * signs > 0).mean(axis=0), (again * signs < 0).mean(axis=0)
    return {
        name: {
            "difference": round(float(value[at]), 5),
            "interval_95": interval(again[:, at]).as_json(),
            "won": round(float(won[at]), 4),
            "lost": round(float(lost[at]), 4),
        }
        for at, name in enumerate(names)
    }


def _spread_as_json(spread: Spread) -> Figures:
    return {
        "quantiles": list(QUANTILES),
        "real": _rounded(spread.real),
        "synthetic": _rounded(spread.synthetic),
        "kinds": spread.kinds,
        "share_of_the_kind": spread.share,
    }


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, 4) for value in values]
