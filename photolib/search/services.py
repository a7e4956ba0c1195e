"""Keeping the words by which photos are found."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from photolib.core.words import texts_of, words_changed, words_of
from photolib.library.models import Photo
from photolib.search.meaning import prepare_meaning
from photolib.search.models import PhotoText, Word


def index_photo(photo: Photo) -> None:
    """Make the photo's words and texts what they should be now. It can run twice."""
    with transaction.atomic():
        replace_words(photo, words_of(photo))
        replace_texts(photo, texts_of(photo))


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


def replace_texts(photo: Photo, texts: dict[str, str]) -> None:
    """Put `texts`, folded, by their source, in the place of the photo's old ones."""
    there = dict(PhotoText.objects.filter(photo=photo).values_list("source", "text"))
    if gone := there.keys() - texts.keys():
        PhotoText.objects.filter(photo=photo, source__in=gone).delete()
    changed = [
        PhotoText(photo=photo, source=source, text=text)
        for source, text in sorted(texts.items())
        if there.get(source) != text
    ]
    if changed:
        PhotoText.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["photo", "source"],
            update_fields=["text"],
        )


@receiver(words_changed)
def index_changed_photo(sender: object, photo: Photo, **_more: Any) -> None:
    """Index a photo whose words have changed, in the transaction that changed them."""
    index_photo(photo)
    # After it, for the model takes its time and holds no transaction up.
    transaction.on_commit(partial(_keep_meaning, photo))


def _keep_meaning(photo: Photo) -> None:
    prepare_meaning(photo)()
