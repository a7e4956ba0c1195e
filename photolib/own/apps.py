from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig

from photolib.core import chores


class OwnConfig(AppConfig):
    name = "photolib.own"
    label = "own"

    def ready(self) -> None:
        # Models can be imported only now.
        import_module("photolib.own.receivers")
        import_module("photolib.own.words")
        teaching = import_module("photolib.own.teaching")
        chores.register("own.learn", teaching.learn_due, every=timedelta(minutes=1))
        seeking = import_module("photolib.own.seeking")
        chores.register("own.seek", seeking.seek_due, every=timedelta(minutes=1))
