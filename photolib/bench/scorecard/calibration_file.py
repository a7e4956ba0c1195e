"""The file that keeps thresholds with their evidence: a table a group, in TOML."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from photolib.core.errors import PhotolibError

_HEAD = (
    "# Chosen by `manage.py calibrate descriptions --write`, which keeps what it does not choose.\n"
)

Table = dict[str, Any]


def write_calibration(path: Path, figures: dict[str, Any], *, on: date) -> None:
    """Put the groups of these figures into the file; its other tables stay. Raises PhotolibError."""
    try:
        kept = tomllib.loads(path.read_text()) if path.exists() else {}
        for name, group in figures["groups"].items():
            kept[name] = kept.get(name, {}) | _evidence(group, figures["photos"], on)
        path.write_text(_HEAD + "".join(_table(name, one) for name, one in kept.items()))
    except (OSError, ValueError) as error:
        raise PhotolibError(
            _("{path} could not be written: {error}").format(path=path, error=error)
        ) from error


def _evidence(group: Table, photos: int, on: date) -> Table:
    return group | {"photos": photos, "chosen_on": on}


def _table(name: str, table: Table) -> str:
    """One table, its plain values first, then the tables within. None has no form in TOML: left out."""
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = [f"{key} = {_value(value)}\n" for key, value in plain.items() if value is not None]
    inner = [
        _table(f"{name}.{key}", value) for key, value in table.items() if isinstance(value, dict)
    ]
    return f"\n[{name}]\n{''.join(lines)}{''.join(inner)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return str(value)
