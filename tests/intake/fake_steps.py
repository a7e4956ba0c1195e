"""Steps for tests: they do to order what real steps do by accident."""

import os
import time
from pathlib import Path

from django.conf import settings

from photolib.core.errors import StepError, StepMustWait
from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write
from photolib.library.models import Photo

# What was called, as (step, photo): tests empty it.
CALLS: list[tuple[str, int]] = []


def _note(name: str, photo: Photo) -> Write:
    CALLS.append((name, photo.pk))

    def write() -> None:
        # A mark in the row, so that a write that must not happen is seen.
        Photo.objects.filter(pk=photo.pk).update(lens=f"{photo.lens}{name} ")

    return write


def _first(photo: Photo, pixels: Pixels) -> Write:
    return _note("first", photo)


def _second(photo: Photo, pixels: Pixels) -> Write:
    return _note("second", photo)


def _failing(photo: Photo, pixels: Pixels) -> Write:
    CALLS.append(("failing", photo.pk))
    raise ValueError("seven is not a colour")


def _hopeless(photo: Photo, pixels: Pixels) -> Write:
    CALLS.append(("hopeless", photo.pk))
    raise StepError("This picture has no colours at all.", permanent=True)


def _locked(photo: Photo, pixels: Pixels) -> Write:
    CALLS.append(("locked", photo.pk))
    raise StepMustWait("The keys are locked.")


def _slow(photo: Photo, pixels: Pixels) -> Write:
    """Says that it began by a file, and waits until the file `go` is there."""
    data = Path(settings.PHOTOLIB_DATA)
    (data / f"began-{os.getpid()}").touch()
    until = time.monotonic() + 60
    while not (data / "go").exists() and time.monotonic() < until:
        time.sleep(0.02)
    return _note("slow", photo)


def _deadly(photo: Photo, pixels: Pixels) -> Write:
    os._exit(11)


first = Step(name="first", version=1, run=_first)
first_again = Step(name="first", version=2, run=_first)
second = Step(name="second", version=1, run=_second)
failing = Step(name="failing", version=1, run=_failing)
hopeless = Step(name="hopeless", version=1, run=_hopeless)
locked = Step(name="locked", version=1, run=_locked)
slow = Step(name="slow", version=1, run=_slow)
deadly = Step(name="deadly", version=1, run=_deadly)
