"""What `manage.py check --database default` finds about the ledger."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error
from django.db import connection

from photolib.consent.models import LedgerEntry
from photolib.core import guards


def check_guards(
    app_configs: object = None, databases: Sequence[str] | None = None, **_rest: object
) -> list[CheckMessage]:
    """An error for each rule that the database should keep and does not. Reads the database."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        if LedgerEntry._meta.db_table not in connection.introspection.table_names(cursor):
            return []
    return [
        Error(
            f"The database does not keep the rule {name}, which protects the record of consent: "
            "until it does, nothing is recognised.",
            hint="Run `manage.py migrate --skip-checks`, then `manage.py verify_ledger`.",
            id="consent.E001",
        )
        for name in guards.missing()
    ]
