"""The step of one photo's way that looks for faces."""

from functools import partial

from faces.again import STEP
from faces.engine import current_engine
from faces.looking import look
from faces.writing import write_findings
from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write
from photolib.library.models import Photo


def _find_faces(photo: Photo, pixels: Pixels) -> Write:
    """Find the faces, and recognise those of people who said yes, as far as the library allows."""
    return partial(write_findings, look(photo, pixels.array, current_engine()))


find_faces = Step(name=STEP, version=1, run=_find_faces)
