"""Grouping, as pure functions over vectors."""

from dataclasses import replace
from unittest.mock import Mock

import numpy as np
import pytest
from numpy.typing import NDArray

from faces import linkage
from faces.boxes import overlap, pair_boxes
from faces.cohort import draw_cohort, excess
from faces.grouping import Face, group_faces, keep_names
from faces.linkage import Clusters
from faces.matching import Gallery, Match, Probe, match_faces
from faces.packs import BUNDLED
from faces.placing import Member, Place, place_face
from tests.faces.fake_engine import vector_of


def album(*people: str) -> tuple[list[Face], NDArray[np.float32]]:
    """One face a photo, each of another light."""
    faces = [Face(id=at, photo=at, quality=0.9) for at in range(len(people))]
    rows = [vector_of(person, 100 + at) for at, person in enumerate(people)]
    return faces, np.stack(rows)


def ids(groups: list[list[Face]]) -> list[list[int]]:
    return [[face.id for face in group] for group in groups]


def test_faces_of_one_person_are_one_group_and_single_faces_are_none() -> None:
    faces, vectors = album("red", "blue", "red", "green", "blue", "red")
    assert ids(group_faces(faces, vectors, BUNDLED)) == [[0, 2, 5], [1, 4]]


def test_nobody_gives_no_groups() -> None:
    assert group_faces([], np.zeros((0, BUNDLED.dimensions), np.float32), BUNDLED) == []


def test_two_faces_of_one_photo_are_never_one_person() -> None:
    faces, vectors = album("red", "red", "red", "red")
    # A reflection, or a picture on the wall: faces 0 and 1 are in one photo.
    faces[1] = replace(faces[1], photo=faces[0].photo)
    for group in group_faces(faces, vectors, BUNDLED):
        photos = [face.photo for face in group]
        assert len(photos) == len(set(photos))


