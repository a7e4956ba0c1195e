"""Keeping the words by which photos are found."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from photolib.core.words import words_changed, words_of
from photolib.library.models import Photo
from photolib.search.models import Word


def index_photo(photo: Photo) -> None:
    """Make the photo's words what they should be now. It can run twice."""
    replace_words(photo, words_of(photo))


def replace_words(photo: Photo, words: list[tuple[str, str]]) -> None:
    """Put `words`, pairs of folded word and source, in the place of the photo's old ones.

    Only what differs is written: to index an unchanged photo costs one read.
    """
    wanted = set(words)
    with transaction.atomic():
        there = {
            (word, source): pk
            for pk, word, source in Word.objects.filter(photo=photo).values_list(
                "pk", "word", "source"
            )
        }
        gone = [pk for pair, pk in there.items() if pair not in wanted]
        if gone:
            Word.objects.filter(pk__in=gone).delete()
        # Two workers may index one photo at once: the second finds the row there.
        Word.objects.bulk_create(
            (
                Word(photo=photo, word=word, source=source)
                for word, source in sorted(wanted - there.keys())
            ),
            ignore_conflicts=True,
        )


@receiver(words_changed)
def index_changed_photo(sender: object, photo: Photo, **_more: Any) -> None:
    """Index a photo whose words have changed, in the transaction that changed them."""
    index_photo(photo)
