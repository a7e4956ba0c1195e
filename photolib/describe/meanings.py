"""The sentences that the search by meaning reads: English ones by machine, and people's own. No names."""

from collections.abc import Iterator

from photolib.core.words import register_sentences
from photolib.describe.models import HumanText
from photolib.describe.queries import texts_for
from photolib.library.models import Photo

LANGUAGE = "en"


@register_sentences
def sentences_of_photo(photo: Photo) -> Iterator[str]:
    """What people wrote, then what the machine claims, as somebody reads it who may know no name."""
    for text in HumanText.objects.filter(photo=photo).order_by("language"):
        yield text.alt
        yield text.extended
    described = texts_for([photo], None, LANGUAGE)[photo.pk]
    # By date and place alone nobody looks for a meaning.
    if described.source == "machine":
        yield described.alt
    for claim in described.facts if described.source == "human" else ():
        yield claim.text
