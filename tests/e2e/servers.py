"""A real photolib server for the browser tests: its own processes, folders and port."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, str(ROOT / "manage.py"))


class SiteFailed(Exception):
    """The server did not start or a command of it failed; the sentence carries its output."""


@dataclass
class Site:
    """One server in one room. `room` holds its data, its keystore and its log.

    `start(workers=True)` runs `manage.py serve`, so that photos that arrive are worked on.
    """

    room: Path
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.room / "server.log"

    def environment(self) -> dict[str, str]:
        """As a person would set it: nothing of the test process's own settings leaks in."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("PHOTOLIB_")
        }
        kept.pop("PUBLIC_URL", None)
        return kept | {
            "PHOTOLIB_DATA": str(self.room / "data"),
            "PHOTOLIB_KEYSTORE": str(self.room / "keystore"),
            "PHOTOLIB_LISTEN": f"127.0.0.1:{self.port}",
            "PHOTOLIB_MIN_FREE_MB": "0",
            "PHOTOLIB_WORKERS": "1",
            "PYTHONUNBUFFERED": "1",
        }

    def manage(self, *words: str, seconds: float = 240) -> str:
        """Run one management command to its end and return what it printed."""
        return self._finish((*MANAGE, *words), seconds)

    def furnish(self) -> dict[str, int | str]:
        """Fill the site (seed.py); returns the keys of what is in it."""
        printed = self.manage("shell", "-c", "from tests.e2e.seed import main; main()")
        found: dict[str, int | str] = json.loads(printed.splitlines()[-1])
        return found

    def start(self, *, workers: bool) -> "Site":
        self.port = _free_port()
        address = f"127.0.0.1:{self.port}"
        command = (
            (*MANAGE, "serve")
            if workers
            else (
                sys.executable, "-m", "gunicorn", "photolib.wsgi", "--bind", address,
                "--threads", "4", "--log-level", "warning",
            )
        )  # fmt: skip
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._wait_until_it_answers()
        return self

    def stop(self) -> None:
        """SIGTERM, as a service manager does; what is left after ten seconds is killed."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=5)

    def copied_to(self, room: Path) -> "Site":
        """The same site, before it serves, in another room: journeys do not meet."""
        shutil.copytree(self.room, room)
        return Site(room)

    def _finish(self, command: tuple[str, ...], seconds: float) -> str:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        if done.returncode != 0:
            raise SiteFailed(f"{' '.join(command[1:])} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def _wait_until_it_answers(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._process is not None and self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/static/css/base.css", timeout=2):  # noqa: S310 our own loopback address
                    return
            except urllib.error.HTTPError:
                return  # it answers, if only to say no
            except OSError:
                time.sleep(0.1)
        said = self.log.read_text(errors="replace")[-3000:]
        self.stop()
        raise SiteFailed(f"The server did not answer within {seconds:.0f} s. It said:\n{said}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
