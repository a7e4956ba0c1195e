from datetime import timedelta

from django.apps import AppConfig
from django.core import checks
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate


class ConsentConfig(AppConfig):
    name = "photolib.consent"
    label = "consent"

    def ready(self) -> None:
        # Models can be imported only now.
        from photolib.consent import key_checks, receivers, verification  # noqa: F401
        from photolib.consent.checks import check_guards
        from photolib.consent.guards import GUARDS
        from photolib.consent.retention import keep_up
        from photolib.consent.shredding import finish_all
        from photolib.core import chores, guards

        guards.register(GUARDS)
        pre_migrate.connect(guards.before_migrate, sender=self)
        post_migrate.connect(guards.after_migrate, sender=self)
        post_migrate.connect(verification.after_migrate, sender=self)
        checks.register(check_guards, checks.Tags.database)
        chores.register("consent.ledger", verification.check_daily)
        chores.register("consent.keep_up", keep_up)
        chores.register("consent.finish_erasures", finish_all, every=timedelta(minutes=1))
        post_migrate.connect(_make_link, sender=self, dispatch_uid="consent.keystore_link")


def _make_link(**_kwargs: object) -> None:
    """The database gets its instance's id before anything is sealed for it."""
    from photolib.consent.erasure_models import KeystoreLink
    from photolib.consent.keystore.identity import own_link

    # Migrating backwards takes the table away.
    if KeystoreLink._meta.db_table in connection.introspection.table_names():
        own_link()