def test_somebody_with_hundreds_of_photos_is_joined_in_few_rounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A large cluster takes in many at once, and still nobody who is in a photo with another of it."""
    choose = Mock(side_effect=linkage._reciprocal)
    monkeypatch.setattr(linkage, "_reciprocal", choose)
    random = np.random.default_rng(4)
    count = 600
    person = random.standard_normal(BUNDLED.dimensions)
    vectors = person + 0.9 * random.standard_normal((count, BUNDLED.dimensions))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    # Each of the last hundred photos has a second face of the same looks.
    faces = [Face(id=at, photo=min(at, count - 1 - at + 400), quality=0.9) for at in range(count)]
    groups = group_faces(faces, vectors.astype(np.float32), BUNDLED)
    photos = [face.photo for face in groups[0]]
    assert len(photos) == len(set(photos)) > 450
    # One face a round would be some nine hundred.
    assert choose.call_count < 400


def test_poor_faces_join_a_group_but_found_none() -> None:
    faces, vectors = album("red", "red", "red", "blue", "blue")
    poor = BUNDLED.found_quality - 0.01
    for at in (2, 3, 4):
        faces[at] = replace(faces[at], quality=poor)
    assert ids(group_faces(faces, vectors, BUNDLED)) == [[0, 1, 2]]


def test_the_order_in_which_faces_come_does_not_matter() -> None:
    faces, vectors = album(*(["red", "blue", "green", "yellow"] * 6))
    expected = ids(group_faces(faces, vectors, BUNDLED))
    for seed in range(5):
        order = [int(at) for at in np.random.default_rng(seed).permutation(len(faces))]
        shuffled = group_faces([faces[at] for at in order], vectors[order], BUNDLED)
        assert ids(shuffled) == expected


def test_faces_that_a_person_put_together_stay_together_whatever_they_look_like() -> None:
    faces, vectors = album("red", "red", "blue", "blue", "green")
    faces[1] = replace(faces[1], pile=4)
    faces[2] = replace(faces[2], pile=4)
    (joined,) = [group for group in group_faces(faces, vectors, BUNDLED) if 1 in ids([group])[0]]
    assert {1, 2} <= {face.id for face in joined}


def test_faces_that_a_person_told_apart_stay_apart_however_alike() -> None:
    faces, vectors = album("red", "red", "red", "red")
    for at, pile in ((0, 1), (1, 1), (2, 2), (3, 2)):
        faces[at] = replace(faces[at], pile=pile)
    groups = group_faces(faces, vectors, BUNDLED, frozenset({frozenset({1, 2})}))
    assert sorted(ids(groups)) == [[0, 1], [2, 3]]


def test_a_face_that_resembles_everybody_has_an_excess_and_others_have_none() -> None:
    rng = np.random.default_rng(0)
    spread = rng.standard_normal((400, 223)).astype(
        np.float32
    )  # strangers' cosines deviate by 0.067
    spread /= np.linalg.norm(spread, axis=1, keepdims=True)
    everybody = np.concatenate([spread, spread.mean(axis=0, keepdims=True)])
    everybody[-1] /= np.linalg.norm(everybody[-1])
    found = excess(everybody, draw_cohort(spread), BUNDLED)
    assert np.abs(found[:-1]).max() < 0.03
    assert found[-1] > found[:-1].max()


def test_a_group_of_faces_and_a_new_one_are_as_alike_in_placing_as_in_grouping() -> None:
    faces, vectors = album("red", "red", "red")
    rows = np.arange(3)
    zeros = np.zeros(3, np.float32)
    clusters = Clusters(vectors.copy(), zeros, zeros, rows, rows, np.full(3, -1), frozenset())
    clusters.join(0, 1)
    likeness = float(clusters.likeness(np.array([0]), np.array([2]))[0])
    group = [Member(faces[at], vectors[at]) for at in (0, 1)]
    for lift, expected in ((-1e-4, Place(group=1)), (1e-4, Place())):
        pack = replace(BUNDLED, group=likeness + lift, group_per_tenfold=0, auto=1.0)
        assert (
            place_face(Member(faces[2], vectors[2]), {1: group}, [], pack=pack, count=9) == expected
        )


def test_the_threshold_grows_with_the_library_between_its_limits() -> None:
    small, middle, large = (BUNDLED.group_threshold(count) for count in (50, 1_000, 100_000))
    assert BUNDLED.ask - 0.05 <= small < middle == BUNDLED.group < large <= BUNDLED.auto


def test_a_group_carries_its_number_on_and_a_new_one_has_none() -> None:
    old = [Face(id=at, photo=at, quality=0.9, group=7) for at in range(3)]
    split = [Face(id=9, photo=9, quality=0.9, group=7)]
    new = [Face(id=at, photo=at, quality=0.9) for at in (20, 21)]
    assert keep_names([old, split, new]) == [7, None, None]


def members(person: str, *lights: int, group: int | None, quality: float = 0.9) -> list[Member]:
    return [
        Member(Face(id=light, photo=light, quality=quality, group=group), vector_of(person, light))
        for light in lights
    ]


def place(face: Face, loners: list[Member] | None = None, **groups: list[Member]) -> Place:
    numbered = {int(name[1:]): group for name, group in groups.items()}
    new = Member(face, vector_of("red", 200))
    return place_face(new, numbered, loners or [], pack=BUNDLED, count=10)


NEW = Face(id=-1, photo=1, quality=0.9)


def test_a_new_face_joins_the_group_it_fits() -> None:
    red, blue = members("red", 101, 102, group=1), members("blue", 103, 104, group=2)
    assert place(NEW, g1=red, g2=blue) == Place(group=1)


def test_a_new_face_joins_no_group_that_its_photo_is_in_already() -> None:
    red = members("red", 101, NEW.photo, group=1)
    assert place(NEW, g1=red) == Place()


def test_a_new_face_and_a_lone_one_make_a_group() -> None:
    assert place(NEW, members("red", 101, group=None)) == Place(partner=101)


def test_a_poor_new_face_makes_no_group() -> None:
    assert place(replace(NEW, quality=0.2), members("red", 101, group=None)) == Place()


def gallery(*people: str) -> Gallery:
    rows = [vector_of(person, 100) for person in people]
    return Gallery(tuple(range(len(people))), np.stack(rows))


def probe(person: str, face: int = 0, **more: object) -> Probe:
    values = {"face": face, "quality": 0.9, "vector": vector_of(person, 200)} | more
    return Probe(**values)  # type: ignore[arg-type]  # the fields of a test's own making


def test_a_face_matches_its_person_and_nobody_else() -> None:
    found = match_faces([probe("blue")], gallery("red", "blue"), taken=set(), pack=BUNDLED)
    assert found == [Match(face=0, person=1, sure=True)]


def test_two_people_who_look_alike_are_asked_about() -> None:
    twins = Gallery((0, 1), np.stack([vector_of("red", 100), vector_of("red", 101)]))
    (match,) = match_faces([probe("red")], twins, taken=set(), pack=BUNDLED)
    assert not match.sure


@pytest.mark.parametrize("refused", [{0}, frozenset({0})])
def test_a_refused_person_is_no_match(refused: set[int]) -> None:
    found = match_faces([probe("red", refused=refused)], gallery("red"), taken=set(), pack=BUNDLED)
    assert found == []


def test_overlap_is_one_for_the_same_box_and_nothing_for_others() -> None:
    box = (0.1, 0.1, 0.2, 0.2)
    assert overlap(box, box) == pytest.approx(1)
    assert overlap(box, (0.5, 0.5, 0.1, 0.1)) == 0
    assert overlap(box, (0.1, 0.2, 0.2, 0.2)) == pytest.approx(1 / 3)


def test_boxes_are_paired_with_their_best_and_once() -> None:
    known = [(0.1, 0.1, 0.2, 0.2), (0.6, 0.1, 0.2, 0.2)]
    found = [
        (0.61, 0.1, 0.2, 0.2),
        (0.1, 0.1, 0.2, 0.2),
        (0.11, 0.11, 0.2, 0.2),
        (0.3, 0.6, 0.1, 0.1),
    ]
    assert pair_boxes(found, known) == [1, 0, None, None]
