"""Tags that learn: from the owner's answers to questions about other photos, on this machine alone.

What is learnt is a few numbers a tag. They go with the tag, with the library, and when they are asked to.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from photolib.describe.models import AnalyserOff
from photolib.library.models import Library, Photo
from photolib.own.learning import learn, scores
from photolib.own.models import PhotoLook, PhotoTag, Said, Tag
from photolib.own.numbers import (
    features_from_bytes,
    features_to_bytes,
    weights_from_bytes,
    weights_to_bytes,
)

# Fewer examples teach nothing worth asking about.
FEWEST_YES = 5
FEWEST_OTHERS = 5
# So many photos are learnt from at most, on either side: a tag is learnt in a second.
MOST_YES = 200
MOST_OTHERS = 400
# Open questions of one tag: a sitting, not a duty.
MOST_OPEN = 12
# Tags that one run of the chore learns.
_AT_ONCE = 10
_BATCH = 2000

Features = NDArray[np.float32]


def learn_due(_now: datetime) -> int:
    """Learn the tags of which something was said since. Returns how many. A chore: safe to run twice."""
    tags = list(Tag.objects.filter(due=True, learns=True).order_by("pk")[:_AT_ONCE])
    for tag in tags:
        # Before it reads: what is said meanwhile makes it due again.
        Tag.objects.filter(pk=tag.pk).update(due=False)
        teach(tag)
    return len(tags)


def teach(tag: Tag) -> bool:
    """Learn the tag from what was said of it, and ask about the photos that look like it.

    Returns False, and forgets what it knew, where there are too few examples.
    """
    if AnalyserOff.objects.filter(library=tag.library_id, step="match_own").exists():
        return False
    said = dict(PhotoTag.objects.filter(tag=tag).values_list("photo_id", "said"))
    yes = [photo for photo, word in said.items() if word == Said.YES]
    no = [photo for photo, word in said.items() if word == Said.NO]
    examples = _looks(sorted(yes, reverse=True)[:MOST_YES])
    others = _looks(_others(tag, no, said))
    if len(examples) < FEWEST_YES or len(others) < FEWEST_OTHERS:
        _forget([tag])
        return False
    learnt = learn(_rows(examples), _rows(others))
    with transaction.atomic():
        # Only where the owner has not forbidden it, or deleted it, while it was learning.
        kept = Tag.objects.filter(pk=tag.pk, learns=True).update(
            weights=weights_to_bytes(learnt.weights),
            ask_from=learnt.ask_from,
            learnt_at=timezone.now(),
            learnt_from=len(examples),
        )
        if not kept:
            return False
        tag.refresh_from_db()
        _ask_anew(tag, dict(zip(others, learnt.others_left_out, strict=True)))
    return True


def keep_look(*, photo: Photo, features: Features, model: str, version: str) -> None:
    """Keep what a photo looks like, and ask the questions that the library's tags have about it."""
    stored = features_to_bytes(features)
    PhotoLook.objects.update_or_create(
        photo=photo, defaults={"features": stored, "model": model, "version": version}
    )
    # Tagged before it was looked at: now there is something to learn from.
    waiting = Tag.objects.filter(photo_tags__photo=photo, learns=True, weights__isnull=True)
    waiting.update(due=True)
    tags = list(Tag.objects.filter(library=photo.library_id, learns=True, weights__isnull=False))
    if not tags:
        return
    weights = np.stack([weights_from_bytes(bytes(tag.weights or b"")) for tag in tags])
    for tag, score in zip(tags, scores(weights, features_from_bytes(stored)), strict=True):
        if score >= (tag.ask_from or 1) and _room(tag) > 0:
            _ask(tag, [(photo.pk, float(score))])


def forget(library: Library) -> None:
    """Forget what was learnt from every tag of the library, and withdraw the machine's questions.

    What people said stays: it is theirs.
    """
    _forget(list(Tag.objects.filter(library=library)))


def forget_tag(tag: Tag) -> None:
    """The same for one tag."""
    _forget([tag])


def _forget(tags: Sequence[Tag]) -> None:
    keys = [tag.pk for tag in tags]
    with transaction.atomic():
        Tag.objects.filter(pk__in=keys).update(
            weights=None, ask_from=None, learnt_at=None, learnt_from=0
        )
        _machines_questions(keys).delete()


def _ask_anew(tag: Tag, left_out: dict[int, float]) -> None:
    """Ask about the photos that score best, in the place of what was asked before.

    left_out: the scores of the photos that were learnt from as others, without themselves.
    """
    _machines_questions([tag.pk]).delete()
    said = set(PhotoTag.objects.filter(tag=tag).values_list("photo_id", flat=True))
    weights = weights_from_bytes(bytes(tag.weights or b""))
    best: list[tuple[int, float]] = []
    for keys in _batches(tag.library_id):
        looks = _looks([key for key in keys if key not in said])
        if looks:
            found = scores(weights, _rows(looks))
            fair = {
                key: float(left_out.get(key, score))
                for key, score in zip(looks, found, strict=True)
            }
            best += [(key, score) for key, score in fair.items() if score >= (tag.ask_from or 1)]
    best.sort(key=lambda one: (-one[1], one[0]))
    _ask(tag, best[: _room(tag)])


def _ask(tag: Tag, about: Sequence[tuple[int, float]]) -> None:
    """A photo of which anything was said already is never asked about: one row a photo and tag."""
    PhotoTag.objects.bulk_create(
        [
            PhotoTag(photo_id=photo, tag=tag, said=Said.ASKED, score=round(score, 4))
            for photo, score in about
        ],
        ignore_conflicts=True,
    )


def _room(tag: Tag) -> int:
    return MOST_OPEN - _machines_questions([tag.pk]).count()


def _machines_questions(tags: Sequence[int]) -> QuerySet[PhotoTag]:
    return PhotoTag.objects.filter(tag__in=tags, said=Said.ASKED, by=None)


def _others(tag: Tag, no: Sequence[int], said: dict[int, str]) -> list[int]:
    """Photos to tell it apart from: those with a no, then some of which nothing was said.

    Some of those may well bear the tag: they are many kinds of photo, so that it does little harm.
    """
    fresh = [
        photo
        for keys in _batches(tag.library_id)
        for photo in keys
        if said.get(photo, Said.ASKED) == Said.ASKED
    ]
    room = max(MOST_OTHERS - len(no), 0)
    # The same for the same library: what is asked does not change without a reason.
    chosen = np.random.default_rng(tag.pk).permutation(fresh)[:room]
    return [*sorted(no, reverse=True)[:MOST_OTHERS], *(int(photo) for photo in chosen)]


def _batches(library: int) -> Iterator[list[int]]:
    """The keys of the photos whose look is known, in batches; nothing that is in the trash."""
    known = PhotoLook.objects.filter(photo__library=library, photo__trashed_at__isnull=True)
    keys = list(known.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]


def _looks(photos: Sequence[int]) -> dict[int, Features]:
    rows = PhotoLook.objects.filter(pk__in=list(photos)).values_list("pk", "features")
    return {photo: features_from_bytes(bytes(stored)) for photo, stored in rows.order_by("pk")}


def _rows(looks: dict[int, Features]) -> Features:
    return np.stack(list(looks.values()))
