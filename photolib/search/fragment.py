"""Pieces of SQL with their parameters. Asking for a first page, Django took most of the time to put its
queries together (docs/performance.md), so the search writes its own around what Django says of who sees what.

Nothing that was typed is ever part of the text: it goes as a parameter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL


@dataclass(frozen=True, slots=True)
class Sql:
    """text: with a %s for each of params."""

    text: str
    params: tuple[Any, ...] = ()

    def within(self, frame: str) -> "Sql":
        """The same inside `frame`, at its {}."""
        return Sql(frame.format(self.text), self.params)


NEVER = Sql("1 = 0")


@dataclass(frozen=True, slots=True)
class Tested:
    """The photo that a condition is to tell of, in the words of the query around it.

    key: the column that has its key. photo: what its table is called there. one_by_one: few photos will be
    tested, in their order, so that PostgreSQL is not to read all the rows that a condition looks among.
    """

    key: str
    photo: str
    one_by_one: bool

    def among(self, rows: Sql) -> Sql:
        """Whether there is any of `rows`: a table with its conditions, which name the key."""
        # PostgreSQL makes no join of what has an OFFSET.
        alone = self.one_by_one and connection.vendor == "postgresql"
        return rows.within(
            "EXISTS (SELECT 1 FROM {} OFFSET 0)" if alone else "EXISTS (SELECT 1 FROM {})"
        )


def joined(pieces: Iterable[Sql], by: str) -> Sql:
    """All of them, each in brackets, with `by` between: " AND ", " OR "."""
    return chained((piece.within("({})") for piece in pieces), by)


def chained(pieces: Iterable[Sql], by: str) -> Sql:
    """All of them, as they are, with `by` between."""
    found = list(pieces)
    text = by.join(piece.text for piece in found)
    return Sql(text, tuple(value for piece in found for value in piece.params))


def in_common(lists: list[Sql]) -> Sql:
    """What stands in each of these lists, each once, for SQLite.

    In order, of which no end is forgotten, it goes through lists that are in order side by side; else it
    writes each down first.
    """
    return chained(lists, " INTERSECT ").within("{} ORDER BY 1 LIMIT -1")


def marks(values: Iterable[Any]) -> Sql:
    """A list for IN."""
    given = tuple(values)
    return Sql(f"({', '.join(['%s'] * len(given))})", given)


def of_query(rows: QuerySet[Any, Any]) -> Sql | None:
    """What Django would ask for these rows; None where it knows that there are none."""
    try:
        text, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return Sql(text, tuple(params))


def as_filter(condition: Sql) -> RawSQL:
    """The condition for filter() of a queryset, whose table it names as Django does."""
    return RawSQL(  # noqa: S611  values go as parameters
        condition.text, condition.params, output_field=BooleanField()
    )


def fetched(sql: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def counted(rows: Sql, most: int) -> int:
    """How many rows there are; most + 1 where there are more than `most`."""
    frame = "SELECT count(*) FROM (SELECT 1 FROM ({}) r LIMIT %s) c"
    ((count,),) = fetched(Sql(frame.format(rows.text), (*rows.params, most + 1)))
    return int(count)
