from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "photolib.demo"
    label = "demo"
