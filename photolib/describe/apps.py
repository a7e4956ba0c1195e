from django.apps import AppConfig


class DescribeConfig(AppConfig):
    name = "photolib.describe"
    label = "describe"
