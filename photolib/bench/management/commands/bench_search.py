"""`manage.py bench_search`: how long the first page of an answer takes, on SQLite and PostgreSQL."""

import json
import os
import subprocess
import sys
from argparse import SUPPRESS, ArgumentParser
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

import psycopg
from django.core.management.base import BaseCommand
from psycopg import sql

from photolib.bench.asking import Figures, measure
from photolib.bench.questions import fill, filled, settle
from photolib.core.figures import as_json_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATABASE = "photolib_bench_search"


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
        parser.add_argument(
            "--keep",
            type=Path,
            help="folder in which the filled libraries stay for the next run; on PostgreSQL the "
            "database called as that folder",
        )
        # What the command starts itself with.
        parser.add_argument("--part", action="store_true", help=SUPPRESS)

    def handle(
        self,
        *args: object,
        photos: int,
        rounds: int,
        postgres: str,
        keep: Path | None,
        part: bool,
        **options: object,
    ) -> None:
        if part:
            self.stdout.write(json.dumps(_fill_and_measure(photos, rounds)))
            return
        figures: Figures = {"benchmark": "search", "photos": photos, "rounds": rounds}
        with _folder(keep) as folder:
            figures["sqlite"] = _in_a_process("sqlite", folder / "sqlite", photos, rounds)
            self._table("SQLite", figures["sqlite"])
            if postgres:
                with _database(postgres, keep) as address:
                    figures["postgresql"] = _in_a_process(
                        address, folder / "postgresql", photos, rounds
                    )
                self._table("PostgreSQL", figures["postgresql"])
        self.stdout.write(as_json_line(figures))

    def _table(self, name: str, figures: Figures) -> None:
        self.stdout.write(
            f"{name}: filled in {figures['fill_seconds']:.0f} s; a bare loop between the questions took "
            f"{figures['loop']:.1f} ms"
        )
        self.stdout.write(f"{'milliseconds':34} {'p50':>8} {'p95':>8} {'processor':>18}")
        rows = figures["kinds"] | {who: figures[who] for who in ("owner", "housemate")}
        for kind, times in rows.items():
            self.stdout.write(f"{kind:34} " + " ".join(f"{time:8.1f}" for time in times))


def _fill_and_measure(photos: int, rounds: int) -> Figures:
    """Fill this process's database unless it is filled already, and ask every question."""
    began = perf_counter()
    house = filled(photos)
    if house is None:
        house = fill(photos)
        settle()
    seconds = round(perf_counter() - began, 1)
    return {"fill_seconds": seconds, **measure(house, rounds)}


@contextmanager
def _folder(keep: Path | None) -> "Iterator[Path]":
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _in_a_process(database: str, folder: Path, photos: int, rounds: int) -> Figures:
    """The same command in a process of its own, with folders and a database of its own."""
    environment = os.environ | {
        "PHOTOLIB_DATA": str(folder / "data"),
        "PHOTOLIB_KEYSTORE": str(folder / "keystore"),
        "PHOTOLIB_DATABASE": database,
    }
    manage = [sys.executable, sys.argv[0]]
    subprocess.run(  # noqa: S603 -- ourselves
        [*manage, "migrate", "--no-input", "-v", "0"], env=environment, check=True
    )
    command = [*manage, "bench_search", "--part", f"--photos={photos}", f"--rounds={rounds}"]
    done = subprocess.run(  # noqa: S603 -- ourselves
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def _database(address: str, keep: Path | None) -> "Iterator[str]":
    """A database of our own on that server, removed afterwards unless it is to be kept."""
    name = f"{_DATABASE}_{keep.resolve().name}" if keep is not None else _DATABASE
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    make = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    server = address.rsplit("/", 1)[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as server_connection:
        if keep is None:
            server_connection.execute(drop)
        there = server_connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if there is None:
            server_connection.execute(make)
        try:
            yield f"{server}/{name}"
        finally:
            if keep is None:
                server_connection.execute(drop)
