"""Proving the ledger: its chain, its rules, the texts that were agreed to, and the heads noted before.

The newest hash is noted every day in the keystore, which no backup of the database carries: so a
ledger that was cut short, rewritten from the start, or put back from an old copy is found.
"""

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.consent.chain import ORIGIN
from photolib.consent.decisions import Reason, judge
from photolib.consent.errors import KeystoreLocked
from photolib.consent.ledger import Trouble, note, note_time, own_hash_holds
from photolib.consent.models import LedgerEntry, LedgerHead
from photolib.consent.recorded import newest_answers
from photolib.consent.wording import is_unchanged
from photolib.core import guards
from photolib.core.files import sync_folder

logger = logging.getLogger(__name__)

HEADS = "ledger_heads.jsonl"


@dataclass(frozen=True, slots=True)
class Problem:
    """trouble: what stops every yes; None where only the answers that are named stop."""

    trouble: Trouble | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. head: the newest entry's hash; clock_oddities: entries whose clock was behind."""

    entries: int
    head: str
    exported_heads: int
    clock_oddities: int
    problems: tuple[Problem, ...]

    @property
    def trouble(self) -> Trouble | None:
        """The first trouble that stops every yes, the missing rules left out: they are always asked."""
        found = [problem.trouble for problem in self.problems]
        return next((one for one in found if one and one != Trouble.GUARDS), None)


def verify() -> Report:
    """Go through the whole ledger. Changes nothing."""
    chain = list(_broken_links())
    heads = _read_heads()
    last = LedgerEntry.objects.order_by("-sequence").first()
    problems = [
        *_lost_guards(), *chain, *_head_differs(last), *_exported_differ(heads),
        *_changed_texts(), *([] if chain else _answers_differ()),
    ]  # fmt: skip
    return Report(
        entries=LedgerEntry.objects.count(),
        head=last.hash if last else ORIGIN,
        exported_heads=len(heads),
        clock_oddities=LedgerEntry.objects.filter(clock_behind__gt=0).count(),
        problems=tuple(problems),
    )


def verify_and_note() -> Report:
    """Go through the ledger, and have no yes count while it does not hold."""
    report = verify()
    note(report.trouble)
    for problem in report.problems:
        logger.error("%s", problem.sentence)
    return report


def check_daily(now: datetime) -> None:
    """The daily chore: prove the ledger, then note its head beside the keys."""
    note_time(now)
    if not verify_and_note().problems:
        export_head(now)


