from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "photolib.intake"
    label = "intake"
