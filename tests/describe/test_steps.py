"""The step that writes down what was seen."""

from pathlib import Path

import pytest

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.describe.boxes import Box
from photolib.describe.models import Fact
from photolib.describe.object_detector import SeenObject, detector
from photolib.describe.services import reject_fact
from photolib.describe.steps import find_objects, replace_objects
from tests.factories import photo_row, picture

pytestmark = pytest.mark.django_db

DOG = SeenObject("dog", Box(0.1, 0.1, 0.4, 0.4), 0.9)
CUP = SeenObject("cup", Box(0.6, 0.6, 0.1, 0.1), 0.5)


def labels() -> list[tuple[str, bool]]:
    return [(fact.label, fact.rejected) for fact in Fact.objects.order_by("pk")]


def test_step_writes_only_when_the_runner_lets_it(
    alice: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detector, "detect", lambda _image: [DOG])
    path = tmp_path / "picture.jpg"
    path.write_bytes(picture())
    write = find_objects.run(photo_row(alice), Pixels(path, name="picture.jpg"))
    assert labels() == []
    assert write is not None
    write()
    fact = Fact.objects.get()
    assert (fact.label, fact.step, fact.model) == ("dog", "find_objects", "ssd-mobilenet-v2")
    assert (fact.left, fact.top, fact.width, fact.height) == (0.1, 0.1, 0.4, 0.4)


def test_second_run_writes_the_same(alice: User) -> None:
    photo = photo_row(alice)
    replace_objects(photo, [DOG, CUP])
    replace_objects(photo, [DOG, CUP])
    assert labels() == [("dog", False), ("cup", False)]


def test_rejected_fact_stays_rejected_when_it_is_seen_again(alice: User) -> None:
    photo = photo_row(alice)
    replace_objects(photo, [DOG, CUP])
    reject_fact(fact=Fact.objects.get(label="dog"), by=alice)
    elsewhere = SeenObject("dog", Box(0.7, 0.1, 0.2, 0.2), 0.9)
    shifted = SeenObject("dog", Box(0.12, 0.1, 0.4, 0.4), 0.8)
    replace_objects(photo, [shifted, elsewhere])
    assert labels() == [("dog", True), ("dog", False)]
    assert Fact.objects.get(rejected=False).left == 0.7


def test_other_photos_and_other_steps_are_left_alone(alice: User) -> None:
    photo, other = photo_row(alice, seed=1), photo_row(alice, seed=2)
    replace_objects(other, [CUP])
    Fact.objects.create(
        photo=photo, kind="object", label="cat", confidence=0.9,
        step="another_step", model="m", version="1",
    )  # fmt: skip
    replace_objects(photo, [DOG])
    assert sorted(labels()) == [("cat", False), ("cup", False), ("dog", False)]
