"""Who smiles: of the faces that were found, each with the face's box.

This tells nobody apart and keeps nothing of a face but the box and the word, so it is done as well where
face recognition is off; it has a switch of its own. A smile is what a mouth does, no mood.
"""

from photolib.core.pixels import Pixels
from photolib.describe.analyser import Analyser
from photolib.describe.boxes import Box
from photolib.describe.models import FactKind
from photolib.describe.mouth import MODEL, VERSION, reader
from photolib.describe.seen import SeenFact
from photolib.describe.vocabulary.signs import Smile
from photolib.library.models import Photo
from photolib.people.models import FaceRegion

# From this probability on a smile is said; docs/models.md says how it was chosen.
SAID_FROM = 0.85
# Of a face with a longer side below this in pixels, the mouth is not seen.
SMALLEST = 40
# A face that the detector hardly took for one: turned away, covered, cut off.
SUREST_FACES = 0.6


def look(photo: Photo, pixels: Pixels) -> list[SeenFact]:
    regions = FaceRegion.objects.filter(
        photo=photo, dismissed=False, confidence__gte=SUREST_FACES
    ).order_by("left", "top", "pk")
    faces = [Box(one.left, one.top, one.width, one.height) for one in regions if not one.is_picture]
    facts = []
    for face in faces:
        if not _large_enough(face, pixels):
            continue
        probability = reader.smile(pixels.array, face)
        if probability >= SAID_FROM:
            facts.append(
                SeenFact(
                    kind=FactKind.SMILE,
                    label=Smile.SMILING,
                    confidence=probability,
                    probability=probability,
                    box=face,
                )
            )
    return facts


def _large_enough(face: Box, pixels: Pixels) -> bool:
    height, width = pixels.array.shape[:2]
    return bool(max(face.width * width, face.height * height) >= SMALLEST)


ANALYSER = Analyser(step="find_smiles", version=1, model=MODEL, model_version=VERSION, look=look)
