"""manage.py adopt_keystore: go on with a new keystore, because the right one is lost for good."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from photolib.consent.errors import KeystoreLocked
from photolib.consent.rotation import adopt_keystore


class Command(BaseCommand):
    help = (
        "Take the keystore that is there as this photolib's. What was sealed under keys that it lacks "
        "is removed; faces are learnt again from the names that people gave. The list of erasures of "
        "the lost keystore is lost with it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do it without asking")

    def handle(self, *, yes: bool, **options: Any) -> None:
        question = "Is the right keystore lost for good? Type yes to go on with this one: "
        if not yes and input(question) != "yes":
            raise CommandError("Nothing was changed.")
        try:
            rows = adopt_keystore()
        except KeystoreLocked as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"This keystore is taken. {rows} rows that nothing can open were removed."
        )
