from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "photolib.search"
    label = "search"

    def ready(self) -> None:
        # What can be found, and who listens when it changes; models cannot be imported any earlier.
        import_module("photolib.search.words")
        import_module("photolib.search.services")
