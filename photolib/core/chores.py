"""What is done once a day. Apps register theirs when they start; a worker runs them (intake.chores)."""

from collections.abc import Callable
from datetime import datetime

# Called with the moment it runs at; what it returns is not looked at. It must be safe to run twice.
Chore = Callable[[datetime], object]

_CHORES: dict[str, Chore] = {}


def register(name: str, function: Chore) -> None:
    """Have `function(now)` called once a day, under a name that stays the same (at most 60 letters).

    Call it in AppConfig.ready. Raises ValueError where the name is taken by another function.
    """
    if _CHORES.setdefault(name, function) is not function:
        raise ValueError(f"There is a chore called {name} already: choose another name.")


def all_chores() -> dict[str, Chore]:
    """The registered chores by name."""
    return dict(_CHORES)
