from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "photolib.people"
    label = "people"
