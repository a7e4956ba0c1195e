"""What is done once a day, or more often. Apps register theirs when they start; a worker runs them
(intake.chores)."""

from collections.abc import Callable
from datetime import datetime, timedelta

# Called with the moment it runs at; what it returns is not looked at. It must be safe to run twice.
Chore = Callable[[datetime], object]

DAY = timedelta(days=1)

_CHORES: dict[str, Chore] = {}
_EVERY: dict[str, timedelta] = {}


def register(name: str, function: Chore, *, every: timedelta = DAY) -> None:
    """Have `function(now)` called once a day, under a name that stays the same (at most 60 letters).

    every: more often than daily; workers look once a minute.
    Call it in AppConfig.ready. Raises ValueError where the name is taken by another function.
    """
    if _CHORES.setdefault(name, function) is not function:
        raise ValueError(f"There is a chore called {name} already: choose another name.")
    _EVERY[name] = every


def interval_of(name: str) -> timedelta:
    """How often this chore is due."""
    return _EVERY.get(name, DAY)


def all_chores() -> dict[str, Chore]:
    """The registered chores by name."""
    return dict(_CHORES)
