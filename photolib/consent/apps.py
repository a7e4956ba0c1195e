from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate


class ConsentConfig(AppConfig):
    name = "photolib.consent"
    label = "consent"

    def ready(self) -> None:
        # Models can be imported only now.
        from photolib.consent import verification
        from photolib.consent.checks import check_guards
        from photolib.consent.guards import GUARDS
        from photolib.core import chores, guards

        guards.register(GUARDS)
        pre_migrate.connect(guards.before_migrate, sender=self)
        post_migrate.connect(guards.after_migrate, sender=self)
        post_migrate.connect(verification.after_migrate, sender=self)
        checks.register(check_guards, checks.Tags.database)
        chores.register("consent.ledger", verification.check_daily)
