"""Photolibs that exist for one measurement: folders of their own, and the product's own commands on them."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

# One thread a process in every native library, as `manage.py serve` sets it for workers.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def environment_of(room: Path) -> dict[str, str]:
    """What makes `manage.py` work on a photolib that lies in this folder and nowhere else."""
    return {
        "PHOTOLIB_DATA": str(room / "data"),
        "PHOTOLIB_KEYSTORE": str(room / "keystore"),
        "PHOTOLIB_DATABASE": "sqlite",
    }


def command_of(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]


def run_manage(arguments: Sequence[str], environment: dict[str, str]) -> str:
    """Run one of our commands to its end, and return what it printed. Raises CalledProcessError."""
    done: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603  our own manage.py, no shell
        command_of(arguments),
        env=os.environ | ONE_THREAD | environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def start_manage(arguments: Sequence[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    """Start one of our commands, with pipes to its input and from its output."""
    return subprocess.Popen(  # noqa: S603  our own manage.py, no shell
        command_of(arguments),
        env=os.environ | ONE_THREAD | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
