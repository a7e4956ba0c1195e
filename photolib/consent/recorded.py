"""The newest answers on record, with all that judging them needs, in one statement.

It is written as SQL, since it is asked before anything is named: Django took ten times as long to put the
same together as either database takes to answer (docs/adr/0012).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from photolib.consent.chain import Chained
from photolib.consent.standing import Circumstances
from photolib.core import guards
from photolib.core.sql import NEVER, Sql, as_moment, chained, fetched, joined, marks


@dataclass(frozen=True, slots=True)
class Recorded:
    """The newest answer of a person about a library and a purpose. pk: of its Decision.

    entry, previous, hash: the ledger's entry, what it follows, and what it was hashed to.
    salt: of who stands behind the entry; empty where that was erased. superseded: the ledger has a newer
        entry.
    trouble: what the last check of the ledger found; empty where nothing. seen_at: the latest moment on
        record.
    guards_missing: rules of the database that it does not keep now. at_rest: a veto holds.
    """

    pk: int
    person_id: int
    library_id: int
    purpose: str
    granted: bool
    channel: str
    decided_by_id: int | None
    entry: Chained
    previous: str
    hash: str
    salt: str
    superseded: bool
    trouble: str
    seen_at: datetime | None
    guards_missing: int
    at_rest: bool
    recognition: str
    owner_household_id: int | None
    household_id: int
    who: Circumstances


# (purpose, condition) under which a yes rests for now, by the name of who registered it. They are
# part of the one statement, so that asking costs nothing more.
_VETOES: dict[str, tuple[str, Callable[[], Sql]]] = {}


def register_veto(name: str, purpose: str, condition: Callable[[], Sql]) -> None:
    """Let a yes to `purpose` rest while `condition()` holds. Call it in AppConfig.ready.

    condition: SQL over d.person_id and d.library_id of a decision.
    Raises ValueError where the name is taken.
    """
    veto = (purpose, condition)
    if _VETOES.setdefault(name, veto) != veto:
        raise ValueError(f"There is a veto called {name} already: choose another name.")


def newest_answers(
    *,
    purposes: Iterable[str] | None = None,
    libraries: Iterable[int] | None = None,
    people: Iterable[int] | None = None,
    granted_only: bool = False,
) -> list[Recorded]:
    """The newest answer of each person, library and purpose, as far as asked about; in no order.

    purposes, libraries, people: only answers about these; None for all.
    """
    # A member of an enumeration is one of its own kind to PostgreSQL's driver.
    named = None if purposes is None else [str(purpose) for purpose in purposes]
    asked = {"d.purpose": named, "d.library_id": libraries, "d.person_id": people}
    wanted = [
        marks(values).within(f"{column} IN {{}}")
        for column, values in asked.items()
        if values is not None
    ]
    if granted_only:
        wanted.append(Sql("d.granted"))
    where = joined([Sql(_NEWEST), *wanted], " AND ")
    columns = chained([Sql(_COLUMNS), guards.missing_count(), _at_rest()], ", ")
    return [
        _recorded(*row)
        for row in fetched(chained([columns, Sql(_TABLES), where], " ").within("SELECT {}"))
    ]


_CHAINED = tuple(Chained.__dataclass_fields__)
# What is one value is asked for as one: with each table more that is joined, PostgreSQL thinks longer about
# the order of all (with eleven, longer than the whole takes now).
_COLUMNS = (
    ", ".join(f"e.{name}" for name in _CHAINED)  # noqa: S608 -- names of our own
    + """, e.previous, e.hash,
    d.id, d.person_id, d.library_id, d.purpose, d.granted, d.channel, d.decided_by_id,
    (SELECT s.salt FROM consent_ledgersubject s
        WHERE s.person_id = d.person_id AND s.library_id = d.library_id),
    (SELECT h.trouble FROM consent_ledgerhead h WHERE h.id = 1),
    (SELECT h.seen_at FROM consent_ledgerhead h WHERE h.id = 1),
    l.recognition, (SELECT o.household_id FROM accounts_user o WHERE o.id = l.owner_id),
    p.household_id, (SELECT c.country FROM accounts_household c WHERE c.id = p.household_id),
    p.birthday, u.role, u.birthday, coalesce(u.guardian_id, p.guardian_id),
    (SELECT g.is_active FROM accounts_user g WHERE g.id = coalesce(u.guardian_id, p.guardian_id)),
    EXISTS (SELECT 1 FROM consent_ledgerentry n
        WHERE n.subject = e.subject AND n.purpose = d.purpose AND n.sequence > e.sequence)"""
)
# The account's guardian goes before the one that was named for the person, as in consent.standing.
_TABLES = """FROM consent_decision d
    JOIN consent_ledgerentry e ON e.sequence = d.entry_id
    JOIN library_library l ON l.id = d.library_id
    JOIN people_person p ON p.id = d.person_id
    LEFT JOIN accounts_user u ON u.id = p.user_id
    WHERE"""
_NEWEST = """NOT EXISTS (SELECT 1 FROM consent_decision m WHERE m.person_id = d.person_id
    AND m.library_id = d.library_id AND m.purpose = d.purpose AND m.id > d.id)"""


def _at_rest() -> Sql:
    """Whether any veto holds for a decision."""
    held = [
        joined([Sql("d.purpose = %s", (str(purpose),)), condition()], " AND ")
        for purpose, condition in _VETOES.values()
    ]
    return joined(held or [NEVER], " OR ").within("({})")


def _recorded(*row: Any) -> Recorded:
    """A row of the statement, its columns in the order they are asked for."""
    chained_values = dict(zip(_CHAINED, row, strict=False))
    (
        previous, own_hash,
        pk, person, library, purpose, granted, channel, decided_by,
        salt, trouble, seen_at, recognition, owner_household, household,
        country, birthday, role, account_birthday, guardian, guardian_active,
        superseded, guards_missing, at_rest,
    ) = row[len(_CHAINED) :]  # fmt: skip
    granted_then, at = bool(chained_values.pop("granted")), as_moment(chained_values.pop("at"))
    return Recorded(
        pk=pk,
        person_id=person,
        library_id=library,
        purpose=purpose,
        granted=bool(granted),
        channel=channel,
        decided_by_id=decided_by,
        entry=Chained(granted=granted_then, at=at, **chained_values),
        previous=previous,
        hash=own_hash,
        salt=salt or "",
        superseded=bool(superseded),
        trouble=trouble or "",
        seen_at=as_moment(seen_at) if seen_at else None,
        guards_missing=guards_missing,
        at_rest=bool(at_rest),
        recognition=recognition,
        owner_household_id=owner_household,
        household_id=household,
        who=Circumstances(
            country=country,
            role=role,
            birthday=account_birthday or birthday,
            guardian_id=guardian,
            guardian_active=bool(guardian_active),
        ),
    )
