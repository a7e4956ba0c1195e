"""In which order the database is asked, so that the first page is quick for rare words and common ones.

Two ways, measured on 100,000 photos (docs/performance.md, docs/adr/0009): where few photos answer to one
part, begin with those; where every part is common, walk along the timeline and test each photo, since the
first page is soon full. Several common parts that hardly meet are found out by a look before.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from photolib.library.models import Photo
from photolib.search.parts import Part

# Common parts that meet in more photos than this are met often enough along the timeline.
MEETING = 500
# How far it is counted which of two common words is the rarer one.
_COUNTED = 20_000


def narrowed(photos: QuerySet[Photo], wanted: list[Part], unwanted: list[Part]) -> QuerySet[Photo]:
    """Those of `photos` of which all the wanted parts hold, and none of the unwanted."""
    begin = [part for part in wanted if part.few is not None]
    tested = [part for part in wanted if part.few is None]
    if begin:
        photos = photos.filter(pk__in=_in_all(begin))
    elif (keys := _meeting(tested)) is not None:
        photos, tested = photos.filter(pk__in=keys), []
    for part in tested:
        photos = photos.filter(part.test("pk", ""))
    for part in unwanted:
        photos = photos.exclude(pk__in=part.few) if part.few else _without(photos, part)
    return photos


def _in_all(parts: list[Part]) -> Collection[int] | QuerySet[Any, int]:
    """The keys that all of these have; of one part alone the query, which the database answers itself."""
    if len(parts) == 1 and parts[0].keys is not None:
        return parts[0].keys
    return frozenset.intersection(*(part.few for part in parts if part.few is not None))


def _without(photos: QuerySet[Photo], part: Part) -> QuerySet[Photo]:
    return photos if part.few is not None else photos.filter(~part.test("pk", ""))


def _meeting(parts: list[Part]) -> list[int] | None:
    """The photos in which several common parts meet, where these are few; None where it is not worth it.

    It reads the rarest word's rows and tests the other parts on each, until there are many.
    """
    words = [(part, part.word) for part in parts if part.word is not None]
    if len(parts) < 2 or not words or any(part.bounded for part in parts):
        return None
    if len(words) > 1:
        words.sort(key=lambda pair: pair[1].order_by()[:_COUNTED].count())
    rarest, rows = words[0]
    others = Q()
    for part in parts:
        if part is not rarest:
            others &= part.test("photo_id", "photo__")
    keys = list(rows.filter(others).order_by().values_list("photo_id", flat=True)[: MEETING + 1])
    return keys if len(keys) <= MEETING else None
