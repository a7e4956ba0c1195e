"""`manage.py bench_faces`: finding faces, grouping and placing them, beside what they are compared with."""

import json
import os
import subprocess
import sys
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from faces.bench.grouping import RULES, measure_recall, run_rule
from faces.bench.placing import measure_placing
from faces.bench.plot import draw
from faces.bench.synthetic import Library, make_library
from faces.bench.throughput import measure_throughput
from photolib.core.figures import as_json_line

# One thread a process, as `manage.py serve` sets it for workers; grouping starts threads of its own.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_SIZES = [1_000, 10_000, 100_000]
_MILLION = 1_000_000
_RIVALS = ("librephotos", "photoprism")
Figures = dict[str, Any]


class Command(BaseCommand):
    help = "Measure the speed and memory of faces on synthetic libraries; the last line is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="*", default=_SIZES, help="faces to group")
        parser.add_argument(
            "--million", action="store_true", help="group a million faces, too, by ours alone"
        )
        parser.add_argument(
            "--rules", nargs="*", choices=RULES, default=["ours", "exact", "cells", *_RIVALS]
        )
        parser.add_argument(
            "--timeout",
            type=float,
            default=900,
            help="seconds after which a rule has lost; ten times as many for a million faces",
        )
        parser.add_argument(
            "--kept", type=int, nargs="*", default=[10_000, 100_000], help="faces to add others to"
        )
        parser.add_argument("--added", type=int, default=1000, help="faces to add")
        parser.add_argument("--pictures", type=int, default=12, help="pictures to find faces in")
        parser.add_argument("--rounds", type=int, default=7, help="rounds over the pictures")
        parser.add_argument("--plot", type=Path, help="draw time and memory into this PNG")
        parser.add_argument(
            "--keep", type=Path, help="keep grouping's figures in this JSON, beside those there"
        )
        # What the command starts itself with.
        parser.add_argument("--part", default="", help=SUPPRESS)
        parser.add_argument("--folder", type=Path, default=Path(), help=SUPPRESS)

    def handle(self, *args: object, **options: Any) -> None:
        if options["part"]:
            self.stdout.write(json.dumps(_do_part(options)))
            return
        runs, recall = self._group_all(options)
        everything = _keep(runs, options["keep"]) if options["keep"] else runs
        placing = [self._place(kept, options["added"]) for kept in options["kept"]]
        throughput: Figures = {}
        if options["pictures"]:
            throughput = _start(
                "throughput", "--pictures", options["pictures"], "--rounds", options["rounds"]
            )
            self.stdout.write(
                f"detect and embed: bare loop / engine {throughput['throughput_ratio']:.2f}"
            )
        if options["plot"]:
            draw(everything, options["plot"])
        self.stdout.write(
            as_json_line(
                {"benchmark": "faces"}
                | throughput
                | {"grouping": runs, "recall_of_cells": recall, "placing": placing}
            )
        )

    def _group_all(self, options: dict[str, Any]) -> tuple[list[Figures], list[Figures]]:
        runs, recall = [], []
        sizes = [*options["sizes"], *([_MILLION] if options["million"] else [])]
        self.stdout.write(
            f"{'faces':>9}  {'rule':<12} {'seconds':>9} {'cpu':>9} {'MB':>7}  BCubed F"
        )
        lost: set[str] = set()
        for size in sizes:
            with TemporaryDirectory(prefix="photolib-bench-") as name:
                make_library(size).save(Path(name))
                many = size >= _MILLION
                for rule in options["rules"]:
                    # "cells" would be the same again, and the others need days.
                    if rule not in lost and not (many and rule != "ours"):
                        run = _group(
                            rule, size, Path(name), options["timeout"] * (10 if many else 1)
                        )
                        runs.append(run)
                        self._tell(run)
                        if "seconds" not in run:
                            lost.add(rule)  # nor will it be done in time with more faces
                if "cells" in options["rules"] and not many:
                    found = _start("recall", "--folder", name) | {"faces": size}
                    recall.append(found)
                    self.stdout.write(
                        f"{size:>9}  cells find {found['pair_recall']:.4f} of the pairs"
                    )
        return runs, recall

    def _tell(self, run: Figures) -> None:
        if "seconds" not in run:
            self.stdout.write(f"{run['faces']:>9}  {run['rule']:<12} {run['gave_up']}")
            return
        self.stdout.write(
            f"{run['faces']:>9}  {run['rule']:<12} {run['seconds']:>9.2f} {run['cpu_seconds']:>9.2f} "
            f"{run['peak_bytes'] / 1e6:>7.0f}  {run['bcubed_f']:.4f}"
        )

    def _place(self, kept: int, added: int) -> Figures:
        with TemporaryDirectory(prefix="photolib-bench-") as name:
            environment = _ONE_THREAD | {
                "PHOTOLIB_DATA": str(Path(name) / "data"),
                "PHOTOLIB_KEYSTORE": str(Path(name) / "keystore"),
                "PHOTOLIB_DATABASE": "sqlite",
            }
            _call(["migrate", "--verbosity", "0"], environment)
            found = _start("placing", "--kept", kept, "--added", added, environment=environment)
        self.stdout.write(
            f"{kept} kept, opened in {found['load_seconds']} s; {added} added: each "
            f"{found['place_ms_a_face']} ms to place, {found['write_ms_a_face']} ms to write"
        )
        return found


def _keep(runs: list[Figures], file: Path) -> list[Figures]:
    """Write these figures beside those in the file, in place of older ones; what is there now.

    So a rule that takes an hour is measured on its own, and the plot is drawn again without measuring.
    """
    before: list[Figures] = json.loads(file.read_text()) if file.exists() else []
    now = {(run["faces"], run["rule"]): run for run in [*before, *runs]}
    kept = [now[key] for key in sorted(now)]
    file.write_text(json.dumps(kept, indent=1) + "\n")
    return kept


def _do_part(options: dict[str, Any]) -> Figures:
    part: str = options["part"]
    if part == "throughput":
        return measure_throughput(count=options["pictures"], rounds=options["rounds"])
    if part == "placing":
        return measure_placing(kept=options["kept"][0], added=options["added"])
    library = Library.load(options["folder"])
    return measure_recall(library) if part == "recall" else run_rule(part, library)


def _group(rule: str, size: int, folder: Path, timeout: float) -> Figures:
    """One rule in a process of its own. Other rules may use every thread their libraries start.

    load: how busy the machine was with other things, in the minute before.
    """
    now = {"on": localdate().isoformat(), "load": round(os.getloadavg()[0], 1)}
    environment = {} if rule in _RIVALS else _ONE_THREAD
    try:
        found = _start(rule, "--folder", folder, environment=environment, timeout=timeout)
    except subprocess.TimeoutExpired:
        found = {"gave_up": f"not done after {timeout:.0f} seconds"}
    except subprocess.CalledProcessError as error:
        found = {"gave_up": f"ended with {error.returncode} (out of memory?)"}
    return {"rule": rule, "faces": size} | now | found


def _start(
    part: str,
    *arguments: object,
    environment: dict[str, str] = _ONE_THREAD,
    timeout: float | None = None,
) -> Figures:
    told = _call(
        ["bench_faces", "--part", part, *map(str, arguments)], environment, timeout=timeout
    )
    found: Figures = json.loads(told.splitlines()[-1])
    return found


def _call(arguments: list[str], environment: dict[str, str], timeout: float | None = None) -> str:
    done: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603  our own manage.py, no shell
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env=os.environ | environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=timeout,
    )
    return done.stdout
