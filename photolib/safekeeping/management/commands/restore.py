"""`manage.py restore DIR`: a backup into an empty photolib."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from photolib.consent.receipts import why_locked
from photolib.safekeeping.database import BackupError
from photolib.safekeeping.restore import restore_backup


class Command(BaseCommand):
    help = "Put a backup into this photolib, which must be empty."
    # The database may have no tables yet.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that `manage.py backup` wrote")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            done = restore_backup(folder=folder)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored {done.originals} originals and {done.rows} rows. The small pictures are made "
            "anew once `manage.py serve` runs."
        )
        locked = why_locked()
        if locked:
            self.stderr.write(f"Nobody is recognised for now; everything else works. {locked}")
