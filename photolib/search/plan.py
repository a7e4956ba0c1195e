"""In which order the database is asked, so that the first page is quick for rare words and common ones.

Two ways (docs/search.md, docs/adr/0011): the rarest part's photos are read, and the others tested on each,
until there are more than anybody counts. Where they end before, all photos of the answer are known, and the
newest are taken from them. Else there are so many that a walk along the timeline soon has a page of them.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from photolib.core.sql import Sql, as_filter, of_query
from photolib.library.models import Photo
from photolib.search import parts as limits
from photolib.search.asked import Asked, Row
from photolib.search.fragment import Tested, in_common
from photolib.search.parts import Part

# So many are counted, and looked for one by one.
MOST_COUNTED = 1000
# As Django calls the photos in a query of its own.
_KEY = '"library_photo"."id"'
_WALKED = Tested(_KEY, '"library_photo"', one_by_one=True, seen=_KEY)


@dataclass(frozen=True, slots=True)
class Answer:
    """Those of `visible`, the photos that the viewer may see, that answer to a question.

    total: how many, at most MOST_COUNTED + 1. keys: all of them where they are known, the newest first;
    else `asked` finds them.
    """

    visible: QuerySet[Photo]
    total: int
    keys: tuple[int, ...] = ()
    asked: Asked | None = None

    @property
    def photos(self) -> QuerySet[Photo]:
        """All of them, newest first."""
        if self.asked is not None:
            return self.visible.filter(*map(as_filter, self.asked.tests(_WALKED)))
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
    asked = Asked(sight, wanted, unwanted)
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
    asked = Asked(sight, [part], [])
    return bool(asked.from_list(part, part.rows, 1) if part.rows else asked.from_anywhere(1))


def _look(asked: Asked) -> tuple[list[Row], bool]:
    """Rows of the answer, and whether these are all: they are not where there are too many to count."""
    limit = MOST_COUNTED + 1
    first = asked.rarest
    if first is not None and first.rows is not None:
        if first.size <= limits.FEW:
            return asked.from_list(first, first.rows, first.size), True
        if both := _in_common(asked.wanted):
            found = asked.from_list(None, both, limit)
            return found, len(found) < limit
        # SQLite hands on one photo after the other, PostgreSQL none before all are read.
        whole = not first.long or first.size <= limits.COUNTED or connection.vendor == "sqlite"
        rows = first.rows
        if not whole:
            rows = Sql(f"{rows.text} LIMIT %s", (*rows.params, limits.COUNTED))
        found = asked.from_list(first, rows, limit)
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
