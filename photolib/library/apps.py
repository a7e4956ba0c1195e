from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "photolib.library"
    label = "library"
