"""Rules that the database itself keeps, whoever writes to it: triggers, the same on SQLite and PostgreSQL.

SQLite rebuilds a table to alter it, drops its triggers without a word, and refuses the rebuild while a
trigger of another table names it (tried). So no migration lays them: before one that changes tables
all of them are taken away, after every migrate what is missing is laid (follow_migrations).
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from photolib.core.sql import Sql

logger = logging.getLogger(__name__)

# The SQLSTATE of a broken rule: Django then raises IntegrityError, as it does on SQLite.
_REFUSED = "23000"


@dataclass(frozen=True, slots=True)
class Guard:
    """One rule. event: INSERT, UPDATE, DELETE, or TRUNCATE (which SQLite does not have).

    refuse_when: SQL on NEW or OLD that both databases read. sentence: what the writer is told; no
    quote or per cent sign in it.
    """

    name: str
    table: str
    event: str
    sentence: str
    refuse_when: str = "TRUE"

    def sqlite(self) -> str:
        """The statement that lays it, as SQLite keeps it."""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"WHEN {self.refuse_when} BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
        )

    def body(self) -> str:
        """The body of PostgreSQL's function."""
        row = "OLD" if self.event == "DELETE" else "NEW"
        return (
            f"BEGIN IF {self.refuse_when} THEN RAISE EXCEPTION '{self.sentence}' "
            f"USING ERRCODE = '{_REFUSED}'; END IF; RETURN {row}; END"
        )

    def postgresql(self) -> str:
        """The statements that lay it."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $guard${self.body()}$guard$; DROP TRIGGER IF EXISTS {self.name} ON {self.table}; "
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {self.name}()"
        )


_GUARDS: dict[str, Guard] = {}


def register(guards: Iterable[Guard]) -> None:
    """Have these rules kept. Call it in AppConfig.ready. Raises ValueError for a name taken twice."""
    for guard in guards:
        if _GUARDS.setdefault(guard.name, guard) != guard:
            raise ValueError(f"There is a guard called {guard.name} already: choose another name.")


def missing() -> list[str]:
    """The names of rules that the database does not keep now: lost, switched off or altered."""
    with connection.cursor() as cursor:
        count = missing_count()
        cursor.execute(f"SELECT {count.text}", count.params)
        if not cursor.fetchone()[0]:
            return []
    return [guard.name for guard in _wanted() if not _stands(guard)]


def missing_count() -> Sql:
    """How many rules are missing, as a column of any query: asking costs no query of its own."""
    wanted = _wanted()
    if not wanted:
        return Sql("0")
    parameters = tuple(value for guard in wanted for value in _known_by(guard))
    marks = ", ".join(["(%s)" if connection.vendor == "sqlite" else "(%s, %s, %s)"] * len(wanted))
    return Sql(
        f"({len(wanted)} - (SELECT count(*) {_FOUND[connection.vendor]} IN ({marks})))", parameters
    )


# Beside the name, what the rule says and where it lies: another rule of that name does not count.
_FOUND = {
    "sqlite": "FROM sqlite_master g WHERE g.type = 'trigger' AND (g.sql)",
    "postgresql": (
        "FROM pg_trigger g JOIN pg_proc f ON f.oid = g.tgfoid"
        " WHERE NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')"
        " AND (g.tgname::text, g.tgrelid::regclass::text, f.prosrc)"
    ),
}


def _known_by(guard: Guard) -> tuple[str, ...]:
    if connection.vendor == "sqlite":
        return (guard.sqlite(),)
    return (guard.name, guard.table, guard.body())


def _stands(guard: Guard) -> bool:
    mark = "(%s)" if connection.vendor == "sqlite" else "((%s, %s, %s))"
    sql = f"SELECT count(*) {_FOUND[connection.vendor]} IN {mark}"
    with connection.cursor() as cursor:
        cursor.execute(sql, _known_by(guard))
        return bool(cursor.fetchone()[0])


def lay() -> list[str]:
    """Lay what is missing and has its table. Returns the names of what was laid."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        laid = []
        for guard in _wanted():
            if guard.table not in tables or _stands(guard):
                continue
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
                cursor.execute(guard.sqlite())
            else:
                cursor.execute(guard.postgresql())
            laid.append(guard.name)
    return laid


def take_away() -> None:
    """Drop all of them: for a migration, and for `manage.py flush`, which empties every table."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in _wanted():
            if guard.table not in tables:
                continue
            where = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{where}")


def before_migrate(plan: object = None, **_rest: object) -> None:
    """Receiver of pre_migrate."""
    if plan:
        lost = missing()
        if 0 < len(lost) < len(_wanted()):
            logger.warning("Before this migration rules of the database were missing: %s.", lost)
        take_away()


def after_migrate(**_rest: object) -> None:
    """Receiver of post_migrate."""
    lay()


def _wanted() -> list[Guard]:
    vendor = connection.vendor
    return [g for g in _GUARDS.values() if vendor == "postgresql" or g.event != "TRUNCATE"]
