"""What kind of picture it is, where it is no photo of a scene: a screenshot, a receipt, a drawing."""

from photolib.describe.models import FactKind
from photolib.describe.sureness import surest
from photolib.describe.view import PhotoView, SeenThing
from photolib.describe.vocabulary.signs import PictureSort

# Things in these are words on paper or shapes on a screen: the models know photos only.
OF_PAPER = frozenset({PictureSort.DOCUMENT, PictureSort.RECEIPT})
# Whose content is what is written there.
OF_TEXT = frozenset({*OF_PAPER, PictureSort.SCREENSHOT})


def sort_of(view: PhotoView) -> SeenThing | None:
    """The kind of picture; None for a photo, and where nobody can tell."""
    return surest(view.signs_of(FactKind.PICTURE))
