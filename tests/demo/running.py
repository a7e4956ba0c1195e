"""The demo of this test session: one run, in a network namespace without a way out where one may be made."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
# In a namespace of its own there is no interface but loopback, which is down at first.
INSIDE = 'ip link set lo up && exec "$@"'


class Demo(NamedTuple):
    """The folders of a demo, the JSON object it ended with, and whether it could reach nobody."""

    data: Path
    keystore: Path
    result: dict[str, Any]
    alone: bool

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.data / "db.sqlite3")) as connection:
            return connection.execute(sql).fetchall()


def alone(*command: str) -> list[str]:
    """The command in a network namespace without any route; nothing where that is not permitted."""
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    if unshare is None or ip is None:
        return []
    options = ["-n"] if os.geteuid() == 0 else ["-r", "-n"]
    start = [unshare, *options, "sh", "-c", INSIDE, "sh"]
    if subprocess.run([*start, "true"], capture_output=True, check=False).returncode:
        return []
    return [*start, *command]


def run_manage(
    *arguments: str, data: Path, keystore: Path, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """`manage.py` with the product's own settings, in these folders. before: words of another command."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "photolib.settings",
        "PHOTOLIB_DATA": str(data),
        "PHOTOLIB_KEYSTORE": str(keystore),
        "PHOTOLIB_DATABASE": "sqlite",
    }
    return subprocess.run(
        [*before, sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Looked at by several files, and changed by none."""
    room = tmp_path_factory.mktemp("demo")
    data, keystore = room / "data", room / "keystore"
    without_network = tuple(alone())
    done = run_manage("demo", "--json", data=data, keystore=keystore, before=without_network)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    return Demo(data, keystore, result, alone=bool(without_network))