def after_migrate(**_rest: object) -> None:
    """Receiver of post_migrate: at every start the ledger is proved before anybody is served."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if {LedgerEntry._meta.db_table, LedgerHead._meta.db_table} <= set(tables):
        entries = LedgerEntry.objects.exists()
        if entries or LedgerHead.objects.exists():
            verify_and_note()


def export_head(now: datetime) -> None:
    """Note the newest entry's number and hash in the keystore, where it is another than noted last.

    Raises KeystoreLocked.
    """
    last = LedgerEntry.objects.order_by("-sequence").first()
    heads = _read_heads()
    if last is None or (heads and heads[-1] == (last.sequence, last.hash)):
        return
    _write_line({"sequence": last.sequence, "hash": last.hash, "at": now.isoformat()})


def accept_restored_copy(now: datetime | None = None) -> None:
    """An older copy of the database was put back on purpose: heads noted before do not count any more.

    They stay in the file. Raises KeystoreLocked.
    """
    last = LedgerEntry.objects.order_by("-sequence").first()
    _write_line(
        {
            "restored": True,
            "sequence": last.sequence if last else 0,
            "hash": last.hash if last else ORIGIN,
            "at": (now or timezone.now()).isoformat(),
        }
    )


def _lost_guards() -> Iterator[Problem]:
    for name in guards.missing():
        yield Problem(
            Trouble.GUARDS,
            _("The database does not keep the rule {name}: run `manage.py migrate`.").format(
                name=name
            ),
        )


def _broken_links() -> Iterator[Problem]:
    """The first place where the chain does not hold: all after it follows something else."""
    previous, at = ORIGIN, None
    for number, entry in enumerate(LedgerEntry.objects.order_by("sequence").iterator(), start=1):
        follows = (entry.sequence, entry.previous) == (number, previous)
        backwards = at is not None and entry.at < at
        if not follows or backwards or not own_hash_holds(entry):
            yield Problem(
                Trouble.CHAIN,
                _(
                    "The ledger is broken at entry {number}: it was changed, or one was removed or "
                    "added before it. Put back a backup in which it holds."
                ).format(number=number),
            )
            return
        previous, at = entry.hash, entry.at


def _head_differs(last: LedgerEntry | None) -> Iterator[Problem]:
    head = LedgerHead.objects.first()
    known = (head.sequence, head.hash) if head else (0, ORIGIN)
    if known != ((last.sequence, last.hash) if last else (0, ORIGIN)):
        yield Problem(
            Trouble.CHAIN,
            _(
                "The ledger ends at another entry than the one that was added last ({number})."
            ).format(number=known[0]),
        )


def _exported_differ(heads: list[tuple[int, str]]) -> Iterator[Problem]:
    by_number = dict(LedgerEntry.objects.values_list("sequence", "hash"))
    for number, noted in heads:
        if number and by_number.get(number) != noted:
            yield Problem(
                Trouble.EXPORT,
                _(
                    "Entry {number} of the ledger is missing or is not the one that was noted beside "
                    "the keys: the database is an older copy, or was tampered with. If you put back "
                    "a backup yourself, run `manage.py verify_ledger --accept-restored-copy`."
                ).format(number=number),
            )
            return


def _changed_texts() -> Iterator[Problem]:
    agreed = LedgerEntry.objects.order_by().values_list("text_id", "text_language", "text_sha256")
    for text_id, language, sha256 in agreed.distinct():
        if not is_unchanged(text_id, language, sha256):
            yield Problem(
                None,
                _(
                    "The text {file} is not the one that people answered: put the old file back, and "
                    "give a new wording a new number. Until then the answers to it do not count."
                ).format(file=f"{text_id}.{language}.txt"),
            )


def _answers_differ() -> Iterator[Problem]:
    """Answers that do not say what their entries say, and entries newer than the newest answer."""
    # Whatever an earlier check noted: what is looked at are the rows themselves.
    for row in sorted(newest_answers(), key=lambda row: row.pk):
        newest = replace(row, trouble="", guards_missing=0)
        broken = judge(newest).reason == Reason.LEDGER_BROKEN
        if broken or (not row.granted and row.entry.granted):
            yield Problem(
                Trouble.ANSWERS,
                _("Answer {number} does not say what entry {entry} of the ledger says.").format(
                    number=row.pk, entry=row.entry.sequence
                ),
            )


def _heads_file() -> Path:
    store: Path = settings.PHOTOLIB_KEYSTORE
    return store / HEADS


def _read_heads() -> list[tuple[int, str]]:
    """(number, hash) of each noted head since an older copy was last put back on purpose."""
    try:
        lines = _heads_file().read_text().splitlines()
    except OSError:
        return []
    heads: list[tuple[int, str]] = []
    for line in lines:
        try:
            values = json.loads(line)
            head = (int(values["sequence"]), str(values["hash"]))
        except (ValueError, KeyError, TypeError):
            continue  # a line that was cut off when the power failed
        heads = [head] if values.get("restored") else [*heads, head]
    return heads


def _write_line(values: dict[str, object]) -> None:
    store: Path = settings.PHOTOLIB_KEYSTORE
    if not store.is_dir():
        raise KeystoreLocked(
            _("The keystore {folder} is not there: mount it or set PHOTOLIB_KEYSTORE.").format(
                folder=store
            )
        )
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    handle = os.open(_heads_file(), flags, 0o600)
    try:
        # A line break first: what a power cut left of the line before stays a line of its own.
        os.write(handle, f"\n{json.dumps(values, sort_keys=True)}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(store)
