"""The analyser of names that can be read: it looks at the words that were read, at no picture."""

from photolib.core.pixels import Pixels
from photolib.core.steps import step_wanted
from photolib.core.words import fold
from photolib.describe.analyser import Analyser
from photolib.describe.models import Fact, FactKind
from photolib.describe.readable_names import names_in
from photolib.describe.rows import thing_of
from photolib.describe.seen import SeenFact
from photolib.describe.text_reader import MODEL, VERSION
from photolib.describe.vocabulary.signs import Text
from photolib.library.models import Library, Photo
from photolib.own.models import OwnThing

FIND_NAMES = "find_names"
# More are a shop's shelf or a page of advertisements: nobody wants to hear them all.
MOST_NAMES = 5
# A name that stands in more photos is on everything: it is found there as photos are looked at again.
_MOST_AGAIN = 500


def look(photo: Photo, _pixels: Pixels) -> list[SeenFact]:
    lines = list(
        Fact.objects.filter(photo=photo, kind=FactKind.TEXT, rejected=False)
        .exclude(text="")
        .order_by("place", "pk")
    )
    given = OwnThing.objects.filter(library=photo.library_id).values_list("name", flat=True)
    found = names_in([line.text for line in lines], list(given) if lines else ())
    return [
        SeenFact(
            kind=FactKind.NAME,
            label=Text.NAME,
            confidence=lines[one.line].confidence,
            box=thing_of(lines[one.line]).box,
            text=one.name,
            place=number,
        )
        for number, one in enumerate(found[:MOST_NAMES], start=1)
    ]


def read_again(library: Library, name: str) -> None:
    """Have the step look again at the photos in which a name may be read: it came, or went."""
    words = fold(name)
    if not words:
        return
    facts = Fact.objects.filter(
        photo__library=library, kind=FactKind.TEXT, text__icontains=words[0]
    )
    photos = Photo.objects.filter(pk__in=facts.values("photo")).order_by("-pk")
    for photo in photos[:_MOST_AGAIN]:
        for step in (FIND_NAMES, "index_photo"):
            step_wanted.send(sender=OwnThing, step=step, library=library, photo=photo)


ANALYSER = Analyser(
    step=FIND_NAMES,
    version=1,
    model=MODEL,
    model_version=VERSION,
    look=look,
    leans_on=("read_text",),
)
