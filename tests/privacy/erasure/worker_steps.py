"""The step of faces with the fake engine, for real worker processes; it tells the test what they hold."""

import os
import threading
import time
from functools import partial
from pathlib import Path

from django.conf import settings

from faces import held
from faces.again import STEP
from faces.looking import look
from faces.writing import write_findings
from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write
from photolib.library.models import Photo
from tests.faces.fake_engine import FakeEngine

ENGINE = FakeEngine()


def _find(photo: Photo, pixels: Pixels) -> Write:
    """A photo called slow… waits, after it was looked at, until the file `go` is there."""
    findings = look(photo, pixels.array, ENGINE)
    data = Path(settings.PHOTOLIB_DATA)
    (data / f"matched-{os.getpid()}-{len(findings.matches)}").touch()
    until = time.monotonic() + 120
    while photo.original_name.startswith("slow") and not (data / "go").exists():
        if time.monotonic() > until:
            break
        time.sleep(0.02)
    return partial(write_findings, findings)


def _tell_on() -> None:
    data = Path(settings.PHOTOLIB_DATA)
    while True:
        holding = data / f"holding-{os.getpid()}"
        if held.is_holding():
            holding.touch()
        else:
            holding.unlink(missing_ok=True)
        time.sleep(0.1)


find_faces = Step(name=STEP, version=1, run=_find)
if "TEST_PHOTO_STEPS" in os.environ:
    threading.Thread(target=_tell_on, daemon=True).start()
