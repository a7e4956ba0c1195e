"""manage.py purge_faces: take everything biometric away, in every library."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from faces.erasure import purge_everything


class Command(BaseCommand):
    help = (
        "Delete every template, unknown face and group, every name the machine gave, and all their "
        "keys. Run it before taking the app out (PHOTOLIB_FACES=no). Names given by hand stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do it without asking")
        parser.add_argument(
            "--json", action="store_true", help="print the counts as one JSON object"
        )

    def handle(self, *_args: object, **options: object) -> None:
        if not options["yes"] and input("Type yes to delete everything biometric: ") != "yes":
            raise CommandError("Nothing was deleted.")
        counts = purge_everything()
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count} deleted")
