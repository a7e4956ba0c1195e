"""The real network, through the real step."""

import numpy as np
import pytest

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.core.steps import photo_steps
from photolib.describe.efficientnet import network
from photolib.describe.models import Fact
from photolib.describe.switching import switch_off, switches_of
from photolib.library.services import library_of
from photolib.library.storage import original_path
from photolib.own.models import PhotoLook
from photolib.own.numbers import features_from_bytes
from photolib.own.steps import match_own
from tests.factories import photo_row, picture

pytestmark = pytest.mark.django_db


def pixels_of(photo) -> Pixels:
    path = original_path(photo.original)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture())
    return Pixels(path, name="a.jpg")


@pytest.mark.models
def test_a_photo_is_kept_as_numbers_of_length_one_and_states_no_fact(alice: User) -> None:
    photo = photo_row(alice)
    for _again in range(2):
        write = match_own.run(photo, pixels_of(photo))
        assert write is not None
        write()
    look = PhotoLook.objects.get()
    features = features_from_bytes(bytes(look.features))
    assert len(bytes(look.features)) == 2560
    assert np.linalg.norm(features) == pytest.approx(1, abs=0.01)
    assert not Fact.objects.exists()


@pytest.mark.models
def test_what_was_seen_before_the_owner_switched_off_is_not_written(alice: User) -> None:
    photo = photo_row(alice)
    write = match_own.run(photo, pixels_of(photo))
    switch_off(library=library_of(alice), step="match_own", by=alice)
    assert write is not None
    write()
    assert not PhotoLook.objects.exists()
    assert match_own.run(photo, pixels_of(photo)) is None


def test_it_has_a_switch_like_the_others_and_runs_before_the_index(alice: User) -> None:
    steps = [step.name for step in photo_steps()]
    assert steps.index("match_own") < steps.index("index_photo")
    assert "match_own" in {switch.step for switch in switches_of(library_of(alice))}


@pytest.mark.models
def test_a_picture_that_was_just_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (np.full((300, 300, 3), shade, np.uint8) for shade in (90, 200))
    read = network.read(first).features
    monkeypatch.setattr(network, "_pass", None)
    assert network.features(first) is read
    with pytest.raises(TypeError):
        network.features(second)
