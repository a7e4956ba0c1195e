from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "photolib.consent"
    label = "consent"
