"""`manage.py demo`: a made-up household with sample photos, through the real services."""

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from photolib.accounts.models import Household
from photolib.core.errors import PhotolibError
from photolib.demo.household import HOUSEHOLD, PASSWORD
from photolib.demo.story import play


class Command(BaseCommand):
    help = "Make a demo household in an empty photolib; --serve leaves the site running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")
        parser.add_argument("--serve", action="store_true", help="then run the site")

    def handle(self, *args: object, **options: object) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if not (options["serve"] and Household.objects.filter(name=HOUSEHOLD).exists()):
            self._play(as_json=bool(options["json"]))
        if options["serve"]:
            self.stdout.write(
                f"\nSign in at http://{settings.LISTEN} as maya, jonas, petra, nils or viktor, "
                f"each with the password: {PASSWORD}\n"
            )
            call_command("serve")

    def _play(self, *, as_json: bool) -> None:
        began = time.monotonic()
        try:
            result = play(self.stderr.write if as_json else self.stdout.write)
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        if as_json:
            seconds = round(time.monotonic() - began, 1)
            self.stdout.write(json.dumps(asdict(result) | {"seconds": seconds}))
            return
        self.stdout.write(
            f"Done: {result.photos} photos with {result.faces} faces in {result.groups} groups, "
            f"{result.people_named} people named, {result.described} photos described by what is "
            f"seen in them, {result.fallback_only} by date and place alone; "
            f"{result.questions} questions wait on the People page.\n"
            f"Everything lies in {settings.PHOTOLIB_DATA}, the keys in {settings.PHOTOLIB_KEYSTORE}."
        )
