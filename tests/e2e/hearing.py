"""Journeys by ear: one signed-in screen reader for all, one retry with everything fresh, reported."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.browsing import PASSWORD
from tests.e2e.orca import Listener, OrcaUnavailable, missing_programs
from tests.e2e.servers import Site

# Read by the summary at the end of the run (conftest.py).
RETRIES: list[str] = []

FAILURES = (AssertionError, OrcaUnavailable, subprocess.SubprocessError)


def require_orca() -> None:
    """Skip, and say what is missing, where Orca cannot run."""
    missing = missing_programs()
    if missing:
        pytest.skip(f"Orca cannot run here: {', '.join(missing)} missing (tests/e2e/packages.txt)")


class Ears:
    """Orca on a server of its own, signed in as alice. Made anew when a journey failed.

    furnished: the site to copy. room: an empty folder.
    """

    def __init__(self, furnished: Site, room: Path) -> None:
        require_orca()
        self._furnished = furnished
        self._room = room
        self._made = 0
        self._site: Site | None = None
        self._listener: Listener | None = None

    def hear(self, name: str, journey: Callable[[Listener, str], None]) -> None:
        """Run `journey` with the listener and the site's URL; once more, all fresh, when it fails.

        A second failure is the test's. A desktop's message bus has its slow moments; a fault of the
        page fails both times.
        """
        try:
            self._hear_once(journey)
        except FAILURES as error:
            RETRIES.append(f"{name}: {str(error)[:300]}")
            self.close()
            self._hear_once(journey)

    def close(self) -> None:
        if self._listener:
            self._listener.stop()
        if self._site:
            self._site.stop()
        self._listener = self._site = None

    def _hear_once(self, journey: Callable[[Listener, str], None]) -> None:
        if self._listener is None or self._site is None:
            self._make()
        assert self._listener is not None
        assert self._site is not None
        journey(self._listener, self._site.url)

    def _make(self) -> None:
        self._made += 1
        room = self._room / str(self._made)
        (room / "ears").mkdir(parents=True)
        self._site = self._furnished.copied_to(room / "site").start(workers=False)
        self._listener = Listener(room / "ears").start(f"{self._site.url}/")
        sign_in(self._listener)


def sign_in(listener: Listener) -> None:
    """Sign in by the form, listening to its labels."""
    # The form may hold the focus already: then the way round leads through the browser's own bar.
    assert_said(listener.press_until("Tab", "sign-in name", at_most=16), "entry")
    listener.type("alice")
    assert_said(listener.press("Tab"), "password")
    listener.type(PASSWORD)
    listener.press("Return")
    listener.wait_for_title("Photos")


def said(lines: list[str]) -> str:
    """All that was said, in one lower-case line: assertions look for substrings only."""
    return " ".join(lines).lower()


def assert_said(lines: list[str], *parts: str) -> None:
    """Each part was said (any case)."""
    heard = said(lines)
    for part in parts:
        assert part.lower() in heard, f"Orca did not say {part!r}; it said {lines}"
