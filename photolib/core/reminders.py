"""What waits for a person, shown on their settings page. Apps register who knows; the page asks here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reminder:
    """text: a whole sentence. address: of the page where it is done."""

    text: str
    address: str


# Given the signed-in account, what waits for it.
Provider = Callable[[Any], Iterable[Reminder]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider` remind people from now on. Registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def reminders_for(viewer: Any) -> list[Reminder]:
    """Everything that waits for this account."""
    return [reminder for provider in _providers for reminder in provider(viewer)]
