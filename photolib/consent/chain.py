"""How the ledger's entries are chained: pure arithmetic, without the database.

hash = SHA-256(canonical JSON of the entry ‖ hash of the entry before it). Chained are random ids, codes,
text hashes, times and salted commitments: nothing of it tells a name once the salt is erased.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

# What the first entry follows.
ORIGIN = "0" * 64
_FORM = 1


@dataclass(frozen=True, slots=True)
class Chained:
    """What of an entry is chained. subject, actor: commitments; at: never before the entry before it.

    clock_behind: whole seconds by which the machine's clock was behind the newest time on record.
    """

    sequence: int
    entry_id: str
    subject: str
    purpose: str
    granted: bool
    channel: str
    actor: str
    text_id: str
    text_language: str
    text_sha256: str
    at: datetime
    clock_behind: int


def canonical(entry: Chained) -> bytes:
    """The entry as JSON that is the same on every machine: sorted, without blanks, time in UTC."""
    values = {name: getattr(entry, name) for name in Chained.__dataclass_fields__}
    values |= {"form": _FORM, "at": _written(entry.at)}
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


def chain_hash(entry: Chained, previous: str) -> str:
    """The entry's hash, in hex."""
    return hashlib.sha256(canonical(entry) + previous.encode()).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(32)


def new_entry_id() -> str:
    return secrets.token_hex(16)


def commit_to(salt: str, reference: str) -> str:
    """SHA-256(salt ‖ reference): says who to those who hold the salt, and nothing to anybody else."""
    return hashlib.sha256(f"{salt}{reference}".encode()).hexdigest()


def subject_reference(person: int, library: int) -> str:
    """What the commitment of a subject stands for: this person in this library."""
    return f"person:{person}/library:{library}"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
