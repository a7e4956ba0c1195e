"""P13: a fresh install recognises nobody, and does not even need the file that could."""

import pytest

from faces.insightface_engine import InsightFaceEngine
from faces.packs import RECOGNISER_FILE
from faces.steps import find_faces
from photolib.accounts.models import User
from photolib.core.errors import ModelMissing
from photolib.core.model_files import ModelFile, find_model
from photolib.core.pixels import Pixels
from photolib.demo.pictures import first_pictures
from photolib.library.models import RecognitionState
from photolib.library.services import library_of
from photolib.people.models import Appearance, FaceRegion
from tests.factories import photo_row

pytestmark = [pytest.mark.django_db, pytest.mark.models]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> InsightFaceEngine:
    """The real engine of a machine from which the recognition model was removed."""

    def find(model: ModelFile) -> object:
        if model == RECOGNISER_FILE:
            raise ModelMissing("The recognition model is not on this machine.")
        return find_model(model)

    monkeypatch.setattr("faces.insightface_engine.find_model", find)
    made = InsightFaceEngine()
    monkeypatch.setattr("faces.steps.engines_in_use", lambda: (made, None))
    return made


def test_p13_a_fresh_install_counts_faces_without_the_recognition_model(
    alice: User, engine: InsightFaceEngine, tmp_path
) -> None:
    assert library_of(alice).recognition == RecognitionState.OFF
    group = max(first_pictures(), key=lambda picture: len(picture.who))
    file = tmp_path / "group.jpg"
    file.write_bytes(group.jpeg)
    photo = photo_row(alice)
    write = find_faces.run(photo, Pixels(file, name="group.jpg"))
    assert write is not None
    write()
    assert FaceRegion.objects.filter(photo=photo).count() >= 4
    assert not Appearance.objects.exists()


def test_p13_the_missing_model_is_missed_as_soon_as_somebody_is_to_be_recognised(
    engine: InsightFaceEngine, tmp_path
) -> None:
    """Or the test above would prove nothing."""
    group = max(first_pictures(), key=lambda picture: len(picture.who))
    file = tmp_path / "group.jpg"
    file.write_bytes(group.jpeg)
    image = Pixels(file, name="group.jpg").array
    faces = engine.detect(image)
    with pytest.raises(ModelMissing, match="not on this machine"):
        engine.embed(image, faces)
