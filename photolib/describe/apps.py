from importlib import import_module

from django.apps import AppConfig

from photolib.core.model_files import register_model
from photolib.describe.models_used import MODELS_USED


class DescribeConfig(AppConfig):
    name = "photolib.describe"
    label = "describe"

    def ready(self) -> None:
        # Tells core what can be found here, and which files are used; models cannot be imported any earlier.
        import_module("photolib.describe.words")
        import_module("photolib.describe.counting")
        import_module("photolib.describe.meanings")
        import_module("photolib.describe.sentences.files_used")
        for model, purpose in MODELS_USED:
            register_model(model, purpose)
