"""Whether the owner should look at a photo again before sharing it.

It is never said in a description, never found by a search and never told to anybody else: the owner is
asked, and nothing is kept from anybody (describe.sensitivity).
"""

from photolib.core.pixels import Pixels
from photolib.describe.analyser import Analyser
from photolib.describe.models import FactKind
from photolib.describe.nudity import MODEL, VERSION, guard
from photolib.describe.seen import SeenFact
from photolib.describe.sensitivity import ASK_FROM
from photolib.describe.vocabulary.signs import Sensitivity
from photolib.library.models import Photo


def look(_photo: Photo, pixels: Pixels) -> list[SeenFact]:
    score = guard.score(pixels.array)
    if score < ASK_FROM:
        return []
    return [SeenFact(kind=FactKind.SENSITIVITY, label=Sensitivity.NUDITY, confidence=score)]


ANALYSER = Analyser(
    step="check_sensitivity", version=1, model=MODEL, model_version=VERSION, look=look
)
