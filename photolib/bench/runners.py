"""The processes that are measured: each gets ready, waits for the word, works, and says when it ended.

Times are of the monotonic clock, which all processes of one machine share.
"""

import secrets
import sys
import time
from pathlib import Path

import numpy as np
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from photolib.accounts.models import User
from photolib.accounts.services import create_owner
from photolib.bench.bare import BareLoop
from photolib.bench.describing.pairs import OBJECTS, analyser_steps
from photolib.consent.services import set_recognition
from photolib.core.steps import photo_steps
from photolib.describe.models import AnalyserOff
from photolib.describe.object_detector import detector
from photolib.intake.hands import Hand
from photolib.intake.models import StepRun, StepState
from photolib.intake.services import receive
from photolib.intake.worker import work
from photolib.library.models import Photo, RecognitionState
from photolib.library.services import library_of


def prepare_pipeline(files: list[Path]) -> None:
    """An owner with recognition on, and the files received: what is measured begins after this."""
    owner = create_owner(
        username="bench",
        display_name="Bench",
        password=secrets.token_urlsafe(),
        household_name="Bench",
    )
    library = library_of(owner)
    set_recognition(library=library, state=RecognitionState.HOUSEHOLD, by=owner, declared=True)
    # The bare loop finds faces and things: what else is seen is measured by `bench_describe`.
    AnalyserOff.objects.bulk_create(
        AnalyserOff(library=library, step=step.name)
        for step in analyser_steps()
        if step.name != OBJECTS
    )
    for file in files:
        with file.open("rb") as opened:
            receive(file=opened, name=file.name, library=library, received_by=owner)


def run_pipeline() -> None:
    """One worker: all of the product's way, from the received file to the last step's commit."""
    _warm_up_models()
    last = time.monotonic()

    def note() -> None:
        nonlocal last
        last = time.monotonic()

    _wait_for_the_word()
    work(Hand(), drain=True, with_chores=False, tell=note)
    _say(last)


def run_bare(files: list[Path], out: Path) -> None:
    """One process of the bare loop over its share of the files."""
    loop = BareLoop()
    loop.run(files[0], out / "warm-up")
    _wait_for_the_word()
    for file in files:
        loop.run(file, out)
    _say(time.monotonic())


def what_was_done() -> dict[str, int]:
    """Photos and steps that are done, to see that nothing was left out."""
    return {
        "photos": Photo.objects.count(),
        "steps_done": StepRun.objects.filter(state=StepState.DONE).count(),
        "steps_expected": Photo.objects.count() * len(photo_steps()),
        "owners": User.objects.count(),
    }


def _warm_up_models() -> None:
    """Load every model, as a worker that has done a photo before has them loaded."""
    blank = np.full((640, 640, 3), 127, dtype=np.uint8)
    detector.detect(blank)
    if apps.is_installed("faces"):
        engine = import_string("faces.engine.current_engine")()
        engine.detect(blank)
        face = import_string("faces.engine.DetectedFace")(
            left=0.3, top=0.3, width=0.4, height=0.4, confidence=1.0, quality=1.0,
            landmarks=((0.4, 0.4), (0.6, 0.4), (0.5, 0.5), (0.42, 0.6), (0.58, 0.6)),
        )  # fmt: skip
        engine.embed(blank, [face])


def _wait_for_the_word() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def _say(ended: float) -> None:
    sys.stdout.write(f"ended {ended!r} {settings.PHOTOLIB_DATA}\n")
    sys.stdout.flush()
