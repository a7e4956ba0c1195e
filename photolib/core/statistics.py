"""What the database knows of its own tables, by which it chooses an index."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.backends.utils import CursorWrapper

# How often it is asked whether a table has grown; an answer takes a fraction of a millisecond.
EVERY = timedelta(minutes=10)
# A table is looked at anew when it has so many times the rows that it had. Small ones are quick anyhow.
GROWN, SMALL = 1.5, 200


def refresh(_now: datetime) -> None:
    """Have SQLite look anew at the tables that have grown: it never does by itself. PostgreSQL does.

    Without it SQLite reads all photos and sorts them for a page of 60, and with a look at a part of the rows
    (PRAGMA analysis_limit) too: measured, docs/performance.md.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        known = _known_rows(cursor)
        # Table by table, so that nobody who wants to write waits for all of them.
        for table in connection.introspection.table_names(cursor):
            if _has_grown(cursor, table, known.get(table, 0)):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def _known_rows(cursor: CursorWrapper) -> dict[str, int]:
    """How many rows each table had when it was looked at last."""
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
    if cursor.fetchone() is None:
        return {}
    cursor.execute("SELECT tbl, stat FROM sqlite_stat1")
    rows: dict[str, int] = {}
    for table, stat in cursor.fetchall():
        # The first number of each line is the number of rows; of a partial index only of those in it.
        rows[table] = max(rows.get(table, 0), int(stat.split()[0]))
    return rows


def _has_grown(cursor: CursorWrapper, table: str, known: int) -> bool:
    name = connection.ops.quote_name(table)
    enough = max(SMALL, GROWN * known)
    # The highest key is found at once; only where it is high are the rows counted.
    cursor.execute(f"SELECT max(rowid) FROM {name}")  # noqa: S608  a table's own name, quoted
    highest = cursor.fetchone()[0] or 0
    if highest < enough:
        return False
    cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608
    return bool(cursor.fetchone()[0] >= enough)
