"""manage.py replay_erasures: erase again what an older copy of the database brought back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from photolib.consent.replay import replay_erasures


class Command(BaseCommand):
    help = (
        "Erase again what the keystore lists as erased and this database still has. `serve` and "
        "`restore` do it by themselves."
    )
    # The check that names this command must not stand in its way.
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        done = replay_erasures()
        if done.locked:
            raise CommandError(done.locked)
        self.stdout.write(
            f"{done.erasures} erasures were done again, {done.rows} rows under destroyed keys removed."
        )
        if done.older:
            self.stdout.write(
                "The database is older than the keystore has seen: answers given since the copy was "
                "made are lost. Ask those people again."
            )
