"""What the database knows of its own tables, by which it chooses an index."""

from datetime import datetime, timedelta

from django.db import connection

EVERY = timedelta(hours=6)


def refresh(_now: datetime) -> None:
    """Have SQLite look at its tables anew: it never does by itself. PostgreSQL does (autovacuum).

    Without it SQLite reads all photos and sorts them for a page of 60, and with a look at a part of the rows
    (PRAGMA analysis_limit) too: measured, docs/performance.md.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        # Table by table, so that nobody who wants to write waits for all of them.
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
