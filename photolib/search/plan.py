"""In which order the database is asked, so that the first page is quick for rare words and common ones.

Two ways (docs/search.md, docs/adr/0011): the rarest part's photos are read, and the others tested on each,
until there are more than anybody counts. Where they end before, all photos of the answer are known, and the
newest are taken from them. Else there are so many that a walk along the timeline soon has a page of them.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from photolib.core.sql import Sql, as_filter, chained, fetched, joined, of_query
from photolib.library.models import Photo
from photolib.search import parts as limits
from photolib.search.fragment import Tested, in_common
from photolib.search.parts import Part

# So many are counted, and looked for one by one.
MOST_COUNTED = 1000
# How far it is counted which of several common parts is the rarest, and how far a list is read that has to
# be freed of photos named twice before the first can be tested.
COUNTED = 10_000

# As Django calls the photos in a query of its own.
_WALKED = Tested('"library_photo"."id"', '"library_photo"', one_by_one=True)
# Moment and key.
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question to one viewer. sight: key, moment and date of all photos that they may see."""

    sight: Sql
    wanted: list[Part]
    unwanted: list[Part]

    def tests(self, at: Tested, *, but: Part | None = None) -> Sql:
        tests = [part.test(at) for part in self.wanted if part is not but]
        tests += [part.test(at).within("NOT ({})") for part in self.unwanted if part.size]
        return joined(tests or [Sql("1 = 1")], " AND ")

    def from_anywhere(self, limit: int) -> list[Row]:
        """Up to `limit` photos of the answer, in no order, by testing each that the viewer may see."""
        tests = self.tests(Tested("v.pk", "v", one_by_one=True))
        return _rows(self.sight.within("FROM ({}) v"), tests, limit)

    def from_list(self, first: Part | None, rows: Sql, limit: int) -> list[Row]:
        """The same, by testing each photo of the list `rows`: the first part's, or what all are among."""
        each = rows.within("FROM (SELECT DISTINCT r.photo_id FROM ({}) r) d")
        key, photo = "d.photo_id", "v"
        if connection.vendor == "postgresql":
            # A photo's date is tested before it is asked who may see it, as SQLite does by itself.
            each = each.within("{} JOIN library_photo p ON p.id = d.photo_id")
            key, photo = "p.id", "p"
        at = Tested("d.photo_id", photo, one_by_one=False)
        begin, seen = self._looked_up(each, key)
        tests = self.tests(at, but=first if first and first.enough else None)
        return _rows(begin, joined([seen, tests], " AND "), limit)

    def newest(self, limit: int) -> list[int]:
        """The newest `limit` photos of the answer, by a walk along the timeline."""
        begin, seen = self._looked_up(Sql("FROM library_photo p"), "p.id")
        tests = self.tests(Tested("p.id", "p", one_by_one=True))
        where = joined([seen, tests], " AND ")
        # The number itself, so that the database knows that it will not have to go far.
        order = Sql(f"ORDER BY p.taken_at DESC, p.id DESC LIMIT {limit:d}")
        found = chained([Sql("SELECT v.pk"), begin, where.within("WHERE {}"), order], " ")
        return [key for (key,) in fetched(found)]

    def _looked_up(self, begin: Sql, key: str) -> tuple[Sql, Sql]:
        """`begin`, and then whether the viewer may see the photo `key`, in this order: FROM and WHERE.

        The databases' own plans go astray here: each of these photos is to be looked up, instead of all
        being read or sorted. SQLite keeps the order of a CROSS JOIN, PostgreSQL that of this subquery.
        """
        same = Sql(f"v.pk = {key}")
        seen = self.sight.within("({}) v")
        if connection.vendor == "postgresql":
            one = chained([self.sight.within("({}) s"), Sql(f"s.pk = {key}")], " WHERE ")
            seen = one.within("LATERAL (SELECT * FROM {} OFFSET 0) v")
        return chained([begin, seen], " CROSS JOIN "), same


