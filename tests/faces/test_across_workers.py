"""What workers do that learn a face for several libraries: asleep meanwhile, and what it costs."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from faces.models import Template
from faces.steps import find_faces
from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.core.steps import Write
from photolib.library.models import Photo
from photolib.library.services import set_shared
from tests.faces.across import Commits, Home
from tests.faces.conftest import House, pixels_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(alice: User, bob: User, commits: Commits) -> Home:
    return Home(House(alice), House(bob), commits)


@pytest.fixture
def known(home: Home) -> Home:
    """Bob's library knows Carol by the photo that Alice shared."""
    home.shares()
    home.says(True, home.bob)
    assert len(home.learnt()) == 1
    return home


# --- Workers that slept -----------------------------------------------------------------------------


def sleeping(home: Home) -> Callable[[], None]:
    """A worker that looked at Alice's photo before what comes next, and writes after it."""
    Template.objects.filter(library=home.bob.library).delete()
    home.named.refresh_from_db()
    write = find_faces.run(home.named, pixels_of(home.alice.pictures[home.named.pk]))
    assert write is not None

    def wake() -> None:
        with home.commits(), transaction.atomic():
            write()

    return wake


def test_a_worker_writes_the_lesson_it_found(known: Home) -> None:
    sleeping(known)()
    assert len(known.learnt()) == 1


def test_a_worker_that_slept_through_a_no_to_bobs_library_writes_nothing_for_it(
    known: Home,
) -> None:
    wake = sleeping(known)
    known.alice.says(known.carol, False, known.bob.library)
    wake()
    assert known.learnt() == []
    known.settle()
    assert known.learnt() == []


def test_a_worker_that_slept_through_the_end_of_sharing_writes_nothing_for_bob(
    known: Home,
) -> None:
    wake = sleeping(known)
    set_shared(photos=[known.named], shared=False, by=known.alice.owner)
    wake()
    assert known.learnt() == []


def test_a_worker_that_slept_through_another_answer_to_bob_looks_again(known: Home) -> None:
    wake = sleeping(known)
    anna = known.alice.person("Anna")
    known.alice.says(anna, True, known.bob.library)
    wake()
    assert known.learnt() == []
    known.settle()
    assert len(known.learnt()) == 1


# --- What it costs ----------------------------------------------------------------------------------


def test_looking_at_a_photo_costs_no_more_questions_for_more_templates(known: Home) -> None:
    def cost() -> int:
        photo = known.bob.photo("red", light=170)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find_faces.run(photo, pixels_of(known.bob.pictures[photo.pk]))
        return len(queries)

    before = cost()
    for light in range(180, 250, 10):
        (region,) = known.alice.look(
            known.alice.photo("red", light=light, shared_with_household=True)
        )
        with known.commits():
            known.alice.names(region, known.carol)
    known.settle()
    assert len(known.learnt()) == 8
    assert cost() == before


def test_a_yes_to_bobs_library_has_only_the_photos_looked_at_that_can_teach(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.shares()
    for _ in range(3):
        home.alice.photo("blue", shared_with_household=True)
    home.settle()
    looked: list[int] = []

    def watch(photo: Photo, pixels: Pixels) -> Write | None:
        looked.append(photo.pk)
        return find_faces.run(photo, pixels)

    monkeypatch.setattr("tests.faces.conftest.find_faces", replace(find_faces, run=watch))
    home.says(True, home.bob)
    assert set(looked) == {home.named.pk}
