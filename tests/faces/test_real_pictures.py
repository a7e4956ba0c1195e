"""The step with the real engine on real pictures."""

import numpy as np
import pytest
from PIL import Image

from faces.models import FaceGroup, Template
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
