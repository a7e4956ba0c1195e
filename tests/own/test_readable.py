"""Names that can be read in photos: told, found, switched off, and known when the family names a thing."""

from pathlib import Path

import pytest

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.core.steps import photo_steps
from photolib.core.words import words_changed
from photolib.describe.models import Fact, FactKind
from photolib.describe.queries import texts_for
from photolib.describe.switching import switch_off, switches_of
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Photo
from photolib.library.services import library_of
from photolib.own.marking import delete_thing, mark, rename_thing
from photolib.own.steps import find_names
from photolib.search.queries import search_photos
from tests.describe.rows import fact_row
from tests.factories import photo_row
from tests.own.marks import LEFT

pytestmark = pytest.mark.django_db


def read_line(photo: Photo, text: str, **fields: object) -> Fact:
    box = {"left": 0.1, "top": 0.1, "width": 0.1, "height": 0.05}
    step = {"step": "read_text", "kind": FactKind.TEXT, "text": text, "confidence": 0.95}
    return fact_row(photo, "text", **(box | step | fields))  # type: ignore[arg-type]  # as they come


def run(photo: Photo) -> None:
    # No picture is opened: there is none.
    write = find_names.run(photo, Pixels(Path("nowhere.jpg"), name="a.jpg"))
    assert write is not None
    write()


def alt(photo: Photo, viewer: User) -> str:
    return texts_for([photo], viewer, "en")[photo.pk].alt


def test_a_name_that_was_read_is_told_and_found(alice: User) -> None:
    photo = photo_row(alice)
    read_line(photo, "COCA COLA")
    run(photo)
    assert "The name Coca-Cola can be read." in alt(photo, alice)
    words_changed.send(sender=Fact, photo=photo)  # as the step that indexes does later
    found = search_photos(alice, "coca-cola", "en").photos
    assert [one.pk for one in found] == [photo.pk]


def test_words_that_were_read_in_doubt_or_rejected_tell_no_name(alice: User) -> None:
    photo = photo_row(alice)
    read_line(photo, "LEGO", confidence=0.7)
    read_line(photo, "IKEA", rejected=True)
    run(photo)
    assert "can be read" not in alt(photo, alice)
    assert not Fact.objects.filter(text="IKEA", kind=FactKind.NAME).exists()


def test_running_twice_tells_it_once_and_a_no_stays(alice: User) -> None:
    photo = photo_row(alice)
    read_line(photo, "LEGO")
    run(photo)
    Fact.objects.filter(kind=FactKind.NAME).update(rejected=True)
    run(photo)
    assert Fact.objects.filter(kind=FactKind.NAME).count() == 1
    assert "can be read" not in alt(photo, alice)


def test_a_thing_of_ones_own_is_known_by_its_name_and_photos_with_it_are_read_again(
    alice: User,
) -> None:
    photo, other = photo_row(alice, seed=1), photo_row(alice, seed=2)
    read_line(photo, "FIETE KIEL")
    read_line(other, "Harbour")
    for one in (photo, other):
        StepRun.objects.create(photo=one, step="find_names", version=1, state=StepState.DONE)
    row = mark(photo=other, name="Fiete", box=LEFT, by=alice)
    due = StepRun.objects.filter(step="find_names").exclude(state=StepState.DONE)
    assert [one.photo_id for one in due] == [photo.pk]
    run(photo)
    assert "The name Fiete can be read." in alt(photo, alice)
    rename_thing(thing=row.thing, name="Möwe", by=alice)
    run(photo)
    assert "can be read" not in alt(photo, alice)
    delete_thing(thing=row.thing, by=alice)


def test_it_has_a_switch_that_takes_what_it_told(alice: User) -> None:
    photo = photo_row(alice)
    read_line(photo, "LEGO")
    run(photo)
    assert "find_names" in {one.step for one in switches_of(library_of(alice))}
    switch_off(library=library_of(alice), step="find_names", by=alice)
    assert not Fact.objects.filter(kind=FactKind.NAME).exists()
    run(photo)
    assert not Fact.objects.filter(kind=FactKind.NAME).exists()


def test_it_runs_after_the_words_are_read_and_before_the_index() -> None:
    steps = [step.name for step in photo_steps()]
    assert steps.index("read_text") < steps.index("find_names") < steps.index("index_photo")
