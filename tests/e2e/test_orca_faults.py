"""The ears work: what is right is heard, and each seeded fault makes its assertion fail."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.hearing import assert_said, require_orca
from tests.e2e.orca import Listener

pytestmark = pytest.mark.orca
FAULTS = Path(__file__).parent / "faults"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """No access log among the test's output."""


@pytest.fixture(scope="module")
def faults_url() -> Iterator[str]:
    """The folder of faulty pages on a loopback port."""
    handler = functools.partial(QuietHandler, directory=str(FAULTS))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def listener(faults_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    require_orca()
    listener = Listener(tmp_path_factory.mktemp("ears"))
    listener.start(f"{faults_url}/sound.html")
    yield listener
    listener.stop()


def hear_heading(listener: Listener) -> None:
    assert_said(listener.press_until("h", "heading level 2", at_most=3), "Saturday 6 July 2024")


def hear_photo(listener: Listener) -> None:
    lines = listener.press("ctrl+Home", "Tab")
    assert_said(lines, "3 people, Anna and two others, on a beach", "link")


def hear_button(listener: Listener) -> None:
    lines = listener.press("ctrl+Home", "Tab", "Tab")
    assert_said(lines, "Select the photo", "button")


def hear_status(listener: Listener) -> None:
    listener.press("ctrl+Home", "Tab", "Tab")
    assert_said(listener.press("Return"), "1 photo selected")


def test_orca_reads_heading_photo_button_and_status_of_the_sound_page(
    listener: Listener, faults_url: str
) -> None:
    listener.visit(f"{faults_url}/sound.html", "Sound page")
    hear_heading(listener)
    hear_photo(listener)
    hear_button(listener)
    hear_status(listener)


@pytest.mark.parametrize(
    ("fault", "hearing_it"),
    [
        ("alt_removed", hear_photo),
        ("live_role_removed", hear_status),
        ("button_is_a_div", hear_button),
    ],
)
def test_each_seeded_fault_is_heard_as_missing(
    listener: Listener, faults_url: str, fault: str, hearing_it: Callable[[Listener], None]
) -> None:
    listener.visit(f"{faults_url}/{fault}.html", "Fault:")
    # The page did load and is read: what fails next fails for the fault.
    listener.press("ctrl+Home")
    hear_heading(listener)

    with pytest.raises(AssertionError, match="Orca did not say"):
        hearing_it(listener)
