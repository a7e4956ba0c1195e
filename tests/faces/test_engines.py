"""The contract on both engines, and what holds for the real one alone."""

import io
import socket
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from faces.engine import FaceEngine, current_engine
from faces.packs import DETECTOR_FILE, RECOGNISER_FILE
from photolib.core.errors import ModelMissing
from photolib.core.model_files import ModelFile, find_model
from tests.faces.engine_contract import EngineContract, Sample
from tests.faces.fake_engine import FakeEngine, picture_of


class TestFakeEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> FaceEngine:
        return FakeEngine()

    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            one=np.asarray(picture_of("red", light=200)),
            same=np.asarray(picture_of("red", light=150)),
            group=np.asarray(picture_of("red", "green", "blue")),
            group_size=3,
            nobody=np.asarray(picture_of()),
        )


def astronaut() -> NDArray[np.uint8]:
    data = pytest.importorskip("skimage.data")
    return np.asarray(data.astronaut())


def again(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same person as another file would show her: smaller, mirrored, saved as JPEG."""
    image = Image.fromarray(picture).resize((360, 360)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60)
    return np.asarray(Image.open(out))


@pytest.fixture(scope="session")
def real_engine() -> FaceEngine:
    return current_engine()


@pytest.mark.models
class TestInsightFaceEngine(EngineContract):
    @pytest.fixture
    def engine(self, real_engine: FaceEngine) -> FaceEngine:
        return real_engine

    @pytest.fixture
    def sample(self) -> Sample:
        data = pytest.importorskip("insightface.data")
        picture = astronaut()
        return Sample(
            one=picture,
            same=again(picture),
            group=np.ascontiguousarray(data.get_image("t1")[:, :, ::-1]),
            group_size=6,
            nobody=np.full((480, 640, 3), 128, dtype=np.uint8),
        )

    def test_nothing_is_printed_and_no_warning_is_raised(
        self, engine: FaceEngine, sample: Sample, capfd: pytest.CaptureFixture[str]
    ) -> None:
        engine.embed(sample.one, engine.detect(sample.one))
        assert capfd.readouterr() == ("", "")

    def test_a_blurred_small_face_has_less_quality(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        (sharp,) = engine.detect(sample.one)
        small = Image.fromarray(sample.one).resize((96, 96)).resize((512, 512))
        (soft,) = engine.detect(np.asarray(small))
        assert soft.quality < 0.7 * sharp.quality


@pytest.mark.models
def test_a_fresh_engine_works_with_every_socket_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched: not on loading, not on detecting, not on embedding."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the engine tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine = type(current_engine())()
    picture = astronaut()
    assert engine.embed(picture, engine.detect(picture)).shape == (1, 512)


@pytest.mark.models
def test_faces_are_found_where_the_recognition_file_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without_recogniser(model: ModelFile) -> object:
        if model == RECOGNISER_FILE:
            raise ModelMissing("not installed")
        return find_model(model)

    monkeypatch.setattr("faces.insightface_engine.find_model", without_recogniser)
    engine = type(current_engine())()
    picture = astronaut()
    faces = engine.detect(picture)
    assert len(faces) == 1
    with pytest.raises(ModelMissing):
        engine.embed(picture, faces)


@pytest.mark.parametrize("model", [DETECTOR_FILE, RECOGNISER_FILE])
def test_model_files_are_the_ones_that_were_tested(model: ModelFile) -> None:
    assert find_model(model).is_file()


def test_asking_for_the_pages_opens_no_native_library() -> None:
    """Web processes never need the engine: importing the app must not bring its libraries."""
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'photolib.settings';"
        "django.setup(); import faces.steps, faces.urls;"
        "print([name for name in ('insightface', 'onnxruntime', 'cv2') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.strip() == "[]", done.stderr
