"""Pieces of SQL that only the search has. Asking for a first page, Django took most of the time to put its
queries together (docs/performance.md), so the search writes its own around what Django says of who sees what.
"""

from dataclasses import dataclass

from django.db import connection

from photolib.core.sql import Sql, chained, fetched


@dataclass(frozen=True, slots=True)
class Tested:
    """The photo that a condition is to tell of, in the words of the query around it.

    key: the column that has its key. photo: what its table is called there. one_by_one: few photos will be
    tested, in their order, so that PostgreSQL is not to read all the rows that a condition looks among.
    seen: the column that has its key once it is known that the viewer may see it: PostgreSQL tests what names
    it last.
    """

    key: str
    photo: str
    one_by_one: bool
    seen: str

    def among(self, rows: Sql, *, alone: bool = False) -> Sql:
        """Whether there is any of `rows`: a table with its conditions, which name the key.

        alone: they are looked for by each photo in any case.
        """
        # PostgreSQL makes no join of what has an OFFSET.
        alone = (alone or self.one_by_one) and connection.vendor == "postgresql"
        return rows.within(
            "EXISTS (SELECT 1 FROM {} OFFSET 0)" if alone else "EXISTS (SELECT 1 FROM {})"
        )


def in_common(lists: list[Sql]) -> Sql:
    """What stands in each of these lists, each once, for SQLite.

    In order, of which no end is forgotten, it goes through lists that are in order side by side; else it
    writes each down first.
    """
    return chained(lists, " INTERSECT ").within("{} ORDER BY 1 LIMIT -1")


def often(condition: Sql) -> Sql:
    """The condition, taken for one that holds of every second photo.

    PostgreSQL would take a date for one of 200, or make a join of a list, and sort what it finds instead of
    walking.
    """
    if connection.vendor == "postgresql":
        return condition.within("CASE WHEN {} THEN TRUE ELSE FALSE END")
    return condition


def in_memory(key: str, rows: Sql) -> Sql:
    """Whether the key is in the list, which PostgreSQL reads once and keeps in memory."""
    return often(rows.within(f"{key} IN ({{}})"))


def counted(rows: Sql, most: int) -> int:
    """How many rows there are; most + 1 where there are more than `most`."""
    frame = "SELECT count(*) FROM (SELECT 1 FROM ({}) r LIMIT %s) c"
    ((count,),) = fetched(Sql(frame.format(rows.text), (*rows.params, most + 1)))
    return int(count)
