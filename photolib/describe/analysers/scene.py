"""What the whole picture shows, its light and its kind: one reading by EfficientNet for all three."""

from django.db.models import Max

from photolib.core.pixels import Pixels
from photolib.describe.analyser import Analyser
from photolib.describe.efficientnet import MODEL, VERSION, network
from photolib.describe.models import AnalyserOff, Fact, FactKind
from photolib.describe.seen import SeenFact
from photolib.describe.thresholds import HEDGED_FROM
from photolib.describe.vocabulary import PERSON
from photolib.describe.whole.concepts import concepts_of
from photolib.describe.whole.file_facts import file_facts
from photolib.describe.whole.light import light_of
from photolib.describe.whole.picture_sort import sort_of, surface_of
from photolib.library.models import Photo
from photolib.people.models import FaceRegion

# What this step leans on, and reads from the database, where it ran before.
_OBJECTS = "find_objects"


def look(photo: Photo, pixels: Pixels) -> list[SeenFact]:
    reading = network.read(pixels.array)
    objects = _objects(photo)
    file = file_facts(
        pixels.path,
        name=photo.original_name,
        camera=photo.camera_make,
        width=photo.width,
        height=photo.height,
    )
    return [
        *sort_of(reading.probabilities, surface_of(pixels.array), file),
        *concepts_of(reading.probabilities, objects, people=_may_show_people(photo, objects)),
        *light_of(reading.probabilities, objects, pixels.image),
    ]


def _objects(photo: Photo) -> dict[str, float]:
    """The best score of each label that the detector found in this photo."""
    found = Fact.objects.filter(photo=photo, kind=FactKind.OBJECT, rejected=False)
    return dict(found.values_list("label").annotate(best=Max("confidence")).order_by("label"))


def _may_show_people(photo: Photo, objects: dict[str, float]) -> bool:
    """Also where nobody looked for them."""
    if objects.get(PERSON, 0.0) >= HEDGED_FROM:
        return True
    if FaceRegion.objects.filter(photo=photo, dismissed=False).exists():
        return True
    return AnalyserOff.objects.filter(library=photo.library_id, step=_OBJECTS).exists()


ANALYSER = Analyser(
    step="find_scene",
    version=1,
    model=MODEL,
    model_version=VERSION,
    look=look,
    leans_on=(_OBJECTS,),
)
