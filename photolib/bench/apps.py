from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "photolib.bench"
    label = "bench"
