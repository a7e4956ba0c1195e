"""At the start: no vector is left behind where the app that looks after them is not installed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connection

# Looked for by name: the app that knows these tables is the one that is missing.
TABLES = ("faces_template", "faces_unknownface")


@register()
def check_nothing_biometric_left(**_: Any) -> Iterable[CheckMessage]:
    """Fails while tables of `faces` hold vectors and the app is not installed."""
    if apps.is_installed("faces"):
        return []
    left = vectors_left()
    if not left:
        return []
    return [
        Error(
            f"The app faces is not installed (PHOTOLIB_FACES=no), but {left} rows of face vectors are "
            "still in the database, and nobody would look after them.",
            hint="Run it once more with the app: PHOTOLIB_FACES=yes manage.py purge_faces",
            id="photolib.E101",
        )
    ]


def vectors_left() -> int:
    """Rows in the tables of `faces` that hold vectors; 0 where there is no database yet."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return 0
    try:
        with connection.cursor() as cursor:
            there = set(connection.introspection.table_names(cursor))
            count = 0
            for table in TABLES:
                if table in there:
                    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  names of our own
                    count += cursor.fetchone()[0]
            return count
    except DatabaseError:
        # No database answers: whatever needs it will say so better than a check.
        return 0
