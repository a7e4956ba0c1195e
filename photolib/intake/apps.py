from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "photolib.intake"
    label = "intake"

    def ready(self) -> None:
        # What the chores do needs models, which exist only from here on.
        from photolib.intake import chores

        chores.register_all()
