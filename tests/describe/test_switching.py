"""The owner's switches: off means gone, on brings it back, through the real runner."""

import io
from collections.abc import Iterator

import numpy as np
import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from photolib import settings as configured
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.steps import photo_steps
from photolib.describe.analyser import analysers_in_use
from photolib.describe.analysers.told import TOLD
from photolib.describe.boxes import Box
from photolib.describe.detection.found import SeenObject
from photolib.describe.efficientnet import Reading, network
from photolib.describe.models import AnalyserOff, Draft, DraftState, Fact, FactKind
from photolib.describe.object_detector import detector
from photolib.describe.queries import texts_for
from photolib.describe.services import edit_text, reject_fact
from photolib.describe.switching import switch_off, switch_on, switches_of
from photolib.intake.acceptance import accept_incoming
from photolib.intake.models import StepRun, StepState
from photolib.intake.runner import run_photo
from photolib.intake.services import receive
from photolib.library.models import Photo
from photolib.library.services import library_of
from photolib.search.queries import search_photos
from tests.factories import picture

pytestmark = pytest.mark.django_db
CASTLE = 483


@pytest.fixture(autouse=True)
def _seen(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The detector sees a dog, the network a castle; three steps are all there are."""
    probabilities = np.zeros(1000, np.float32)
    probabilities[CASTLE] = 0.9
    reading = Reading(probabilities, np.zeros(1280, np.float32))
    dog = SeenObject("dog", Box(0.1, 0.1, 0.4, 0.4), 0.9)
    monkeypatch.setattr(detector, "detect", lambda _image: [dog])
    monkeypatch.setattr(network, "read", lambda _image: reading)
    settings.PHOTO_STEPS = [
        "photolib.describe.steps.find_objects",
        "photolib.describe.steps.find_scene",
        "photolib.search.steps.index_photo",
    ]
    photo_steps.cache_clear()
    yield
    photo_steps.cache_clear()


def photo_of(owner: User, seed: int = 0) -> Photo:
    arrival = receive(
        file=io.BytesIO(picture(seed=seed)),
        name=f"{seed}.jpg",
        library=library_of(owner),
        received_by=owner,
    )
    pk = accept_incoming(arrival.pk)
    assert pk is not None
    run_photo(pk)
    return Photo.objects.get(pk=pk)


def labels(photo: Photo) -> set[str]:
    return set(Fact.objects.filter(photo=photo).values_list("label", flat=True))


def alt(photo: Photo, viewer: User) -> str:
    return texts_for([photo], viewer, "en")[photo.pk].alt


def found(viewer: User, word: str) -> list[int]:
    return [photo.pk for photo in search_photos(viewer, word, "en").photos]


def test_off_means_gone_facts_words_and_descriptions_and_on_brings_them_back(alice: User) -> None:
    photo, library = photo_of(alice), library_of(alice)
    assert "castle" in alt(photo, alice)
    assert found(alice, "castle") == [photo.pk]

    switch_off(library=library, step="find_scene", by=alice)
    assert labels(photo) == {"dog"}
    assert "castle" not in alt(photo, alice)
    run_photo(photo.pk)
    assert found(alice, "castle") == []
    assert found(alice, "dog") == [photo.pk]

    switch_on(library=library, step="find_scene", by=alice)
    run_photo(photo.pk)
    assert {"castle", "dog"} <= labels(photo)
    assert "castle" in alt(photo, alice)
    assert found(alice, "castle") == [photo.pk]


def test_while_it_is_off_a_new_photo_is_not_looked_at(alice: User) -> None:
    switch_off(library=library_of(alice), step="find_objects", by=alice)
    assert "dog" not in labels(photo_of(alice))


def test_what_leans_on_a_switched_step_is_due_again_and_nothing_else(alice: User) -> None:
    photo = photo_of(alice)
    switch_off(library=library_of(alice), step="find_objects", by=alice)
    due = StepRun.objects.filter(photo=photo, state=StepState.DUE)
    assert set(due.values_list("step", flat=True)) == {"find_scene", "index_photo"}


def test_another_library_keeps_its_analysers_and_its_facts(alice: User, bob: User) -> None:
    his = photo_of(bob, seed=1)
    photo_of(alice)
    switch_off(library=library_of(alice), step="find_objects", by=alice)
    assert "dog" in labels(his)
    assert not StepRun.objects.filter(photo=his).exclude(state=StepState.DONE).exists()
    assert all(switch.is_on for switch in switches_of(library_of(bob)))


def test_what_was_rejected_and_offered_goes_too_and_a_persons_words_stay(alice: User) -> None:
    photo = photo_of(alice)
    reject_fact(fact=Fact.objects.get(photo=photo, label="dog"), by=alice)
    edit_text(photo=photo, language="en", alt="Our Bello", extended="", by=alice)
    for model, state in (("one", DraftState.OFFERED), ("two", DraftState.ACCEPTED)):
        Draft.objects.create(photo=photo, language="en", alt="A dog.", model=model, state=state)
    switch_off(library=library_of(alice), step="find_objects", by=alice)
    assert not Fact.objects.filter(photo=photo, kind=FactKind.OBJECT).exists()
    assert [draft.model for draft in Draft.objects.all()] == ["two"]
    assert alt(photo, alice) == "Our Bello"


def test_only_the_owner_may_switch_and_only_analysers(alice: User, bob: User) -> None:
    for switch in (switch_on, switch_off):
        with pytest.raises(NotAllowed):
            switch(library=library_of(alice), step="find_scene", by=bob)
        with pytest.raises(Http404):
            switch(library=library_of(alice), step="index_photo", by=alice)
    assert not AnalyserOff.objects.exists()


def test_switching_twice_is_the_same_as_once(alice: User) -> None:
    library = library_of(alice)
    for _time in range(2):
        switch_off(library=library, step="find_scene", by=alice)
    assert AnalyserOff.objects.count() == 1
    for _time in range(2):
        switch_on(library=library, step="find_scene", by=alice)
    assert all(switch.is_on for switch in switches_of(library))


def test_switches_are_listed_with_their_facts_in_few_queries(
    alice: User, django_assert_num_queries
) -> None:
    photo_of(alice)
    library = library_of(alice)
    with django_assert_num_queries(2):
        listed = {switch.step: switch.facts for switch in switches_of(library)}
    assert listed == {
        "find_objects": 1,
        "find_scene": Fact.objects.filter(step="find_scene").count(),
    }


def test_every_analyser_has_words_for_its_owner(settings) -> None:
    settings.PHOTO_STEPS = configured.PHOTO_STEPS
    photo_steps.cache_clear()
    steps = {analyser.step for analyser in analysers_in_use()}
    assert steps <= TOLD.keys()
    assert {"find_objects", "find_scene", "measure_quality"} <= steps


def test_page_says_what_each_does_and_its_button_switches(
    alice: User, alice_client: Client
) -> None:
    photo = photo_of(alice)
    page = alice_client.get(reverse("pages:analysers"))
    assert "Things, animals and people" in page.text
    address = reverse("pages:analyser_switch", args=["find_scene"])
    after = alice_client.post(address, {"on": "no"}, follow=True)
    assert "Switched off: Place, light and kind of picture" in after.text
    assert "castle" not in labels(photo)
    alice_client.post(address, {"on": "yes"})
    run_photo(photo.pk)
    assert "castle" in labels(photo)


def test_programs_can_switch_too(alice: User, alice_client: Client) -> None:
    photo_of(alice)
    address = reverse("api:analyser", args=["find_scene"])
    answer = alice_client.put(address, {"is_on": False}, content_type="application/json")
    assert (answer.status_code, answer.json()["is_on"], answer.json()["facts"]) == (200, False, 0)
    listed = alice_client.get(reverse("api:analysers")).json()
    assert [one["is_on"] for one in listed] == [True, False]
    unknown = reverse("api:analyser", args=["index_photo"])
    answer = alice_client.put(unknown, {"is_on": False}, content_type="application/json")
    assert answer.status_code == 404
