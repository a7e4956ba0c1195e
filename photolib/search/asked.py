"""A question to one viewer as statements: what is read, and in which order things are looked at.

The databases' own plans go astray here: each photo of a list is to be looked up, or the timeline walked for a
page, where they would read or sort all photos. So each is told in its own way (docs/adr/0011).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from photolib.core.sql import Sql, chained, fetched, joined
from photolib.search import parts as limits
from photolib.search.fragment import Tested, in_memory
from photolib.search.parts import Part

# Moment and key. Moments compare with one another; what they are is the database's own.
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """sight: key, moment and date (pk, taken_at, taken_on) of all photos that the viewer may see."""

    sight: Sql
    wanted: list[Part]
    unwanted: list[Part]

    def tests(self, at: Tested, *, but: Part | None = None, dated: bool | None = None) -> list[Sql]:
        """The conditions on a photo; of `but`, whose rows are read, what these do not tell.

        dated: only those that look at the photo's date, or only those that do not.
        """

        def counts(part: Part) -> bool:
            return dated in {None, part.dated}

        holding = (part.left if part is but else part.test for part in self.wanted if counts(part))
        tests = [test(at) for test in holding if test is not None]
        return tests + _none_of(filter(counts, self.unwanted), at)

    def from_anywhere(self, limit: int) -> list[Row]:
        """Up to `limit` photos of the answer, in no order, by testing each that the viewer may see."""
        tests = self.tests(Tested("v.pk", "v", one_by_one=True, seen="v.pk"))
        return _rows(self.sight.within("({}) v"), tests, limit)

    def from_list(self, first: Part | None, rows: Sql, limit: int) -> list[Row]:
        """The same, by testing each photo of the list `rows`: the first part's, or what all are among."""
        once = first is not None and first.once
        each = rows.within("({}) d" if once else "(SELECT DISTINCT r.photo_id FROM ({}) r) d")
        look = _look_up_on_postgresql if connection.vendor == "postgresql" else _look_up
        return look(self, each, first, limit)

    @property
    def rarest(self) -> Part | None:
        """The part to begin with: the one that has the shortest list."""
        listed = [part for part in self.wanted if part.rows is not None]
        return min(listed, key=lambda part: part.size, default=None)

    def newest(self, limit: int) -> list[int]:
        """The newest `limit` photos of the answer, by a walk along the timeline."""
        at = Tested("v.pk", "v", one_by_one=True, seen="v.pk")
        tests = [_in_walk(part, at) for part in self.wanted] + _none_of(self.unwanted, at)
        found = [Sql("SELECT v.pk FROM"), self.sight.within("({}) v"), _where(tests)]
        # The number itself, so that the database knows that it will not have to go far.
        found.append(Sql(f"ORDER BY v.taken_at DESC, v.pk DESC LIMIT {limit:d}"))
        return [key for (key,) in fetched(chained(found, " "))]


def _none_of(parts: Iterable[Part], at: Tested) -> list[Sql]:
    """That none of these parts holds."""
    return [part.test(at).within("NOT ({})") for part in parts if part.size]


def _look_up(asked: Asked, each: Sql, first: Part | None, limit: int) -> list[Row]:
    """For SQLite, which keeps the order of a CROSS JOIN."""
    photos = chained([each, asked.sight.within("({}) v")], " CROSS JOIN ")
    at = Tested("d.photo_id", "v", one_by_one=False, seen="v.pk")
    return _rows(photos, [Sql("v.pk = d.photo_id"), *asked.tests(at, but=first)], limit)


def _look_up_on_postgresql(asked: Asked, each: Sql, first: Part | None, limit: int) -> list[Row]:
    """For PostgreSQL, which looks up photo by photo what is LATERAL and has an OFFSET.

    There the date is tested, too, since it is in the same row; the rest before or after, as it sees fit.
    """
    # A name that no condition has for a table of its own.
    inside = Tested("here.pk", "here", one_by_one=True, seen="here.pk")
    seen = [Sql("here.pk = d.photo_id"), *asked.tests(inside, but=first, dated=True)]
    one = chained([asked.sight.within("({}) here"), joined(seen, " AND ")], " WHERE ")
    photos = chained([each, one.within("LATERAL (SELECT * FROM {} OFFSET 0) v")], " CROSS JOIN ")
    at = Tested("d.photo_id", "v", one_by_one=False, seen="v.pk")
    return _rows(photos, asked.tests(at, but=first, dated=False), limit)


def _in_walk(part: Part, at: Tested) -> Sql:
    """The condition on each photo of a walk.

    A short list PostgreSQL keeps in memory, instead of looking into its index for each photo: rare parts
    make long walks.
    """
    short = part.size <= limits.COUNTED or part.brief
    if connection.vendor == "sqlite" or part.rows is None or part.dated or not short:
        return part.test(at)
    listed = in_memory(at.key, part.rows)
    return listed if part.left is None else joined([listed, part.left(at)], " AND ")


def _rows(photos: Sql, tests: list[Sql], limit: int) -> list[Row]:
    # As a number: PostgreSQL's driver takes as long to make moments of them as the database to find them.
    moment = "date_part('epoch', v.taken_at)" if connection.vendor == "postgresql" else "v.taken_at"
    found = [Sql(f"SELECT {moment}, v.pk FROM"), photos, _where(tests), Sql("LIMIT %s", (limit,))]
    return fetched(chained(found, " "))


def _where(tests: list[Sql]) -> Sql:
    return joined(tests or [Sql("1 = 1")], " AND ").within("WHERE {}")
