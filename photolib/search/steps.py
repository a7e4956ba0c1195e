"""The step that makes a photo findable: last, when all that can be known of it is known."""

from functools import partial

from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write
from photolib.library.models import Photo
from photolib.search.services import index_photo as index


def _index_photo(photo: Photo, _pixels: Pixels) -> Write:
    # All inside the writing transaction: it is quick, and reads what the steps before it wrote.
    return partial(index, photo)


index_photo = Step(name="index_photo", version=3, run=_index_photo)
