from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class FacesConfig(AppConfig):
    name = "faces"

    def ready(self) -> None:
        # Models can be imported only now.
        from faces import knowledge, receivers, resting  # noqa: F401
        from faces.changing import finish_change
        from faces.erasure import expire
        from faces.grounds import drop_groundless
        from faces.guards import GUARDS
        from faces.journal import end_entries
        from faces.merging import emptied_people, remove_emptied
        from faces.services.packs import EVERY, go_on_fetching
        from faces.vault import VAULT
        from photolib.consent.vaults import register_vault
        from photolib.core import chores, guards
        from photolib.people import emptied

        guards.register(GUARDS)
        pre_migrate.connect(guards.before_migrate, sender=self)
        post_migrate.connect(guards.after_migrate, sender=self)
        register_vault("faces", VAULT)
        emptied.register("faces", emptied_people)
        chores.register("faces.expire", expire)
        chores.register("faces.end_entries", end_entries)
        chores.register("faces.remove_emptied", remove_emptied)
        chores.register("faces.packs", finish_change, every=EVERY)
        chores.register("faces.downloads", go_on_fetching, every=EVERY)
        chores.register("faces.grounds", drop_groundless, every=timedelta(minutes=1))
