"""Checking descriptions by keys alone, with single keys that can be switched off, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import assert_well_made
from tests.e2e.browsing import DESKTOP, PHONE, focused, sign_in, tab_to
from tests.e2e.servers import Site

HEADING = re.compile(r"(\d+) of (\d+): photo of")


@pytest.fixture
def alices(new_page: Callable[..., Page], live_site: Site) -> Page:
    page = new_page(viewport=DESKTOP, reduced_motion="reduce")
    sign_in(page, live_site.url)
    page.goto(f"{live_site.url}/review/")
    return page


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    before = page.evaluate("performance.timeOrigin")
    page.keyboard.press(key)
    page.wait_for_function("(before) => performance.timeOrigin !== before", arg=before)
    page.wait_for_load_state()


def place(page: Page) -> tuple[int, int]:
    """Which photo of how many the page shows."""
    found = HEADING.search(page.locator("#question").inner_text())
    assert found, page.locator("#question").inner_text()
    return int(found[1]), int(found[2])


def test_the_queue_is_worked_through_by_keys(alices: Page) -> None:
    _, count = place(alices)
    tab_to(alices, "Accept", tag="button")
    press(alices, "Enter")

    # The focus is on the next photo's heading; what was done is said without moving it.
    assert place(alices) == (1, count - 1)
    assert HEADING.search(str(focused(alices)["name"]))
    expect(alices.locator("#announcer")).to_contain_text("Kept as checked.")

    press(alices, "n")
    assert place(alices) == (2, count - 1)
    press(alices, "r")
    assert place(alices)[1] == count - 2
    expect(alices.locator("#announcer")).to_contain_text("only date and place")

    tab_to(alices, "Undo", tag="button", back=True)
    press(alices, "Enter")
    assert place(alices)[1] == count - 1
    expect(alices.locator("#announcer")).to_contain_text("Taken back")

    press(alices, "e")
    alices.get_by_label("Short description").fill("Somebody in the garden")
    # In a field the letters are letters.
    alices.get_by_label("Short description").press("a")
    alices.get_by_role("button", name="Keep this description").press("Enter")
    expect(alices.locator("#announcer")).to_contain_text("Your description is kept.")
    assert place(alices)[1] == count - 2


def test_single_keys_can_be_switched_off(alices: Page) -> None:
    before = place(alices)
    tab_to(alices, "Use single keys", tag="button")
    alices.keyboard.press("Enter")
    expect(alices.get_by_role("button", name="Use single keys")).to_have_attribute(
        "aria-pressed", "false"
    )
    alices.keyboard.press("a")
    alices.reload()
    expect(alices.get_by_role("button", name="Use single keys")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert place(alices) == before


def test_the_list_works_without_javascript(new_page: Callable[..., Page], live_site: Site) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, live_site.url)
    page.goto(f"{live_site.url}/review/list/")
    waiting = page.locator("article").count()
    page.get_by_role("button", name=re.compile("^Reject")).first.click()
    expect(page.locator("article")).to_have_count(waiting - 1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#question")).to_contain_text(f"of {waiting}")


def test_the_pages_are_well_made(alices: Page, live_site: Site) -> None:
    for address in ("/review/", "/review/list/"):
        alices.goto(f"{live_site.url}{address}")
        assert_well_made(alices, address)
