"""The list of erasures, kept with the keys: what a restored backup must not bring back.

One JSON object a line, appended and made durable before the erasure is answered. It holds random ids,
the numbers of rows, codes and times; no name and nothing biometric.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from photolib.consent.keystore import place
from photolib.consent.keystore.identity import usable_root

FILE = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One erasure: of keys alone (rotated, their time over), or of a person's yes in a library.

    at: ISO 8601. person, library: numbers of rows, None where only keys went.
    """

    id: str
    at: str
    keys: tuple[str, ...] = ()
    person: int | None = None
    library: int | None = None
    purpose: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def append(stone: Tombstone) -> None:
    """Write it down, durably. Raises KeystoreLocked."""
    # A line break in front, too: a line that was cut short by a full disk spoils only itself.
    line = b"\n" + json.dumps(asdict(stone)).encode() + b"\n"
    try:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        handle = os.open(usable_root() / FILE, flags, 0o600)
        try:
            if os.write(handle, line) != len(line):
                raise OSError(28, os.strerror(28))
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise place.locked(error) from error


def read_all() -> Iterator[Tombstone]:
    """Every erasure, the oldest first; lines that were cut short are passed over. KeystoreLocked."""
    content = place.read_file(usable_root() / FILE) or b""
    for line in content.splitlines():
        try:
            values = json.loads(line)
            stone = Tombstone(**values | {"keys": tuple(values.get("keys", ()))})
            datetime.fromisoformat(stone.at)
        except (ValueError, TypeError, AttributeError):
            continue
        yield stone
