"""Smiles: which faces are asked about, what is kept, and what the numbers mean."""

from dataclasses import fields
from pathlib import Path

import insightface  # noqa: TID251 for the pictures that come with it
import numpy as np
import pytest
import skimage
from numpy.typing import NDArray
from PIL import Image

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.describe.analysers import smiles
from photolib.describe.boxes import Box
from photolib.describe.models import Fact, FactKind
from photolib.describe.mouth import measures, reader
from photolib.describe.seen import SeenFact
from photolib.describe.steps import find_smiles
from photolib.library.models import Photo
from tests.describe.rows import face_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(alice: User) -> Photo:
    return photo_row(alice)


def pixels(path: Path) -> Pixels:
    return Pixels(path, name="photo.jpg", image=Image.new("RGB", (800, 600), "grey"))


@pytest.fixture
def look(photo: Photo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """What is said of the photo's faces where every mouth smiles with this probability."""

    def of(probability: float) -> list[SeenFact]:
        monkeypatch.setattr(reader, "smile", lambda _image, _face: probability)
        return list(smiles.look(photo, pixels(tmp_path)))

    return of


def test_smile_carries_the_box_of_the_face_and_the_measured_probability(photo: Photo, look) -> None:
    face_row(photo, 0.4)
    (fact,) = look(0.9)
    assert (fact.kind, fact.label, fact.box) == (
        FactKind.SMILE,
        "smiling",
        Box(0.4, 0.2, 0.1, 0.15),
    )
    assert fact.probability == 0.9


def test_what_is_not_probable_enough_is_not_said(photo: Photo, look) -> None:
    face_row(photo, 0.4)
    assert look(0.84) == []


def test_pictures_of_people_dismissed_small_and_doubtful_faces_are_not_asked_about(
    photo: Photo, look
) -> None:
    face_row(photo, 0.1, on_picture=True)
    face_row(photo, 0.3, dismissed=True)
    face_row(photo, 0.5, width=0.03, height=0.04)
    face_row(photo, 0.7, confidence=0.5)
    assert look(0.99) == []


def test_nothing_of_a_face_is_kept_but_the_word_and_the_box(
    photo: Photo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    face_row(photo, 0.4)
    monkeypatch.setattr(reader, "smile", lambda _image, _face: 0.9)
    write = find_smiles.run(photo, pixels(tmp_path))
    assert write is not None
    write()
    fact = Fact.objects.get()
    assert (fact.kind, fact.label, fact.text) == ("smile", "smiling", "")
    assert {field.name for field in fields(SeenFact)} == {
        "kind", "label", "confidence", "box", "probability", "text", "language", "place",
    }  # fmt: skip


def sample(path: Path) -> NDArray[np.uint8]:
    return np.asarray(Image.open(path).convert("RGB"))


ASTRONAUT = Path(skimage.__file__).parent / "data" / "astronaut.png"
ASTRONAUTS_FACE = Box(0.35, 0.14, 0.16, 0.23)


@pytest.mark.models
def test_astronaut_smiles() -> None:
    assert reader.smile(sample(ASTRONAUT), ASTRONAUTS_FACE) >= smiles.SAID_FROM


@pytest.mark.models
def test_measures_stay_when_the_face_is_mirrored_larger_or_tilted() -> None:
    points = reader.points(sample(ASTRONAUT), ASTRONAUTS_FACE).astype(np.float64)
    turn = np.array([[0.9, 0.4], [-0.4, 0.9]])
    moved = (points @ turn * 2.5 + 17).astype(np.float32)
    assert measures(moved) == pytest.approx(measures(points.astype(np.float32)), abs=1e-3)


@pytest.mark.models
def test_face_at_the_edge_of_the_picture_and_one_without_a_face_do_no_harm() -> None:
    image = sample(Path(insightface.__file__).parent / "data" / "images" / "t1.jpg")
    for box in (Box(0, 0, 0.05, 0.08), Box(0.95, 0.9, 0.05, 0.1)):
        assert 0 <= reader.smile(image, box) <= 1
