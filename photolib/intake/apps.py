from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "photolib.intake"
    label = "intake"

    def ready(self) -> None:
        # What the chores and the listener do needs models, which exist only from here on.
        from photolib.intake import chores, wanted

        chores.register_all()
        wanted.listen()
