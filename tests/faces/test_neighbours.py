"""The nearest neighbours in bulk, against the plain matrix of all similarities."""

import numpy as np
import pytest
from numpy.typing import NDArray

from faces import neighbours as module
from faces.neighbours import Neighbours, neighbours


@pytest.fixture(params=[64, 1024], ids=["many blocks", "one block"])
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", request.param)


def people(count: int, photos: int, *, noise: float = 0.9) -> NDArray[np.float32]:
    """`count` people with `photos` faces each, mixed."""
    rng = np.random.default_rng(7)
    centres = rng.standard_normal((count, 64))
    rows = np.repeat(centres, photos, axis=0) + noise * rng.standard_normal((count * photos, 64))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rng.permutation(rows).astype(np.float32)


def all_pairs(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    return cosines


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("threads", [1, 2])
def test_exact_neighbours_are_those_of_the_whole_matrix(threads: int) -> None:
    vectors = people(40, 9)
    found = neighbours(vectors, 20, exact=True, threads=threads)
    cosines = all_pairs(vectors)
    expected = np.sort(cosines, axis=1)[:, ::-1][:, :20]
    np.testing.assert_allclose(found.similarities, expected, atol=1e-5)
    said = np.take_along_axis(cosines, found.rows.astype(np.int64), axis=1)
    np.testing.assert_allclose(said, found.similarities, atol=1e-5)
    assert all(len(set(row)) == 20 for row in found.rows)
    assert found.rows.dtype == np.int32
    assert found.similarities.dtype == np.float32


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("exact", [True, False])
def test_nobody_below_the_floor_is_a_neighbour(exact: bool) -> None:
    vectors = people(30, 5)
    found = neighbours(vectors, 10, floor=0.3, exact=exact)
    there = found.rows >= 0
    assert there.any()
    assert not there.all()
    assert found.similarities[there].min() >= 0.3
    assert set(found.similarities[~there]) == {np.float32(-2)}
    if exact:
        expected = np.minimum((all_pairs(vectors) >= 0.3).sum(axis=1), 10)
        assert there.sum(axis=1).tolist() == expected.tolist()


@pytest.mark.usefixtures("block")
def test_cells_find_nearly_all_that_are_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PROBES", 16)
    vectors = people(150, 12, noise=0.6)
    truth = neighbours(vectors, 11, floor=0.4, exact=True)
    found = neighbours(vectors, 11, floor=0.4, exact=False)
    pairs = [
        {(row, int(other)) for row, others in enumerate(one.rows) for other in others if other >= 0}
        for one in (truth, found)
    ]
    assert len(pairs[0] & pairs[1]) >= 0.97 * len(pairs[0])


def test_what_is_many_is_compared_in_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXACT_UP_TO", 99)
    monkeypatch.setattr(module, "PROBES", 1)
    vectors = people(10, 10)
    asked = neighbours(vectors, 50)
    assert same(asked, neighbours(vectors, 50, exact=False))
    assert not same(asked, neighbours(vectors, 50, exact=True))


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("exact", [True, False])
def test_the_same_vectors_have_the_same_neighbours_each_time(exact: bool) -> None:
    vectors = np.repeat(people(20, 4), 6, axis=0)  # the same picture six times: many ties
    first = neighbours(vectors, 9, exact=exact, threads=1)
    assert all(same(first, neighbours(vectors, 9, exact=exact, threads=2)) for _ in range(3))


def test_half_precision_is_enough() -> None:
    vectors = people(30, 8)
    whole, half = neighbours(vectors, 5), neighbours(vectors.astype(np.float16), 5)
    np.testing.assert_allclose(whole.similarities, half.similarities, atol=2e-3)


@pytest.mark.parametrize("exact", [True, False, None])
def test_few_vectors_have_fewer_neighbours(exact: bool | None) -> None:
    one = np.ones((1, 4), dtype=np.float32) / 2
    assert neighbours(one[:0], 3, exact=exact).rows.shape == (0, 3)
    assert neighbours(one, 3, exact=exact).rows.tolist() == [[-1, -1, -1]]
    two = neighbours(np.repeat(one, 2, axis=0), 3, exact=exact)
    assert two.rows.tolist() == [[1, -1, -1], [0, -1, -1]]
    assert two.similarities.tolist() == [[1, -2, -2], [1, -2, -2]]
    assert neighbours(np.repeat(one, 2, axis=0), 0, exact=exact).rows.shape == (2, 0)


def same(one: Neighbours, other: Neighbours) -> bool:
    return bool((one.rows == other.rows).all() and (one.similarities == other.similarities).all())
