from django.apps import AppConfig


class FacesConfig(AppConfig):
    name = "faces"

    def ready(self) -> None:
        # Models can be imported only now.
        from faces import receivers  # noqa: F401
        from faces.erasure import expire
        from faces.vault import VAULT
        from photolib.consent.vaults import register_vault
        from photolib.core import chores

        register_vault("faces", VAULT)

        chores.register("faces.expire", expire)
