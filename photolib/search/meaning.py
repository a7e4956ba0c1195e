"""Search by meaning, where PHOTOLIB_MEANING_SEARCH is on: over a photo's words, never over its pixels.

The words are those of the index in one language, the place and people's own texts; names of people are
not among them. Results are ranked, not cut at a score, so they are shown apart from exact ones.
"""

from collections.abc import Callable
from functools import partial
from hashlib import sha256

import numpy as np
from django.conf import settings
from django.db.models import QuerySet

from photolib.core.words import sentences_of
from photolib.library.models import Photo
from photolib.search import meaning_model
from photolib.search.models import PhotoMeaning

# So many are shown; of so many rows the vectors are compared at once (3 MB).
MOST_ALIKE = 24
_BLOCK = 4096
Row = tuple[int, bytes | memoryview]


def is_on() -> bool:
    return bool(settings.MEANING_SEARCH)


def prepare_meaning(photo: Photo) -> Callable[[], None]:
    """Read the photo's sentences and make their vector, which is slow; returns what writes it.

    An unchanged photo costs no new vector; a photo without sentences has none, and loses what it had.
    """
    text = " ".join(sentences_of(photo)) if is_on() else ""
    rows = PhotoMeaning.objects.filter(photo=photo)
    if not text:
        return partial(_remove, photo)
    digest = sha256(f"{meaning_model.MODEL}\n{text}".encode()).hexdigest()
    if rows.filter(digest=digest).exists():
        return _nothing
    vector = meaning_model.passages([text])[0].astype(np.float16)
    return partial(_keep, photo, digest, vector.tobytes())


def _keep(photo: Photo, digest: str, vector: bytes) -> None:
    values = {"model": meaning_model.MODEL, "digest": digest, "vector": vector}
    PhotoMeaning.objects.update_or_create(photo=photo, defaults=values)


def _remove(photo: Photo) -> None:
    PhotoMeaning.objects.filter(photo=photo).delete()


def _nothing() -> None:
    """The vector that is there is the right one."""


def alike(text: str, photos: QuerySet[Photo], most: int = MOST_ALIKE) -> list[int]:
    """The keys of those of `photos` whose words are nearest in meaning to the question, nearest first."""
    if not is_on() or not text.strip():
        return []
    wanted = meaning_model.question(text)
    rows = PhotoMeaning.objects.filter(
        model=meaning_model.MODEL, photo__in=photos.order_by().values("pk")
    ).values_list("photo_id", "vector")
    best: list[tuple[float, int]] = []
    block: list[Row] = []
    for row in rows.iterator(chunk_size=_BLOCK):
        block.append(row)
        if len(block) == _BLOCK:
            best, block = _best(best, block, wanted, most), []
    return [key for _score, key in _best(best, block, wanted, most)]


def _best(
    best: list[tuple[float, int]],
    block: list[Row],
    wanted: np.typing.NDArray[np.float32],
    most: int,
) -> list[tuple[float, int]]:
    """The highest scores so far with those of one more block of rows."""
    if not block:
        return best
    vectors = np.frombuffer(b"".join(bytes(vector) for _key, vector in block), np.float16)
    scores = vectors.reshape(len(block), -1).astype(np.float32) @ wanted
    first = np.argsort(-scores)[:most]
    found = [(float(scores[place]), block[place][0]) for place in first]
    return sorted([*best, *found], reverse=True)[:most]
