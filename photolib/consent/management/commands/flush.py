"""manage.py flush: Django's own, which empties every table, the ledger of consent included.

The database refuses to remove entries of the ledger, so its rules are taken away first and laid again
afterwards. It asks before it does anything; what stands in the keystore stays, and verify_ledger will
say that the ledger is another one.
"""

from typing import Any

from django.core.management.commands import flush

from photolib.core import guards


class Command(flush.Command):
    help = "Remove ALL DATA from the database, the record of consent included. Cannot be undone."

    def handle(self, **options: Any) -> None:
        guards.take_away()
        try:
            super().handle(**options)
        finally:
            guards.lay()
