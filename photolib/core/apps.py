from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "photolib.core"
    label = "core"
