from django.apps import AppConfig


class SafekeepingConfig(AppConfig):
    name = "photolib.safekeeping"
    label = "safekeeping"
