"""What the tests of intake share: arriving files, fake steps, real worker processes."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.core.steps import photo_steps
from photolib.intake import leases
from photolib.intake.acceptance import accept_incoming
from photolib.intake.hands import Hand
from photolib.intake.models import Incoming, StepRun
from photolib.intake.services import receive
from photolib.library.models import Photo
from photolib.library.services import library_of
from tests.factories import picture
from tests.intake import fake_steps

ROOT = Path(__file__).resolve().parents[2]

SetSteps = Callable[..., None]
Receive = Callable[..., Incoming]


@pytest.fixture
def set_steps(settings: Settings) -> Iterator[SetSteps]:
    """`set_steps("first", "second")` makes these fake steps all there are."""

    def set_them(*names: str) -> None:
        settings.PHOTO_STEPS = [f"tests.intake.fake_steps.{name}" for name in names]
        photo_steps.cache_clear()

    fake_steps.CALLS.clear()
    set_them("first", "second")
    yield set_them
    photo_steps.cache_clear()


@pytest.fixture
def arrive(alice: User) -> Receive:
    """`arrive(seed=3)` receives a picture for alice; other content or owners to order."""

    def arrive_(
        content: bytes | None = None, *, seed: int = 0, name: str = "", owner: User | None = None
    ) -> Incoming:
        owner = owner or alice
        return receive(
            file=io.BytesIO(picture(seed=seed) if content is None else content),
            name=name or f"IMG_{seed:04}.jpg",
            library=library_of(owner),
            received_by=owner,
        )

    return arrive_


def accepted(incoming: Incoming) -> Photo:
    """The photo that a good file becomes."""
    photo_id = accept_incoming(incoming.pk)
    assert photo_id is not None
    return Photo.objects.get(pk=photo_id)


def claim_next(photo: Photo, hand: Hand) -> StepRun | None:
    """Take the photo's first step that is due, as a worker does."""
    queue = leases.queue_of(photo.pk)
    return queue[0] if queue and leases.claim_step(queue[0], hand) else None


def rings() -> list[dict[str, Any]]:
    """The doorbell's messages that nobody answered yet: django-q2's tasks, the oldest first."""
    queue = apps.get_model("django_q", "OrmQ")
    return [message.task for message in queue._default_manager.order_by("pk")]


class Processes:
    """Real `manage.py` processes on the test's database and folders; all are gone at the end."""

    def __init__(self, data: Path, keystore: Path) -> None:
        self._folders = {"PHOTOLIB_DATA": str(data), "PHOTOLIB_KEYSTORE": str(keystore)}
        self._started: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str, steps: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                **self._folders,
                "DJANGO_SETTINGS_MODULE": "tests.intake.settings_steps",
                "TEST_DATABASE": str(connection.settings_dict["NAME"]),
                "TEST_PHOTO_STEPS": steps,
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._started.append(process)
        return process

    def end(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


@pytest.fixture
def processes(transactional_db: None, settings: Settings) -> Iterator[Processes]:
    running = Processes(settings.PHOTOLIB_DATA, settings.PHOTOLIB_KEYSTORE)
    yield running
    running.end()


def until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait for something that another process does. Fails the test if it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{condition} did not come about in {seconds} s"
        time.sleep(0.05)
