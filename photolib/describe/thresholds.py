"""From which score something is said, and from which it is said with a hedge.

Of things and people as such the numbers are in calibration.toml, with their evidence; docs/models.md says
how they were chosen.
"""

from photolib.describe.calibration import CALIBRATION, THING, calibration_of
from photolib.describe.vocabulary import PERSON

THING_SAID_FROM = CALIBRATION[THING].said_from
PERSON_SAID_FROM = CALIBRATION[PERSON].said_from
# Below the first threshold "may show"; below this one nothing.
HEDGED_FROM = CALIBRATION[THING].hedged_from
PERSON_HEDGED_FROM = CALIBRATION[PERSON].hedged_from
# The face detector's own scale; a face the person drew or named counts whatever its score.
FACE_SAID_FROM = 0.60


def said_from(label: str) -> float:
    """The score, 0..1, from which this label is asserted."""
    return calibration_of(label).said_from


def hedged_from(label: str) -> float:
    """The score, 0..1, from which this label is said with a hedge."""
    return calibration_of(label).hedged_from
