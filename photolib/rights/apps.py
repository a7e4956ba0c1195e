from importlib import import_module

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "photolib.rights"
    label = "rights"

    def ready(self) -> None:
        # Models can be imported only now.
        import_module("photolib.rights.wiring")
