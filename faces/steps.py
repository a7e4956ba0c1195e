"""The step of one photo's way that looks for faces."""

from functools import partial

from faces.again import STEP
from faces.engine import engines_in_use
from faces.looking import look
from faces.looking_ahead import look_ahead
from faces.writing import write_findings
from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write
from photolib.library.models import Photo


def _find_faces(photo: Photo, pixels: Pixels) -> Write:
    """Find the faces, and recognise those of people who said yes, as far as the library allows."""
    engine, coming = engines_in_use()
    findings = look(photo, pixels.array, engine)
    ahead = None if coming is None else look_ahead(photo, pixels.array, findings, coming)
    return partial(write_findings, findings, ahead)


find_faces = Step(name=STEP, version=2, run=_find_faces)
