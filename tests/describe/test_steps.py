"""The step that writes down what was seen."""

from dataclasses import replace
from pathlib import Path

import pytest

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.describe.analysers.objects import ANALYSER
from photolib.describe.boxes import Box
from photolib.describe.detection.found import SeenObject
from photolib.describe.models import AnalyserOff, Fact, FactKind
from photolib.describe.object_detector import MODEL, detector
from photolib.describe.seen import SeenFact
from photolib.describe.services import reject_fact
from photolib.describe.steps import find_objects
from photolib.describe.writing import replace_facts
from photolib.library.models import Photo
from tests.factories import photo_row, picture

pytestmark = pytest.mark.django_db

OBJECT = FactKind.OBJECT
DOG = SeenFact(kind=OBJECT, label="dog", confidence=0.9, box=Box(0.1, 0.1, 0.4, 0.4))
CUP = SeenFact(kind=OBJECT, label="cup", confidence=0.5, box=Box(0.6, 0.6, 0.1, 0.1))
SIGN = SeenFact(kind=FactKind.TEXT, label="text", confidence=0.9, text="CLOSED", language="en")


def write(photo: Photo, *seen: SeenFact) -> None:
    replace_facts(photo, seen, step="find_objects", model="m", version="1")


def run(photo: Photo, path: Path) -> None:
    write = find_objects.run(photo, Pixels(path, name="picture.jpg"))
    assert write is not None
    write()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A picture in which the detector sees a dog."""
    seen = [SeenObject(DOG.label, DOG.box, DOG.confidence)] if DOG.box else []
    monkeypatch.setattr(detector, "detect", lambda _image: seen)
    path = tmp_path / "picture.jpg"
    path.write_bytes(picture())
    return path


def labels() -> list[tuple[str, bool]]:
    return [(fact.label, fact.rejected) for fact in Fact.objects.order_by("pk")]


def test_step_writes_only_when_the_runner_lets_it(alice: User, path: Path) -> None:
    write = find_objects.run(photo_row(alice), Pixels(path, name="picture.jpg"))
    assert labels() == []
    assert write is not None
    write()
    fact = Fact.objects.get()
    assert (fact.label, fact.step, fact.model) == ("dog", "find_objects", MODEL)
    assert (fact.left, fact.top, fact.width, fact.height) == (0.1, 0.1, 0.4, 0.4)


def test_step_sees_nothing_where_the_owner_switched_it_off(alice: User, path: Path) -> None:
    photo = photo_row(alice)
    run(photo, path)
    AnalyserOff.objects.create(library=photo.library, step=ANALYSER.step)
    run(photo, path)
    assert labels() == []


def test_nothing_is_written_that_was_seen_before_it_was_switched_off(
    alice: User, path: Path
) -> None:
    photo = photo_row(alice)
    write = find_objects.run(photo, Pixels(path, name="picture.jpg"))
    AnalyserOff.objects.create(library=photo.library, step=ANALYSER.step)
    assert write is not None
    write()
    assert labels() == []


def test_words_that_were_read_are_kept_with_their_language(alice: User) -> None:
    write(photo_row(alice), SIGN)
    fact = Fact.objects.get()
    assert (fact.kind, fact.text, fact.language, fact.left) == ("text", "CLOSED", "en", None)


def test_second_run_writes_the_same(alice: User) -> None:
    photo = photo_row(alice)
    write(photo, DOG, CUP)
    write(photo, DOG, CUP)
    assert labels() == [("dog", False), ("cup", False)]


def test_rejected_fact_stays_rejected_when_it_is_seen_again(alice: User) -> None:
    photo = photo_row(alice)
    write(photo, DOG, CUP)
    reject_fact(fact=Fact.objects.get(label="dog"), by=alice)
    elsewhere = replace(DOG, box=Box(0.7, 0.1, 0.2, 0.2))
    shifted = replace(DOG, box=Box(0.12, 0.1, 0.4, 0.4), confidence=0.8)
    write(photo, shifted, elsewhere)
    assert labels() == [("dog", True), ("dog", False)]
    assert Fact.objects.get(rejected=False).left == 0.7


def test_other_photos_and_other_steps_are_left_alone(alice: User) -> None:
    photo, other = photo_row(alice, seed=1), photo_row(alice, seed=2)
    write(other, CUP)
    Fact.objects.create(
        photo=photo, kind="object", label="cat", confidence=0.9,
        step="another_step", model="m", version="1",
    )  # fmt: skip
    write(photo, DOG)
    assert sorted(labels()) == [("cat", False), ("cup", False), ("dog", False)]
