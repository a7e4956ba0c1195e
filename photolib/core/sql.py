"""Pieces of SQL with their parameters, for the few statements that Django would take longer to put together
than the database to answer (docs/adr/0011, 0012).

Nothing that was typed is ever part of the text: it goes as a parameter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
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


def joined(pieces: Iterable[Sql], by: str) -> Sql:
    """All of them, each in brackets, with `by` between: " AND ", " OR "."""
    return chained((piece.within("({})") for piece in pieces), by)


def chained(pieces: Iterable[Sql], by: str) -> Sql:
    """All of them, as they are, with `by` between."""
    found = list(pieces)
    text = by.join(piece.text for piece in found)
    return Sql(text, tuple(value for piece in found for value in piece.params))


def marks(values: Iterable[Any]) -> Sql:
    """A list for IN; one that holds nothing where there are none."""
    given = tuple(values)
    return Sql(f"({', '.join(['%s'] * len(given)) or 'NULL'})", given)


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


def as_list(rows: Sql) -> RawSQL:
    """Rows of one column for `…__in` of a queryset."""
    return RawSQL(rows.text, rows.params)  # noqa: S611  values go as parameters


def fetched(sql: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def as_moment(found: datetime) -> datetime:
    """A moment as a row has it, in UTC: SQLite gives it without a zone."""
    return found if found.tzinfo else found.replace(tzinfo=UTC)
