from django.apps import AppConfig


class FacesConfig(AppConfig):
    name = "faces"

    def ready(self) -> None:
        # Models can be imported only now.
        from faces import knowledge, receivers, resting  # noqa: F401
        from faces.erasure import expire
        from photolib.core import chores

        chores.register("faces.expire", expire)
