"""How the picture came out, and its main colours: measured, without a model."""

from photolib.core.pixels import Pixels
from photolib.describe.analyser import Analyser
from photolib.describe.models import Fact, FactKind
from photolib.describe.seen import SeenFact
from photolib.describe.whole.colours import colours_of
from photolib.describe.whole.quality import quality_of
from photolib.library.models import Photo

MODEL = "measured"
VERSION = "1"


def look(photo: Photo, pixels: Pixels) -> list[SeenFact]:
    # White paper is not overexposed, and a dark screen no dark photo.
    is_photo = not Fact.objects.filter(photo=photo, kind=FactKind.PICTURE, rejected=False).exists()
    quality = quality_of(pixels.image) if is_photo else []
    return [*quality, *colours_of(pixels.image)]


ANALYSER = Analyser(
    step="measure_quality",
    version=1,
    model=MODEL,
    model_version=VERSION,
    look=look,
    leans_on=("find_scene",),
)
