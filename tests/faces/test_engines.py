"""The contract on every engine, and what holds for single ones alone."""

import hashlib
import io
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.utils.module_loading import import_string
from numpy.typing import NDArray
from PIL import Image
from pytest_django import Settings

from faces.engine import ENGINES, FaceEngine, engine_for
from faces.packs import BUNDLED, BY_NAME, DETECTOR_FILE, RECOGNISER_FILE, Pack, PackFile
from faces.weights import path_of
from photolib.core.errors import ModelMissing
from photolib.core.model_files import ModelFile, find_model
from tests.faces.engine_contract import EngineContract, Sample
from tests.faces.fake_engine import FakeEngine, picture_of
from tests.faces.tiny_models import blocks, write_detector, write_recogniser


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


def tiny_pack() -> Pack:
    """The OpenCV pack with tiny weights in its folder, of which the data folder is a temporary one."""
    real = BY_NAME["opencv"]
    files = []
    for file, write in zip(real.files, (write_detector, write_recogniser), strict=True):
        path = path_of(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        files.append(replace(file, sha256=sha256, size=len(content)))
    return replace(real, detector_file=files[0], recogniser_file=files[1], auto=0.6)


class TestOpenCvEngine(EngineContract):
    @pytest.fixture
    def engine(self, settings: Settings, tmp_path: Path) -> FaceEngine:
        settings.PHOTOLIB_DATA = tmp_path
        made: FaceEngine = import_string(ENGINES["opencv"])(tiny_pack())
        return made

    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            one=blocks("red"),
            same=blocks("red", light=160),
            group=blocks("red", "green", "blue"),
            group_size=3,
            nobody=blocks(),
        )

    def test_nothing_is_printed(
        self, engine: FaceEngine, sample: Sample, capfd: pytest.CaptureFixture[str]
    ) -> None:
        engine.embed(sample.one, engine.detect(sample.one))
        assert capfd.readouterr() == ("", "")

    def test_the_mean_with_the_mirror_is_the_same_for_a_mirrored_picture(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        both = type(engine)(replace(engine.pack, flip=True))  # type: ignore[call-arg]
        assert self._vector(both, sample.one) == pytest.approx(
            self._vector(both, np.ascontiguousarray(sample.one[:, ::-1])), abs=0.02
        )

    def test_a_file_that_was_changed_is_refused_by_name(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        file = engine.pack.recogniser_file
        assert isinstance(file, PackFile)
        path_of(file).write_bytes(b"another file")
        faces = engine.detect(sample.one)
        with pytest.raises(ModelMissing, match=r"sface.*face_pack fetch opencv"):
            engine.embed(sample.one, faces)


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
    return engine_for(BUNDLED)


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

    def test_a_face_that_fills_the_picture_is_found_once(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        (face,) = engine.detect(sample.one)
        height, width = sample.one.shape[:2]
        edges = (face.left, face.top, face.left + face.width, face.top + face.height)
        box = tuple(
            round(edge * side) for edge, side in zip(edges, (width, height) * 2, strict=True)
        )
        close = Image.fromarray(sample.one).crop(box).resize((1200, 1500))
        (found,) = engine.detect(np.asarray(close))
        assert found.height > 0.7
        assert self._vector(engine, np.asarray(close)) @ self._vector(engine, sample.one) > 0.6

    def test_many_small_faces_of_a_large_picture_are_found(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        """Eighteen pixels across, seven where the picture is looked at in 640."""
        group = Image.fromarray(sample.group).resize((256, 177), Image.Resampling.LANCZOS)
        crowd = Image.new("RGB", (1600, 1200), (127, 127, 127))
        places = [(x, y) for x in range(40, 1300, 310) for y in range(40, 1000, 310)]
        for place in places:
            crowd.paste(group, place)
        faces = engine.detect(np.asarray(crowd))
        assert len(faces) >= 0.95 * len(places) * sample.group_size
        assert max(face.width for face in faces) < 1 / 50

    def test_a_blurred_small_face_has_less_quality(
        self, engine: FaceEngine, sample: Sample
    ) -> None:
        (sharp,) = engine.detect(sample.one)
        small = Image.fromarray(sample.one).resize((96, 96)).resize((512, 512))
        (soft,) = engine.detect(np.asarray(small))
        assert soft.quality < 0.85 * sharp.quality


@pytest.mark.models
def test_a_fresh_engine_works_with_every_socket_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched: not on loading, not on detecting, not on embedding."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the engine tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine = type(engine_for(BUNDLED))()
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
    engine = type(engine_for(BUNDLED))()
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
