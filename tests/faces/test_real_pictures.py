"""The step with the real engine on real pictures, and grouping on ../shared/data."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from faces.engine import Vectors, engine_for
from faces.grouping import Face, group_faces
from faces.models import FaceGroup, Template
from faces.packs import BUNDLED
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, AppearanceState
from tests.faces.conftest import House
from tests.faces.test_engines import again, astronaut

pytestmark = pytest.mark.models


@pytest.mark.django_db
def test_a_real_face_is_learnt_and_found_again(house: House) -> None:
    first, second = house.photo(), house.photo()
    house.pictures[first.pk] = Image.fromarray(astronaut())
    house.pictures[second.pk] = Image.fromarray(again(astronaut()))
    house.switch(RecognitionState.CONSENTED)
    eileen = house.person("Eileen")
    house.says(eileen, True)
    (region,) = house.look(first)
    house.names(region, eileen)
    house.look(first)
    assert Template.objects.get().person == eileen
    house.look(second)
    found = Appearance.objects.get(photo=second)
    assert (found.person, found.state) == (eileen, AppearanceState.AUTO)


@pytest.mark.django_db
def test_six_real_people_in_two_pictures_are_six_groups(house: House) -> None:
    data = pytest.importorskip("insightface.data")
    picture = np.ascontiguousarray(data.get_image("t1")[:, :, ::-1])
    house.switch(RecognitionState.HOUSEHOLD)
    for array in (picture, np.ascontiguousarray(picture[:, ::-1])):
        photo = house.photo()
        house.pictures[photo.pk] = Image.fromarray(array)
        assert len(house.look(photo)) == 6
    assert [group.faces.count() for group in FaceGroup.objects.all()] == [2] * 6


def bcubed(found: list[int], truth: list[str]) -> tuple[float, float]:
    """Precision and recall of each face's group, averaged over the faces (Bagga and Baldwin 1998)."""
    _, labels = np.unique(found, return_inverse=True)
    _, people = np.unique(truth, return_inverse=True)
    same_group = labels[:, None] == labels[None, :]
    same_person = people[:, None] == people[None, :]
    right = (same_group & same_person).sum(1)
    precision = right / same_group.sum(1)
    recall = right / same_person.sum(1)
    return float(precision.mean()), float(recall.mean())


@pytest.mark.shared
@pytest.mark.slow
def test_people_of_lfw_are_grouped(shared_data: Path) -> None:
    """Thresholds were set from the published error rates of the pack, not on these pictures."""
    engine = engine_for(BUNDLED)
    faces: list[Face] = []
    vectors: list[Vectors] = []
    people: list[str] = []
    for file in sorted((shared_data / "faces" / "lfw_fold1").glob("*/*.jpg")):
        picture = np.asarray(Image.open(file).convert("RGB"))
        found = engine.detect(picture)
        if not found:
            continue
        central = min(found, key=lambda face: abs(face.left + face.width / 2 - 0.5))
        faces.append(Face(id=len(faces), photo=len(faces), quality=central.quality))
        vectors.append(engine.embed(picture, [central])[0])
        people.append(file.parent.name)
    groups = [-1 - at for at in range(len(faces))]
    for number, group in enumerate(group_faces(faces, np.stack(vectors), engine.pack)):
        for face in group:
            groups[face.id] = number
    precision, recall = bcubed(groups, people)
    assert precision > 0.99
    assert recall > 0.98
