"""The words by which a photo can be found, one row a word. Names of people are never among them."""

from django.db import models

from photolib.library.models import Photo


class Word(models.Model):
    """A word that leads to a photo, folded (lower case, no accents), with where it came from.

    Names are looked up in people when the question is asked, as far as this viewer may know them: a
    name that was withdrawn stops matching at once.
    """

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=60)
    source = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "word", "source"], name="word_once"),
        ]
        indexes = [
            models.Index(
                fields=["word", "photo"],
                name="word_to_photo",
                # PostgreSQL uses an index for the beginnings of words only with these; SQLite ignores
                # them.
                opclasses=["varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.word
