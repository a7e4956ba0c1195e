"""The words that tags give to the search: what a person said, never what is only asked."""

from collections.abc import Iterator

from photolib.core.words import register
from photolib.library.models import Photo
from photolib.own.models import PhotoTag, Said


@register
def words_of_tags(photo: Photo) -> Iterator[tuple[str, str]]:
    """The names of the photo's tags ("tag")."""
    rows = PhotoTag.objects.filter(photo=photo, said=Said.YES)
    for name in rows.values_list("tag__name", flat=True):
        yield name, "tag"
