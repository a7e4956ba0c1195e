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


class PhotoText(models.Model):
    """What stands one after the other: the folded words of one source, a space before and after each.

    Texts of a source follow each other with a full stop between them, which no folded word has.
    """

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="search_texts")
    source = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "source"], name="search_text_once"),
        ]

    def __str__(self) -> str:
        return self.text


class PhotoMeaning(models.Model):
    """The meaning of a photo's words as numbers, for the search by meaning (search.meaning).

    The words are what describe and the library tell without any name of a person. vector: 384 float16,
    L2-normalised. digest: of the words and the model, so that an unchanged photo costs no new vector.
    """

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="meaning")
    model = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    vector = models.BinaryField()

    def __str__(self) -> str:
        return f"meaning of {self.photo}"