def _rows(begin: Sql, where: Sql, limit: int) -> list[Row]:
    select = Sql("SELECT v.taken_at, v.pk")
    return fetched(
        chained([select, begin, where.within("WHERE {}"), Sql("LIMIT %s", (limit,))], " ")
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """Those of `visible`, the photos that the viewer may see, that answer to a question.

    total: how many, at most MOST_COUNTED + 1. keys: all of them where they are known, the newest first;
    else `asked` finds them.
    """

    visible: QuerySet[Photo]
    total: int
    keys: tuple[int, ...] = ()
    asked: _Asked | None = None

    @property
    def photos(self) -> QuerySet[Photo]:
        """All of them, newest first."""
        if self.asked is not None:
            return self.visible.filter(as_filter(self.asked.tests(_WALKED)))
        return self.visible.filter(pk__in=self.keys)

    def newest(self, most: int) -> QuerySet[Photo]:
        """The newest `most` of them."""
        keys = self.keys[:most] if self.asked is None else self.asked.newest(most)
        return self.visible.filter(pk__in=keys)


def ask(visible: QuerySet[Photo], wanted: list[Part], unwanted: list[Part]) -> Answer:
    """Those of `visible` of which all the wanted parts hold, and none of the unwanted."""
    sight = of_query(visible.order_by().values_list("pk", "taken_at", "taken_on"))
    if sight is None or any(not part.size for part in wanted):
        return Answer(visible, 0)
    asked = _Asked(sight, wanted, unwanted)
    rows, all_there = _look(asked)
    total = min(len(rows), MOST_COUNTED + 1)
    if all_there:
        return Answer(visible, total, tuple(key for _moment, key in sorted(rows, reverse=True)))
    return Answer(visible, total, asked=asked)


def leads(visible: QuerySet[Photo], part: Part) -> bool:
    """Whether the part holds of any photo that the viewer may see."""
    sight = of_query(visible.order_by().values_list("pk", "taken_at", "taken_on"))
    if sight is None or not part.size:
        return False
    asked = _Asked(sight, [part], [])
    return bool(asked.from_list(part, part.rows, 1) if part.rows else asked.from_anywhere(1))


def _look(asked: _Asked) -> tuple[list[Row], bool]:
    """Rows of the answer, and whether these are all: they are not where there are too many to count."""
    limit = MOST_COUNTED + 1
    first, size = _rarest(asked.wanted)
    if first is not None and first.rows is not None:
        if size <= limits.FEW:
            return asked.from_list(first, first.rows, size), True
        if both := _in_common(asked.wanted):
            found = asked.from_list(None, both, limit)
            return found, len(found) < limit
        # SQLite hands on one photo after the other, PostgreSQL none before all are read.
        whole = not first.long or size <= COUNTED or connection.vendor == "sqlite"
        part = (
            first.rows
            if whole
            else Sql(first.rows.text + " LIMIT %s", (*first.rows.params, COUNTED))
        )
        found = asked.from_list(first, part, limit)
        if whole or len(found) == limit:
            return found, len(found) < limit
    found = asked.from_anywhere(limit)
    return found, len(found) < limit


def _in_common(wanted: list[Part]) -> Sql | None:
    """The photos that are in the ordered lists of several parts, where that is quickly told.

    Two words of every second photo may never meet: then a test of each takes three times as long.
    """
    ordered = [rows for part in wanted for rows in part.ordered]
    if connection.vendor != "sqlite" or len(ordered) < 2:
        return None
    return in_common(ordered)


def _rarest(wanted: list[Part]) -> tuple[Part | None, int]:
    """The part to begin with, the one that has the shortest list, and how many rows that has."""
    listed = [part for part in wanted if part.rows is not None]
    first = min(listed, key=lambda part: part.size, default=None)
    if first is None or first.size <= limits.FEW:
        return first, first.size if first else 0
    if len(listed) == 1 and not first.long:
        return first, first.size
    size, first = min(((part.counted(COUNTED), part) for part in listed), key=lambda pair: pair[0])
    return first, size
