"""manage.py rotate_keys: new keys for everything that is sealed; sets or changes the passphrase."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from photolib.consent.errors import KeystoreLocked
from photolib.consent.rotation import rotate_keys


class Command(BaseCommand):
    help = (
        "Replace the keys of all templates and unknown faces and destroy the old ones. It can be "
        "stopped at any moment and run again. Backups made before can still be restored; the faces "
        "in them are then learnt again from the names people gave."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument(
            "--new-passphrase-file",
            type=Path,
            metavar="FILE",
            help="wrap the keys with the passphrase in this file (set the same in the settings)",
        )
        choice.add_argument(
            "--leave-passphrase", action="store_true", help="keep the keys without a passphrase"
        )

    def handle(
        self, *, new_passphrase_file: Path | None, leave_passphrase: bool, **options: Any
    ) -> None:
        new = _read(new_passphrase_file) if new_passphrase_file else ""
        try:
            done = rotate_keys(new_passphrase=new, leave_passphrase=leave_passphrase)
        except KeystoreLocked as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.keys} keys were replaced.")
        if done.rows:
            self.stdout.write(f"{done.rows} rows whose key had gone were removed.")
        if new or leave_passphrase:
            self.stdout.write(
                "Now change PHOTOLIB_KEYSTORE_PASSPHRASE (or its file) and start photolib again."
            )


def _read(file: Path) -> str:
    try:
        passphrase = file.read_text().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: write the new passphrase into it.") from error
    if not passphrase:
        raise CommandError(f"{file} is empty: write the new passphrase into it.")
    return passphrase
