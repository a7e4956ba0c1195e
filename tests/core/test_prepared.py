"""A query that is put together once says what a new one would."""

from collections.abc import Sequence

import pytest
from django.db.models import QuerySet

from photolib.core.prepared import Prepared
from photolib.library.models import Original

pytestmark = pytest.mark.django_db


# Stand-ins: sums that no original has.
A, B = "stand-in 1", "stand-in 2"


def _of_keys(stand_ins: Sequence[str]) -> QuerySet[Original]:
    return Original.objects.filter(pk__in=stand_ins).order_by("pk")


def test_prepared_query_answers_each_time_for_the_values_given() -> None:
    one, two, three = (
        Original.objects.create(sha256=name, format="jpeg", byte_size=1) for name in "123"
    )
    prepared = Prepared(_of_keys)
    assert prepared.rows((A, B), {A: "1", B: "2"}) == [one, two]
    assert prepared.rows((A, B), {A: "3", B: "2"}) == [two, three]
    assert prepared.rows((A,), {A: "3"}) == [three]
    Original.objects.filter(pk="3").update(format="png")
    assert [row.format for row in prepared.rows((A,), {A: "3"})] == ["png"]


def test_prepared_query_is_put_together_once_for_each_shape() -> None:
    made: list[Sequence[str]] = []

    def make(shape: Sequence[str]) -> QuerySet[Original]:
        made.append(shape)
        return _of_keys(shape)

    prepared = Prepared(make)
    for shape, values in (((A,), {A: "5"}), ((A, B), {A: "5", B: "6"}), ((A,), {A: "6"})):
        prepared.rows(shape, values)
    assert made == [(A,), (A, B)]


def test_stand_in_that_the_query_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        Prepared(_of_keys).rows((A,), {A: "5", B: "6"})
