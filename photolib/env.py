"""Every setting of photolib is an environment variable, declared here once.

`declare` reads one variable, checks it and remembers what it is for, so that a wrong value stops the
program at start with the name and the mend, and `docs/settings.md` can be checked against the list.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, its default as a person would type it, what it does."""

    name: str
    default: str
    purpose: str


T = TypeVar("T")

DECLARED: dict[str, Setting] = {}


def declare(name: str, default: str, parse: Callable[[str], T], purpose: str) -> T:
    """Read the variable `name`, or `default` where it is unset or empty.

    Raises ImproperlyConfigured, naming the variable and what it must look like.
    """
    DECLARED[name] = Setting(name, default, purpose)
    text = os.environ.get(name, "").strip() or default
    try:
        return parse(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={text!r} cannot be used: {error}") from error


def text(value: str) -> str:
    return value


def boolean(value: str) -> bool:
    """`yes` or `no`; also true/false, on/off, 1/0."""
    lowered = value.lower()
    if lowered in {"yes", "true", "on", "1"}:
        return True
    if lowered in {"no", "false", "off", "0"}:
        return False
    raise ValueError("write yes or no")


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number from `low` to `high`, both included."""

    def parse(value: str) -> int:
        if not value.lstrip("-").isdigit() or not low <= int(value) <= high:
            raise ValueError(f"write a whole number from {low} to {high}")
        return int(value)

    return parse


def one_of(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in choices:
            raise ValueError(f"write one of: {', '.join(choices)}")
        return value

    return parse


def path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def words(value: str) -> list[str]:
    """A list with commas between."""
    return [word.strip() for word in value.split(",") if word.strip()]


def url(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("write a full address that begins with http:// or https://")
    return value.rstrip("/")


def time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("write a time zone's name, such as Europe/Paris")
    return value
