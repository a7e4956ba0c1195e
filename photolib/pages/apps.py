from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "photolib.pages"
    label = "pages"
