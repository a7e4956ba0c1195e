"""How crowded it is around a face, and what follows from it for two faces that look alike."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from faces.crowding import BELOW, NEAREST, WORTH, crowding, usual_nearness
from faces.grouping import Face, Surroundings, group_faces
from faces.neighbours import Neighbours
from faces.packs import BUNDLED
from faces.placing import Member, Place, place_face

THRESHOLD = 0.4
MANY = 1_000_000


def nearest(*rows: list[float]) -> NDArray[np.float32]:
    """Each row's similarities, filled up with nobody."""
    found = np.full((len(rows), 2 * NEAREST), -2.0, dtype=np.float32)
    for row, similarities in zip(found, rows, strict=True):
        row[: len(similarities)] = similarities
    return found


def crowd_of(similarities: NDArray[np.float32], faces: int = MANY) -> list[float]:
    usual = usual_nearness(similarities, THRESHOLD)
    found: list[float] = crowding(similarities, THRESHOLD, usual=usual, faces=faces).tolist()
    return found


def test_a_face_whose_strangers_lie_nearer_than_usual_is_in_a_crowd() -> None:
    usual, crowded, lonely = [0.20] * 12, [0.30] * 12, [0.15] * 12
    found = crowd_of(nearest(usual, usual, usual, crowded, lonely))
    assert found == pytest.approx([0, 0, 0, 0.10, -0.05], abs=1e-3)


def test_what_may_be_the_same_person_is_no_crowd() -> None:
    own = [0.9, 0.8, THRESHOLD, THRESHOLD - BELOW + 0.01]
    found = crowd_of(nearest([0.2] * 12, [0.2] * 12, own + [0.2] * 12))
    assert found == pytest.approx([0, 0, 0], abs=1e-6)


def test_only_the_nearest_strangers_count() -> None:
    found = crowd_of(nearest([0.2] * 20, [0.2] * 20, [0.2] * NEAREST + [-0.3] * NEAREST))
    assert found == pytest.approx([0, 0, 0], abs=1e-6)


def test_of_somebody_whose_photos_hide_all_strangers_nothing_is_said() -> None:
    found = crowd_of(nearest([0.2] * 20, [0.2] * 20, [0.7] * 20))
    assert found[2] == 0


def test_few_faces_are_no_crowd_and_nobody_is_none() -> None:
    rows = nearest([0.2] * 12, [0.2] * 12, [0.3] * 12)
    assert crowd_of(rows, faces=WORTH)[2] == pytest.approx(crowd_of(rows)[2] / 2, rel=0.01)
    assert crowd_of(rows, faces=3)[2] < 0.001
    assert crowd_of(nearest()) == []


def plain(
    similarity: float, crowd: list[float]
) -> tuple[list[Face], Surroundings, NDArray[np.float32]]:
    """Two single faces so much alike, in a library where the strangers around each are `crowd`."""
    faces = [Face(id=at, photo=at, quality=0.9) for at in range(2)]
    vectors = np.zeros((2, BUNDLED.dimensions), dtype=np.float32)
    vectors[:, 0] = 1, similarity
    vectors[1, 1] = np.sqrt(1 - similarity**2)
    rows = nearest([similarity, *crowd], [similarity, *crowd], *([[0.2] * 12] * 9))
    near = Neighbours(np.full(rows.shape, -1, dtype=np.int32), rows)
    near.rows[:2, 0] = 1, 0
    return faces, Surroundings(near, np.zeros(2, np.float32)), vectors


@pytest.mark.parametrize(("crowd", "one_person"), [(0.20, True), (0.30, False)])
def test_two_single_faces_are_one_person_only_if_they_stand_out(
    crowd: float, one_person: bool
) -> None:
    faces, around, vectors = plain(0.40, [crowd] * 12)
    faces += [Face(id=at, photo=at, quality=0.9) for at in range(2, 11)]
    others = np.eye(9, BUNDLED.dimensions, k=2, dtype=np.float32)
    around = replace(around, excess=np.zeros(11, np.float32))
    # As in a library of very many, though it has eleven.
    pack = replace(BUNDLED, group=0.39, group_per_tenfold=0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("faces.crowding.WORTH", 0)
        groups = group_faces(faces, np.vstack([vectors, others]), pack, around=around)
    assert [[face.id for face in group] for group in groups] == ([[0, 1]] if one_person else [])


@pytest.mark.parametrize(("crowds", "joins"), [((0, 0), True), ((0.03, 0.03), False)])
def test_a_new_face_and_a_lone_one_must_stand_out_too(
    crowds: tuple[float, float], joins: bool
) -> None:
    faces, _around, vectors = plain(0.40, [])
    pack = replace(BUNDLED, group=0.39, group_per_tenfold=0.0)
    new = Member(faces[0], vectors[0], crowding=crowds[0])
    lone = Member(faces[1], vectors[1], crowding=crowds[1])
    expected = Place(partner=1) if joins else Place()
    assert place_face(new, {}, [lone], pack=pack, count=1000) == expected
    # A group is evidence of its own: it is joined all the same.
    group = [replace(lone, face=replace(faces[1], group=4))]
    assert place_face(new, {4: group}, [], pack=pack, count=1000) == Place(group=4)
