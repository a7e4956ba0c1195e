from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "photolib.search"
    label = "search"
