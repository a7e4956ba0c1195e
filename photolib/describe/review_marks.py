"""Which facts a person looked at when they decided, so that what changed since can be told.

A mark is [kind, label, text]: what is claimed, without where exactly and how sure. A fact that moved by
a few pixels, or whose score fell from 0.91 to 0.90, is no news to anybody. Facts that a person rejected
keep their mark: their own no is no news to them either.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from photolib.describe.fact_words import fact_in_words
from photolib.describe.models import Fact, FactKind
from photolib.library.models import Photo

Mark = list[str]

# What no description says by itself, and what a person said and no machine saw.
UNSAID = (FactKind.SENSITIVITY, FactKind.COLOUR, FactKind.OWN)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the machine sees now and did not when a person decided, and the other way round; in words."""

    new: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def marks_of(photos: Iterable[Photo]) -> dict[int, list[Mark]]:
    """The marks of each photo, sorted, by the photo's key. One SQL query."""
    keys = [photo.pk for photo in photos]
    marks: dict[int, list[Mark]] = {key: [] for key in keys}
    rows = Fact.objects.filter(photo__in=keys).exclude(kind__in=UNSAID)
    for key, *mark in rows.values_list("photo_id", "kind", "label", "text"):
        marks[key].append(mark)
    return {key: sorted(found) for key, found in marks.items()}


def digest_of(marks: Sequence[Mark]) -> str:
    """A short name of exactly these marks: who answers says by it what they were shown."""
    return sha256(json.dumps(sorted(marks)).encode()).hexdigest()[:16]


def changes(checked: Sequence[Mark], now: Sequence[Mark], language: str) -> Changes:
    """What came and what went, each in words of `language`."""
    before, after = _counted(checked), _counted(now)
    return Changes(_in_words(after - before, language), _in_words(before - after, language))


def _counted(marks: Sequence[Mark]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(mark) for mark in marks)


def _in_words(marks: Counter[tuple[str, ...]], language: str) -> tuple[str, ...]:
    return tuple(
        fact_in_words(kind, label, text, language) for kind, label, text in sorted(marks.elements())
    )
