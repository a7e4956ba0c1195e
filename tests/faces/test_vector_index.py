"""The index of vectors in memory, in one list and in cells."""

import numpy as np
import pytest
from numpy.typing import NDArray

from faces import vector_index
from faces.packs import BUNDLED
from faces.vector_index import VectorIndex
from tests.faces.fake_engine import vector_of
from tests.faces.test_neighbours import people

DIMENSIONS = 64


def test_an_index_finds_the_nearest_and_forgets_what_is_removed() -> None:
    index = VectorIndex(BUNDLED.dimensions)
    index.add([5, 6], np.stack([vector_of("red", 100), vector_of("blue", 100)]))
    query = vector_of("red", 101)[None, :]
    assert [hit.id for hit in index.search(query, 9)[0]] == [5, 6]
    index.remove([5, 99])
    assert [hit.id for hit in index.search(query, 9)[0]] == [6]
    assert len(index) == 1
    assert 5 not in index
    assert index.ids() == [6]


def test_an_empty_index_finds_nothing() -> None:
    index = VectorIndex(BUNDLED.dimensions)
    index.add([], np.zeros((0, BUNDLED.dimensions), np.float32))
    assert index.search(vector_of("red")[None, :], 3) == [[]]
    assert index.vectors([]).shape == (0, BUNDLED.dimensions)


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> tuple[VectorIndex, NDArray[np.float32]]:
    """600 vectors under the ids 7, 10, 13, …: added in parts, so that cells begin in the middle."""
    monkeypatch.setattr(vector_index, "EXACT_UP_TO", 250)
    vectors = people(60, 10, noise=0.5)
    index = VectorIndex(DIMENSIONS)
    for start in range(0, 600, 100):
        index.add([7 + 3 * at for at in range(start, start + 100)], vectors[start : start + 100])
        assert index.exact == (start < 200)
    return index, vectors


def test_many_vectors_lie_in_cells_and_are_found_there(
    filled: tuple[VectorIndex, NDArray[np.float32]],
) -> None:
    index, vectors = filled
    found = index.search(vectors, 10)
    assert all(7 + 3 * at == hits[0].id for at, hits in enumerate(found))
    cosines = vectors @ vectors.T
    nearest = np.argsort(-cosines, axis=1)[:, :10]
    same = [
        len({hit.id for hit in hits} & {7 + 3 * int(other) for other in row})
        for hits, row in zip(found, nearest, strict=True)
    ]
    assert np.mean(same) >= 9.5


def test_a_vector_comes_back_as_it_was_in_half_precision(
    filled: tuple[VectorIndex, NDArray[np.float32]],
) -> None:
    index, vectors = filled
    back = index.vectors([7 + 3 * at for at in (599, 0, 260)])
    np.testing.assert_array_equal(back, vectors[[599, 0, 260]].astype(np.float16))


def test_what_is_removed_from_a_cell_is_not_found_any_more(
    filled: tuple[VectorIndex, NDArray[np.float32]],
) -> None:
    index, vectors = filled
    gone = [7 + 3 * at for at in range(0, 600, 2)]
    index.remove(gone)
    assert len(index) == 300
    assert not {hit.id for hits in index.search(vectors, 10) for hit in hits} & set(gone)
    np.testing.assert_array_equal(index.vectors([10])[0], vectors[1].astype(np.float16))
    index.add(gone[:5], vectors[0:10:2])
    assert index.search(vectors[:1], 1)[0][0].id == 7


def test_cells_that_hold_fewer_than_wanted_answer_with_fewer(
    filled: tuple[VectorIndex, NDArray[np.float32]],
) -> None:
    index, vectors = filled
    index.remove(index.ids()[3:])
    assert len(index.search(vectors[:1], 10)[0]) == 3
