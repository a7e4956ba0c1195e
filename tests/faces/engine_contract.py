"""What every face engine must do: run on the fake one and on the real one alike."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from faces.engine import FaceEngine


@dataclass(frozen=True)
class Sample:
    """Two pictures of one person, a group of others with its number, and one of nobody."""

    one: NDArray[np.uint8]
    same: NDArray[np.uint8]
    group: NDArray[np.uint8]
    group_size: int
    nobody: NDArray[np.uint8]


class EngineContract:
    """Subclasses give the fixtures `engine` and `sample`."""

    @pytest.fixture
    def engine(self) -> FaceEngine:
        raise NotImplementedError

    @pytest.fixture
    def sample(self) -> Sample:
        raise NotImplementedError

    def test_every_face_of_a_group_is_found_from_left_to_right(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        faces = engine.detect(sample.group)
        assert len(faces) == sample.group_size
        assert [face.left for face in faces] == sorted(face.left for face in faces)

    def test_nobody_is_found_where_nobody_is(self, engine: FaceEngine, sample: Sample) -> None:
        assert engine.detect(sample.nobody) == []

    def test_boxes_and_qualities_are_fractions_inside_the_picture(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        for face in engine.detect(sample.group) + engine.detect(sample.one):
            assert 0 <= face.left < face.left + face.width <= 1
            assert 0 <= face.top < face.top + face.height <= 1
            assert 0 < face.confidence <= 1
            assert 0 < face.quality <= 1

    def test_landmarks_lie_in_the_box_eyes_above_mouth(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        (face,) = engine.detect(sample.one)
        assert len(face.landmarks) == 5
        for x, y in face.landmarks:
            assert face.left < x < face.left + face.width
            assert face.top < y < face.top + face.height
        left_eye, right_eye, _nose, left_mouth, _right_mouth = face.landmarks
        assert left_eye[0] < right_eye[0]
        assert left_eye[1] < left_mouth[1]

    def test_embeddings_are_unit_vectors_of_the_packs_length(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        vectors = engine.embed(sample.group, engine.detect(sample.group))
        assert vectors.shape == (sample.group_size, engine.pack.dimensions)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)

    def test_no_faces_give_no_vectors(self, engine: FaceEngine, sample: Sample) -> None:
        assert engine.embed(sample.nobody, []).shape == (0, engine.pack.dimensions)

    def test_two_pictures_of_one_person_are_above_the_strict_threshold(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        one, same = self._vector(engine, sample.one), self._vector(engine, sample.same)
        assert float(one @ same) > engine.pack.auto

    def test_two_people_are_below_the_threshold_of_a_question(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        vectors = engine.embed(sample.group, engine.detect(sample.group))
        cosines = vectors @ vectors.T - 2 * np.eye(len(vectors))
        assert float(cosines.max()) < engine.pack.ask

    def test_the_same_picture_gives_the_same_faces_and_vectors(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        first, second = engine.detect(sample.group), engine.detect(sample.group)
        assert first == second
        assert np.allclose(
            engine.embed(sample.group, first), engine.embed(sample.group, second), atol=1e-5
        )

    def test_a_picture_that_must_not_be_written_to_is_fine(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        picture = sample.one.copy()
        picture.flags.writeable = False
        assert engine.embed(picture, engine.detect(picture)).shape[0] == 1

    @pytest.mark.parametrize("shape", [(1, 1, 3), (1, 1600, 3), (1600, 3, 3), (30, 1600, 3)])
    def test_odd_shapes_hold_no_faces_and_do_no_harm(
        self, engine: FaceEngine, shape: tuple[int, int, int]
    ) -> None:
        assert engine.detect(np.full(shape, 128, dtype=np.uint8)) == []

    def _vector(self, engine: FaceEngine, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        (face,) = engine.detect(picture)
        return np.asarray(engine.embed(picture, [face])[0])
