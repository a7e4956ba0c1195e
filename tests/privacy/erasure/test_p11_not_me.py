"""P11 (GDPR 16, 18, 21): "not me" is a box and a person, without a vector, and survives regrouping."""

import pytest

from faces.models import FaceGroup, Template, UnknownFace
from faces.services import name_group
from photolib.intake.models import StepRun, StepState
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, NotThisPerson
from photolib.people.services import say_not
from tests.faces.conftest import House
from tests.privacy.erasure.conftest import Commits, settle

pytestmark = pytest.mark.django_db


def test_p11_not_me_is_kept_without_a_vector_and_survives_regrouping(
    house: House, commits: Commits
) -> None:
    anna = house.person("Anna")
    house.switch(RecognitionState.HOUSEHOLD)
    house.says(anna, True)
    photos = [house.photo("red", light=light) for light in (150, 180, 200)]
    regions = [house.look(photo)[0] for photo in photos]
    with commits():
        house.names(regions[0], anna)
    settle(house, commits)
    rows = Appearance.objects.filter(region=regions[2], person=anna)
    assert rows.get().source == "machine"

    with commits():
        say_not(region=regions[2], person=anna, by=house.owner)
    settle(house, commits)
    assert NotThisPerson.objects.get().region == regions[2]
    assert {field.name for field in NotThisPerson._meta.fields} == {
        "id", "region", "person", "by", "created_at",
    }  # fmt: skip
    assert not Template.objects.filter(region=regions[2]).exists()

    # New photos, and everything looked at again: the groups are made anew, the no stays.
    for light in (140, 160, 170):
        house.look(house.photo("red", "blue", light=light))
    StepRun.objects.update(state=StepState.DUE)
    settle(house, commits)
    assert not rows.exists()
    assert NotThisPerson.objects.count() == 1


def test_p11_a_face_left_out_of_a_named_group_does_not_come_back_under_the_name(
    house: House, commits: Commits
) -> None:
    anna = house.person("Anna")
    house.switch(RecognitionState.HOUSEHOLD)
    house.says(anna, True)
    for light in (150, 180, 200):
        house.look(house.photo("red", light=light))
    group = FaceGroup.objects.get()
    shown = list(UnknownFace.objects.order_by("pk").values_list("region_id", flat=True))
    with commits():
        name_group(
            group=group, by=house.owner, shown_regions=shown, chosen_regions=shown[:2], person=anna
        )
    settle(house, commits)
    StepRun.objects.update(state=StepState.DUE)
    settle(house, commits)
    assert not Appearance.objects.filter(region=shown[2], person=anna).exists()
    assert NotThisPerson.objects.get().region_id == shown[2]
