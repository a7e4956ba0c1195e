"""`manage.py backup DIR`: the database and the originals into a folder, the keys left out."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from photolib.safekeeping.backup import make_backup
from photolib.safekeeping.database import BackupError


class Command(BaseCommand):
    help = "Copy the database and the originals into a folder. The keystore is not copied."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="new, empty, or an earlier backup")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            done = make_backup(folder=folder)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Backed up to {folder}: {done.copied} originals copied "
            f"({done.bytes_copied / 1e6:.1f} MB), {done.already_there} were there already."
        )
        self.stdout.write(
            f"The keys in {settings.PHOTOLIB_KEYSTORE} are not in it. Keep a copy of them in "
            "another place; without them everything comes back but the recognition of faces."
        )
