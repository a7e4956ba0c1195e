"""Entries of people of which nothing is left, as after two were put together: no list shows them.

Upper apps know which they are, and register how to find them.
"""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from photolib.people.models import Person

_finders: dict[str, Callable[[], Iterable[int]]] = {}


def register(name: str, keys: Callable[[], Iterable[int]]) -> None:
    """keys(): of the entries of which nothing is left now, best as a query of one column."""
    _finders[name] = keys


def without_emptied(people: QuerySet[Person]) -> QuerySet[Person]:
    for keys in _finders.values():
        people = people.exclude(pk__in=keys())
    return people
