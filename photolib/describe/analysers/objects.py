"""Things, living beings and people as such, each with a box."""

from photolib.core.pixels import Pixels
from photolib.describe.analyser import Analyser
from photolib.describe.calibration import calibration_of
from photolib.describe.models import FactKind
from photolib.describe.object_detector import MODEL, VERSION, detector
from photolib.describe.seen import SeenFact
from photolib.library.models import Photo


def look(_photo: Photo, pixels: Pixels) -> list[SeenFact]:
    return [
        SeenFact(
            kind=FactKind.OBJECT,
            label=one.label,
            confidence=one.confidence,
            probability=calibration_of(one.label).probability(one.confidence),
            box=one.box,
        )
        for one in detector.detect(pixels.array)
    ]


ANALYSER = Analyser(step="find_objects", version=3, model=MODEL, model_version=VERSION, look=look)
