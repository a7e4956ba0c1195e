"""The step that makes a photo findable: last, when all that can be known of it is known."""

from functools import partial

from photolib.core.pixels import Pixels
from photolib.core.steps import Step, Write
from photolib.library.models import Photo
from photolib.search.meaning import prepare_meaning
from photolib.search.services import index_photo as index


def _index_photo(photo: Photo, _pixels: Pixels) -> Write:
    return partial(_write, photo, prepare_meaning(photo))


def _write(photo: Photo, keep_meaning: Write) -> None:
    # Inside the writing transaction: it is quick, and reads what the steps before it wrote.
    index(photo)
    if keep_meaning is not None:
        keep_meaning()


index_photo = Step(name="index_photo", version=3, run=_index_photo)
