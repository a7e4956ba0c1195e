"""A library of coloured people, looked at by the fake engine."""

from collections.abc import Callable, Iterator, Set
from datetime import date
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from django.db import transaction
from PIL import Image

from faces import held
from faces.steps import find_faces
from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.services import answer, set_recognition
from photolib.core.pixels import Pixels
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Library, Photo, RecognitionState
from photolib.library.services import library_of
from photolib.people.models import Appearance, FaceRegion, Person
from photolib.people.services import say_who
from tests.faces.fake_engine import FakeEngine, picture_of
from tests.factories import photo_row


@pytest.fixture(autouse=True)
def fake(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """The fake engine instead of the real one, but where a test is marked `models`."""
    made = FakeEngine()
    if request.node.get_closest_marker("models") is None:
        monkeypatch.setattr("faces.steps.engines_in_use", lambda: (made, None))
    yield made
    held.drop()


def pixels_of(image: Image.Image) -> Pixels:
    """As the runner hands them to a step, without a file behind them."""
    return cast("Pixels", SimpleNamespace(image=image, array=np.asarray(image)))


class House:
    """Alice's library, its people, and the photos taken of them."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        self.pictures: dict[int, Image.Image] = {}

    @property
    def library(self) -> Library:
        return library_of(self.owner)

    def photo(
        self, *people: str, light: int = 200, posters: Set[str] = frozenset(), **fields: object
    ) -> Photo:
        """A photo of these people, not yet looked at. posters: who of them is on a poster."""
        seed = len(self.pictures) + 1
        photo = photo_row(self.owner, seed=seed, **fields)
        self.pictures[photo.pk] = picture_of(*people, light=light, posters=posters)
        StepRun.objects.create(photo=photo, step=find_faces.name, version=1)
        return photo

    def look(self, photo: Photo) -> list[FaceRegion]:
        """Run the step as the runner does; its faces from left to right."""
        photo.refresh_from_db()
        StepRun.objects.filter(photo=photo).update(state=StepState.RUNNING)
        write = find_faces.run(photo, pixels_of(self.pictures[photo.pk]))
        with transaction.atomic():
            StepRun.objects.filter(photo=photo).update(state=StepState.DONE)
            if write is not None:
                write()
        return list(FaceRegion.objects.filter(photo=photo).order_by("left"))

    def look_at_due(self) -> int:
        """Work until no photo is due, as a worker does; how many runs that took."""
        runs = 0
        while True:
            due = StepRun.objects.filter(state=StepState.DUE).order_by("photo_id").first()
            if due is None:
                return runs
            self.look(due.photo)
            runs += 1
            assert runs < 200, "the photos are looked at again and again"

    def person(self, name: str, *, birthday: date | None = None) -> Person:
        """Somebody of the household with an account of their own."""
        user = User.objects.create_user(
            username=name.lower(), display_name=name, household=self.owner.household
        )
        assert self.owner.household is not None
        return Person.objects.create(
            household=self.owner.household, name=name, user=user, birthday=birthday
        )

    def says(self, person: Person, granted: bool, library: Library | None = None) -> None:
        """The person answers whether they may be recognised."""
        assert person.user is not None
        answer(
            person=person,
            library=library or self.library,
            purpose=Purpose.RECOGNISE,
            granted=granted,
            by=person.user,
            language="en",
        )

    def names(self, region: FaceRegion, person: Person) -> Appearance:
        return say_who(region=region, photo=region.photo, person=person, by=self.owner)

    def switch(self, state: RecognitionState) -> None:
        set_recognition(library=self.library, state=state, by=self.owner, declared=True)


@pytest.fixture
def house(alice: User) -> House:
    return House(alice)


@pytest.fixture
def commits(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> Callable[..., object]:
    """`with commits():` runs what waits for the commit, as outside of a test."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
