"""Whom and what a viewer knows by name: people, and albums by their titles."""

from collections.abc import Iterable
from dataclasses import dataclass

from photolib.accounts.models import User
from photolib.consent.queries import appearances_visible_to
from photolib.core.sql import Sql, chained, marks, of_query
from photolib.core.words import fold
from photolib.library.queries import albums_visible_to
from photolib.people.queries import people_of
from photolib.search import index
from photolib.search.question import Question


@dataclass(frozen=True, slots=True)
class Named:
    """A person or an album. words: of the name or title, folded."""

    pk: int
    name: str
    words: tuple[str, ...]


@dataclass(slots=True)
class Known:
    """What one viewer knows by name now.

    asked: the words of the parts of a question. Who allowed what is read once, of all people who are called
    by any of them.
    """

    viewer: User
    people: list[Named]
    albums: list[Named]
    asked: tuple[tuple[str, ...], ...] = ()
    _seen: Sql | None = None
    _read: frozenset[int] = frozenset()

    @classmethod
    def to(cls, viewer: User, question: Question = ()) -> "Known":
        # The columns alone: to make objects of the rows takes as long as to ask for them.
        people = people_of(viewer).values_list("pk", "name")
        albums = albums_visible_to(viewer).values_list("pk", "title")
        asked = tuple(clause.words for group in question for clause in group if clause.words)
        return cls(viewer, people=_named(people), albums=_named(albums), asked=asked)

    def people_called(self, words: Iterable[str], *, whole: bool = False) -> list[Named]:
        return _called(self.people, list(words), whole)

    def albums_called(self, words: Iterable[str], *, whole: bool = False) -> list[Named]:
        return _called(self.albums, list(words), whole)

    def appearances_of(self, people: Iterable[Named]) -> Sql | None:
        """pk and photo_id of their appearances, as far as the viewer may know of them today."""
        keys = {person.pk for person in people}
        if not keys <= self._read:
            called = (one.pk for words in self.asked for one in self.people_called(words))
            self._read = frozenset(called) | keys
            seen = appearances_visible_to(self.viewer, people=sorted(self._read))
            # Django puts it together once for all names of a question.
            self._seen = of_query(seen.order_by().values_list("pk", "photo_id", "person_id"))
        if self._seen is None:
            return None
        theirs = marks(sorted(keys)).within("a.person_id IN {}")
        every = self._seen.within("SELECT a.pk, a.photo_id FROM ({}) a")
        return every if keys == self._read else chained([every, theirs], " WHERE ")


def _named(rows: Iterable[tuple[int, str]]) -> list[Named]:
    return [Named(pk, name, tuple(fold(name))) for pk, name in rows]


def _called(known: list[Named], words: list[str], whole: bool) -> list[Named]:
    return [
        one for one in known if all(index.matches(word, one.words, whole=whole) for word in words)
    ]
