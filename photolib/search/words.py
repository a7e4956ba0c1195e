"""The words that the library itself gives to the search: where a photo was taken."""

from collections.abc import Iterator

from django.conf import settings

from photolib.core.places import country_name
from photolib.core.words import register
from photolib.library.models import Photo


@register
def words_of_place(photo: Photo) -> Iterator[tuple[str, str]]:
    """The town, the region, and the country in every language ("place")."""
    yield photo.place_town, "place"
    yield photo.place_region, "place"
    if photo.place_country:
        for language, _name in settings.LANGUAGES:
            yield country_name(photo.place_country, language), "place"
