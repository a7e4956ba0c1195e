from importlib import import_module

from django.apps import AppConfig


class DescribeConfig(AppConfig):
    name = "photolib.describe"
    label = "describe"

    def ready(self) -> None:
        # Tells core.words what can be found here; models cannot be imported any earlier.
        import_module("photolib.describe.words")
