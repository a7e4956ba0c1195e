"""`manage.py index_meanings`: vectors for the search by meaning, or none where it is off."""

from django.core.management.base import BaseCommand

from photolib.library.models import Photo
from photolib.search.meaning import is_on, prepare_meaning
from photolib.search.models import PhotoMeaning


class Command(BaseCommand):
    help = "Make what PHOTOLIB_MEANING_SEARCH needs for photos that are there; remove it where it is off."

    def handle(self, *args: object, **options: object) -> None:
        if not is_on():
            count, _rows = PhotoMeaning.objects.all().delete()
            self.stdout.write(f"PHOTOLIB_MEANING_SEARCH is off: {count} vectors removed.")
            return
        for photo in Photo.objects.filter(trashed_at__isnull=True).iterator():
            prepare_meaning(photo)()
        self.stdout.write(f"{PhotoMeaning.objects.count()} photos can be found by meaning.")
