"""The measures, against examples worked by hand and the definitions written out."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faces.evaluate.metrics import (
    FACES,
    interval,
    label_groups,
    measure,
    measure_grouping,
    resample,
    tally,
)

labelled = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30).map(
    lambda rows: ([group for group, _ in rows], [person for _, person in rows])
)


def test_a_grouping_worked_by_hand() -> None:
    # Groups {a a a b} and {b b c}: of 6 + 3 pairs said 3 + 1 are right, of 3 + 3 true ones 4 are found.
    found = measure_grouping([0, 0, 0, 0, 1, 1, 1], list("aaabbbc"))
    assert found["pairwise_precision"] == pytest.approx(4 / 9)
    assert found["pairwise_recall"] == pytest.approx(4 / 6)
    assert found["pairwise_f"] == pytest.approx(8 / 15)
    # Faces: three with 3/4, one with 1/4, two with 2/3, one with 1/3.
    precision = (3 * 3 / 4 + 1 / 4 + 2 * 2 / 3 + 1 / 3) / 7
    recall = (3 * 1 + 1 / 3 + 2 * 2 / 3 + 1) / 7
    assert found["bcubed_precision"] == pytest.approx(precision)
    assert found["bcubed_recall"] == pytest.approx(recall)
    assert found["bcubed_f"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_all_alone_is_precise_and_finds_nothing() -> None:
    found = measure_grouping([0, 1, 2, 3], list("aabb"))
    assert (found["pairwise_precision"], found["pairwise_recall"]) == (1, 0)
    assert (found["bcubed_precision"], found["bcubed_recall"]) == (1, 0.5)


def test_one_face_alone_is_right() -> None:
    assert set(measure_grouping([7], ["a"]).values()) == {1.0}


def test_faces_in_no_group_get_labels_of_their_own() -> None:
    labels = label_groups([[3, 1], [0, 4]], 6)
    assert labels[3] == labels[1] != labels[0] == labels[4]
    assert len(set(labels.tolist())) == 4


@settings(deadline=None)
@given(labelled)
def test_the_measures_are_what_their_definitions_say(case: tuple[list[int], list[int]]) -> None:
    labels, people = case
    places = range(len(labels))
    group = {at: {o for o in places if labels[o] == labels[at]} for at in places}
    person = {at: {o for o in places if people[o] == people[at]} for at in places}
    found = measure_grouping(labels, people)
    precision = np.mean([len(group[at] & person[at]) / len(group[at]) for at in places])
    recall = np.mean([len(group[at] & person[at]) / len(person[at]) for at in places])
    assert found["bcubed_precision"] == pytest.approx(precision)
    assert found["bcubed_recall"] == pytest.approx(recall)
    said = {pair for pair in combinations(places, 2) if labels[pair[0]] == labels[pair[1]]}
    true = {pair for pair in combinations(places, 2) if people[pair[0]] == people[pair[1]]}
    assert found["pairwise_precision"] == pytest.approx(len(said & true) / len(said) if said else 1)
    assert found["pairwise_recall"] == pytest.approx(len(said & true) / len(true) if true else 1)


@settings(deadline=None)
@given(labelled, st.permutations(range(5)))
def test_the_names_of_groups_do_not_matter(
    case: tuple[list[int], list[int]], names: list[int]
) -> None:
    labels, people = case
    renamed = [names[label] for label in labels]
    assert measure_grouping(renamed, people) == pytest.approx(measure_grouping(labels, people))


@settings(deadline=None)
@given(labelled)
def test_a_person_drawn_twice_counts_twice(case: tuple[list[int], list[int]]) -> None:
    """Weights are what resampling does: the sums are sums over people."""
    sums = tally(*case)
    weights = np.arange(len(sums)) % 3
    again = sum((sums[at] * weight for at, weight in enumerate(weights)), np.zeros(6))
    assert weights @ sums == pytest.approx(again)
    assert sums[:, FACES].sum() == len(case[0])


def test_resampling_draws_as_many_people_and_the_same_ones_each_time() -> None:
    column = np.arange(20.0)[:, None]
    ones = np.ones((20, 1))
    drawn = resample(np.hstack([column, ones]), times=50)
    assert (drawn[:, 1] == 20).all()
    assert (resample(column, times=50)[:, 0] == drawn[:, 0]).all()
    assert len(set(drawn[:, 0].tolist())) > 10


def test_the_interval_holds_the_middle_95_percent() -> None:
    found = interval(np.arange(1001.0))
    assert (found.low, found.high) == (25.0, 975.0)


def test_the_interval_of_a_rate_is_as_wide_as_the_binomial_one() -> None:
    """A hundred people with one face each, 80 of them worth 1 and 20 worth a half."""
    people = np.arange(100)
    # 20 faces share groups of two with each other, which makes each half right.
    labels = np.where(people < 20, people // 2, people)
    sums = resample(tally(labels, people), times=2000)
    found = interval(measure(sums)[:, 0])
    half = 1.96 * 0.5 * np.sqrt(0.8 * 0.2 / 100)
    assert found.low == pytest.approx(0.9 - half, abs=0.01)
    assert found.high == pytest.approx(0.9 + half, abs=0.01)
