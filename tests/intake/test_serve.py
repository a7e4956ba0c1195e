"""manage.py serve: everything together, and nobody left behind."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from django.utils import timezone
from pytest_django import Settings

from photolib.core.errors import PhotolibError
from photolib.intake.models import StepRun, StepState
from photolib.intake.serving import listen_on, shown_address
from photolib.library.models import Photo
from tests.intake.conftest import Processes, Receive, accepted, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("set_steps"),
]

STEPS = "tests.intake.fake_steps.first,tests.intake.fake_steps.second"


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def children_of(pid: int) -> dict[int, str]:
    """The command lines of the processes that this one started, by process id."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid and fields[0] != "Z":
                words = (stat.parent / "cmdline").read_bytes().split(b"\0")
                found[int(stat.parent.name)] = " ".join(word.decode() for word in words)
        except OSError:
            continue
    return found


def is_alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def workers_of(server: subprocess.Popen[str]) -> list[int]:
    return [pid for pid, line in children_of(server.pid).items() if "manage.py work" in line]


def answers(address: str) -> bool:
    try:
        with urlopen(f"http://{address}/", timeout=5):
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@needs_proc
def test_serve_answers_works_restarts_and_stops_cleanly(
    processes: Processes, arrive: Receive, settings: Settings
) -> None:
    address = free_address()
    server = processes.start("serve", "--listen", address, steps=STEPS, PHOTOLIB_WORKERS="2")
    until(lambda: answers(address))
    assert server.stdout is not None
    assert f"running at http://{address} " in server.stdout.readline()
    until(lambda: len(workers_of(server)) == 2)

    arrive()
    until(lambda: Photo.objects.filter(lens="first second ").exists())

    before = workers_of(server)
    os.kill(before[0], signal.SIGKILL)
    until(lambda: len(workers_of(server)) == 2 and before[0] not in workers_of(server))

    everyone = list(children_of(server.pid))
    server.terminate()
    server.communicate(timeout=30)
    assert server.returncode == 0
    assert not [pid for pid in everyone if is_alive(pid)]
    assert not answers(address)


@needs_proc
def test_children_end_when_the_supervisor_is_killed_hard(
    processes: Processes, alice: object
) -> None:
    address = free_address()
    server = processes.start("serve", "--listen", address, steps=STEPS, PHOTOLIB_WORKERS="1")
    until(lambda: answers(address))
    everyone = list(children_of(server.pid))
    assert len(everyone) == 2
    server.kill()
    until(lambda: not any(is_alive(pid) for pid in everyone))


@needs_proc
def test_worker_that_hangs_in_a_step_is_stopped_and_replaced(
    processes: Processes, arrive: Receive, settings: Settings
) -> None:
    accepted(arrive())
    StepRun.objects.all().delete()
    server = processes.start(
        "serve", "--no-web", steps="tests.intake.fake_steps.slow",
        PHOTOLIB_WORKERS="1", TEST_STEP_SECONDS="1",
    )  # fmt: skip
    until(lambda: StepRun.objects.filter(error__contains="took longer than 1 seconds").exists())
    (settings.PHOTOLIB_DATA / "go").touch()
    until(lambda: StepRun.objects.filter(state=StepState.DONE).exists())
    server.terminate()
    server.communicate(timeout=30)


def test_address_in_use_is_said_in_words(processes: Processes) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        server = processes.start("serve", "--listen", address, steps=STEPS)
        output, _ = server.communicate(timeout=60)
    assert server.returncode == 1
    assert f"cannot listen on {address}" in output
    assert "Traceback" not in output


@pytest.mark.parametrize("address", ["8000", "localhost", "127.0.0.1:http", "127.0.0.1:70000"])
def test_odd_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(PhotolibError, match=r"127\.0\.0\.1:8000"):
        listen_on(address)


def test_address_that_is_shown_can_be_typed_into_a_browser(settings: Settings) -> None:
    settings.PUBLIC_URL = ""
    with listen_on("0.0.0.0:0") as listener:
        assert shown_address(listener).startswith("http://127.0.0.1:")
    settings.PUBLIC_URL = "https://photos.home.example"
    with listen_on("127.0.0.1:0") as listener:
        assert shown_address(listener) == "https://photos.home.example"


def test_work_begins_soon_after_a_ring(processes: Processes, arrive: Receive) -> None:
    processes.start("work", steps=STEPS)
    accepted(arrive(seed=1))
    until(lambda: not StepRun.objects.exclude(state=StepState.DONE).exists())
    time.sleep(1)
    rang = timezone.now()
    arrive(seed=2)
    until(lambda: Photo.objects.filter(lens="first second ").count() == 2, seconds=5)
    assert (timezone.now() - rang).total_seconds() < 4
