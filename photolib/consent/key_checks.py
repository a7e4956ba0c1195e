"""What `manage.py check` says of keys and erasures. `serve` asks the same before it answers."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from photolib.consent import keys
from photolib.consent.errors import KeystoreLocked
from photolib.consent.keystore import masters
from photolib.consent.receipts import why_locked
from photolib.consent.replay import waiting_erasures
from photolib.machine import core_dumps_forbidden


@register(Tags.security)
def check_core_dumps(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """A dump of memory would hold faces: manage.py and the web server forbid it for themselves."""
    if core_dumps_forbidden():
        return []
    return [
        Warning(
            "This process may write its memory to disk when it crashes (a core dump).",
            hint="Start photolib by manage.py or photolib.wsgi, or with `ulimit -c 0`.",
            id="consent.W001",
        )
    ]


@register(Tags.database)
def check_keystore(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_kwargs: Any
) -> list[CheckMessage]:
    """The keystore fits the database, and no erasure waits to be done again."""
    if not databases:
        return []
    try:
        found = _look()
    except KeystoreLocked as error:
        return [Warning(str(error), hint="All but recognition works meanwhile.", id="consent.W002")]
    except DatabaseError:
        # Not migrated yet: `migrate` says so itself.
        return []
    return found


def _look() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    waiting = waiting_erasures()
    if waiting:
        found.append(
            Error(
                f"This database is older than {waiting} erasures.",
                hint="Run `manage.py replay_erasures`, or start with `manage.py serve`, which does.",
                id="consent.E001",
            )
        )
    locked = why_locked()
    if locked:
        found.append(
            Warning(locked, hint="All but recognition works meanwhile.", id="consent.W002")
        )
    elif masters.given_passphrase() and (plain := keys.count_plain()):
        found.append(
            Warning(
                f"{plain} keys were made before there was a passphrase and are not under it.",
                hint="Run `manage.py rotate_keys`.",
                id="consent.W003",
            )
        )
    return found
