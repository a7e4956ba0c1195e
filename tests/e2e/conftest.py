"""Fixtures of the browser tests: real servers, a real Chromium, and an ear for complaints.

The tests never touch the database themselves: the site is filled by `seed.py` in a process of its
own and used over HTTP, as people use it.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e import hearing
from tests.e2e.browsing import CHROMIUM_ARGUMENTS, PHONE, Complaints
from tests.e2e.servers import Site

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is an e2e test, whether its file says so or not."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A test by ear that needed its second hearing says so: it is a warning of worse to come."""
    if hearing.RETRIES:
        terminalreporter.section("Orca was heard twice")
        for line in hearing.RETRIES:
            terminalreporter.write_line(line)


# --- Servers --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def empty_room(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose database is there and empty, not serving: to be copied."""
    site = Site(tmp_path_factory.mktemp("empty") / "room")
    site.room.mkdir()
    site.manage("migrate", "--verbosity", "0")
    return site


@pytest.fixture(scope="session")
def furnished_room(
    empty_room: Site, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Site, dict[str, int | str]]:
    """A household with photos, people, albums and a trash, not serving; and the keys to it."""
    site = empty_room.copied_to(tmp_path_factory.mktemp("furnished") / "room")
    keys = site.furnish()
    return site, keys


@pytest.fixture
def empty_site(empty_room: Site, tmp_path: Path) -> Iterator[Site]:
    """A fresh server with its worker, as after `make run`: the first page makes the owner."""
    site = empty_room.copied_to(tmp_path / "room").start(workers=True)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def live_site(
    furnished_room: tuple[Site, dict[str, int | str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The furnished household, served, without a worker: nothing changes by itself."""
    site = furnished_room[0].copied_to(tmp_path_factory.mktemp("live") / "room")
    site.start(workers=False)
    yield site
    site.stop()


@pytest.fixture(scope="session")
def keys(furnished_room: tuple[Site, dict[str, int | str]]) -> dict[str, int | str]:
    """Primary keys and tokens of the furnished household: photo, album, person, invitation..."""
    return furnished_room[1]


# --- Browser --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium under Playwright, one a module: its event loop must end with it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed (tests/e2e/packages.txt)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def complaints() -> Complaints:
    """What pages write to the console as errors, and what their security policy blocked."""
    return Complaints()


@pytest.fixture
def new_page(browser: Browser, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """Makes pages, each with a profile of its own; a complaint on any of them fails the test.

    Takes Playwright's options for a context, such as `viewport` and `java_script_enabled`.
    """
    opened: list[BrowserContext] = []

    def make(**options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type] # passed on as they are
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        complaints.listen_to(page)
        return page

    yield make
    for context in opened:
        context.close()
    assert not complaints.found, "The browser complained:\n" + "\n".join(complaints.found)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page at desktop size."""
    return new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone_page(new_page: Callable[..., Page]) -> Page:
    return new_page(viewport=PHONE)
