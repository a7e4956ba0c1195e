"""`manage.py bench_search`: how long the first page of an answer takes, on SQLite and PostgreSQL."""

import json
import os
import subprocess
import sys
from argparse import SUPPRESS, ArgumentParser
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import psycopg
from django.core.management.base import BaseCommand
from django.db import connection
from psycopg import sql

from photolib.accounts.models import User
from photolib.bench.questions import QUESTIONS, House, asked, fill
from photolib.core.figures import as_json_line
from photolib.pages.queries import slice_of
from photolib.search.queries import count_up_to, search_photos

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATABASE = "photolib_bench_search"
Figures = dict[str, Any]
# Of the clock, and of the processor for this process: on a busy machine only the second compares.
Time = tuple[float, float]


class Command(BaseCommand):
    help = "Measure the search over a synthetic library; the last line is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--photos", type=int, default=100_000)
        parser.add_argument(
            "--rounds", type=int, default=5, help="how often each question is asked"
        )
        parser.add_argument(
            "--postgres", default="", help="address of a PostgreSQL where a database may be made"
        )
        # What the command starts itself with.
        parser.add_argument("--part", action="store_true", help=SUPPRESS)

    def handle(
        self, *args: object, photos: int, rounds: int, postgres: str, part: bool, **options: object
    ) -> None:
        if part:
            self.stdout.write(json.dumps(_measure(photos, rounds)))
            return
        figures: Figures = {"benchmark": "search", "photos": photos, "rounds": rounds}
        figures["sqlite"] = _in_a_process("sqlite", photos, rounds)
        self._table("SQLite", figures["sqlite"])
        if postgres:
            with _database(postgres) as address:
                figures["postgresql"] = _in_a_process(address, photos, rounds)
            self._table("PostgreSQL", figures["postgresql"])
        self.stdout.write(as_json_line(figures))

    def _table(self, name: str, figures: Figures) -> None:
        self.stdout.write(f"{name}: filled in {figures['fill_seconds']:.0f} s")
        self.stdout.write(f"{'milliseconds':34} {'p50':>8} {'p95':>8} {'processor':>18}")
        rows = figures["kinds"] | {who: figures[who] for who in ("owner", "housemate")}
        for kind, times in rows.items():
            self.stdout.write(f"{kind:34} " + " ".join(f"{time:8.1f}" for time in times))


def _measure(photos: int, rounds: int) -> Figures:
    """Fill this process's empty database and ask every question; milliseconds."""
    began = perf_counter()
    house = fill(photos)
    filled = perf_counter() - began
    kinds: dict[str, list[Time]] = {}
    mates: list[Time] = []
    for _round in range(rounds):
        for kind, questions in QUESTIONS.items():
            for question in map(asked, questions):
                kinds.setdefault(kind, []).append(_first_page(house.owner, question))
                mates.append(_first_page(house.housemate, question))
    everything = [time for times in kinds.values() for time in times]
    return {
        "fill_seconds": round(filled, 1),
        "owner": _halves(everything),
        "housemate": _halves(mates),
        "kinds": {kind: _halves(times) for kind, times in kinds.items()},
        "database": connection.vendor,
        "seen": _shares(house),
    }


def _first_page(viewer: User, question: str) -> Time:
    """Milliseconds until there are the rows of the first page and their number, as the page shows it."""
    began, worked = perf_counter(), process_time()
    found = search_photos(viewer, question, "en").photos
    slice_of(found)
    count_up_to(found)
    return (perf_counter() - began) * 1000, (process_time() - worked) * 1000


def _shares(house: House) -> Figures:
    """How many photos answer to each question, for the owner, so that one sees what was measured."""
    return {
        question: count_up_to(search_photos(house.owner, question, "en").photos)
        for questions in QUESTIONS.values()
        for question in map(asked, questions)
    }


def _halves(times: list[Time]) -> list[float]:
    """The median and the 95th percentile, of the clock and of the processor."""
    figures: list[float] = []
    for column in zip(*times, strict=True):
        parts = quantiles(column, n=20, method="inclusive")
        figures += [round(parts[9], 1), round(parts[18], 1)]
    return figures


def _in_a_process(database: str, photos: int, rounds: int) -> Figures:
    """The same command in a process of its own, with folders and a database of its own."""
    with TemporaryDirectory() as folder:
        environment = os.environ | {
            "PHOTOLIB_DATA": str(Path(folder) / "data"),
            "PHOTOLIB_KEYSTORE": str(Path(folder) / "keystore"),
            "PHOTOLIB_DATABASE": database,
        }
        manage = [sys.executable, sys.argv[0]]
        subprocess.run(  # noqa: S603 -- ourselves
            [*manage, "migrate", "--no-input", "-v", "0"], env=environment, check=True
        )
        measure = [*manage, "bench_search", "--part", f"--photos={photos}", f"--rounds={rounds}"]
        done = subprocess.run(  # noqa: S603 -- ourselves
            measure, env=environment, check=True, capture_output=True, text=True
        )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def _database(address: str) -> "Iterator[str]":
    """A database of our own on that server, removed afterwards."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_DATABASE))
    make = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_DATABASE))
    server = address.rsplit("/", 1)[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as server_connection:
        server_connection.execute(drop)
        server_connection.execute(make)
        try:
            yield f"{server}/{_DATABASE}"
        finally:
            server_connection.execute(drop)
