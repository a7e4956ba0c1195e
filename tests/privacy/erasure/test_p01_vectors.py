"""P1 (GDPR 4(14), 9(1)): no vector at rest without a live yes or an unexpired grouping key."""

import pytest

from faces.models import GroupingSession, Template, UnknownFace
from photolib.consent import keys
from photolib.consent.decisions import people_allowing
from photolib.consent.models import Purpose
from photolib.library.models import RecognitionState
from tests.faces.conftest import House
from tests.faces.fake_engine import PEOPLE, vector_of
from tests.privacy.erasure.traces import files_holding, traces_of


@pytest.mark.django_db(transaction=True)
def test_p01_no_vector_rests_without_a_yes(house: House) -> None:
    """Two people said yes, one took it back, one never answered, two are strangers."""
    anna, ben, eva = house.person("Anna"), house.person("Ben"), house.person("Eva")
    house.switch(RecognitionState.CONSENTED)
    for person in (anna, ben):
        house.says(person, True)
    red, green, blue, *_strangers = house.look(
        house.photo("red", "green", "blue", "yellow", "pink", light=200)
    )
    for region, person in ((red, anna), (green, ben), (blue, eva)):
        house.names(region, person)
    house.look_at_due()
    sealed = {template.person: bytes(template.sealed) for template in Template.objects.all()}
    house.says(ben, False)
    house.look(house.photo("red", "green", "blue", "yellow", light=150))

    allowing = people_allowing(Purpose.RECOGNISE, house.library)
    assert [template.person_id for template in Template.objects.all()] == [anna.pk]
    assert allowing == {anna.pk}
    assert not UnknownFace.objects.exists()
    for colour in PEOPLE:
        for light in (150, 200):
            for trace in traces_of(vector_of(colour, light)):
                assert files_holding(trace) == []
    assert files_holding(sealed[ben][100:164]) == []


@pytest.mark.django_db(transaction=True)
def test_p01_vectors_of_unknown_faces_rest_sealed_under_the_grouping_key_only(
    house: House,
) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    house.look(house.photo("red", "blue", light=200))
    key_id = GroupingSession.objects.get().key_id
    sealed = [bytes(face.sealed) for face in UnknownFace.objects.all()]
    assert len(sealed) == 2
    for colour in ("red", "blue"):
        for trace in traces_of(vector_of(colour, 200)):
            assert files_holding(trace) == []
    house.switch(RecognitionState.CONSENTED)
    assert not keys.exists(key_id)
    assert not UnknownFace.objects.exists()
