"""A consistent copy of the database while the site runs, and the way back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from photolib.core.errors import PhotolibError
from photolib.library.models import Original

SQLITE_FILE = "db.sqlite3"
POSTGRES_FILE = "db.pgdump"


class BackupError(PhotolibError):
    """A backup could not be made, or cannot be put back; the text says why and what mends it."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A copy of the database: its file's name, and what stands in that very copy."""

    file: str
    rows: dict[str, int]  # by table
    originals: tuple[Original, ...]  # not of the database as it is by now


def dump_to(folder: Path) -> Dump:
    """Copy the database into `folder`, as it is at one moment. Raises BackupError."""
    if connection.vendor == "sqlite":
        return _dump_sqlite(folder / SQLITE_FILE)
    return _dump_postgres(folder / POSTGRES_FILE)


def _dump_sqlite(file: Path) -> Dump:
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        # The driver's own online backup: a consistent copy, whoever writes meanwhile.
        connection.connection.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError("The copy of the database is damaged: run the backup again.")
        rows = {
            table: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608  our own names
            for table in own_tables()
        }
        listed = copy.execute(
            "SELECT sha256, format, byte_size FROM library_original ORDER BY sha256"
        ).fetchall()
    return Dump(file.name, rows, tuple(Original(*values) for values in listed))


def _dump_postgres(file: Path) -> Dump:
    with transaction.atomic(), connection.cursor() as cursor:
        # pg_dump and the counting look at the same snapshot.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run_postgres_tool("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={file}")
        return Dump(file.name, count_rows(), tuple(Original.objects.order_by("sha256")))


def load_from(file: Path) -> None:
    """Put a copy back over the present database. Raises BackupError for one of the other kind."""
    if connection.vendor == "sqlite":
        if file.name != SQLITE_FILE:
            raise BackupError(
                f"This backup holds a PostgreSQL database ({file.name}): set PHOTOLIB_DATABASE to "
                "one, then restore again."
            )
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            copy.backup(connection.connection)
        connection.close()
        return
    if file.name != POSTGRES_FILE:
        raise BackupError(
            f"This backup holds an SQLite database ({file.name}): leave PHOTOLIB_DATABASE unset, "
            "then restore again."
        )
    connection.close()
    _run_postgres_tool("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error",
                       f"--dbname={connection.settings_dict['NAME']}", str(file))  # fmt: skip


def own_tables() -> list[str]:
    """The tables of photolib's own apps."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("photolib.", "faces."))
    )


def count_rows() -> dict[str, int]:
    """Rows of every table of photolib's own apps, by table name."""
    counted = {}
    with connection.cursor() as cursor:
        for table in own_tables():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own names
            (counted[table],) = cursor.fetchone()
    return counted


def _run_postgres_tool(tool: str, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise BackupError(
            f"{tool} is not on this machine: install PostgreSQL's client programs "
            "(Debian: apt-get install postgresql-client)."
        )
    database: dict[str, Any] = connection.settings_dict
    environment = os.environ | {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"]),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    done = subprocess.run(  # noqa: S603  the program's own path, no shell
        [program, *arguments],
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{tool} failed: {done.stderr.strip()}")
