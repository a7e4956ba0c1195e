"""A voice memo recorded in the browser, by keys, from a microphone that only pretends."""

import time

from playwright.sync_api import Browser, expect

from tests.e2e.browsing import CHROMIUM_ARGUMENTS, DESKTOP, sign_in, tab_to
from tests.e2e.servers import Site

PRETENDED = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def test_a_memo_is_recorded_kept_and_can_be_played(
    browser: Browser, live_site: Site, keys: dict[str, int | str]
) -> None:
    listening = browser.browser_type.launch(
        executable_path="/usr/bin/chromium", args=[*CHROMIUM_ARGUMENTS, *PRETENDED]
    )
    page = listening.new_page(viewport=DESKTOP)
    sign_in(page, live_site.url)
    page.goto(f"{live_site.url}/photos/{keys['cat']}/")
    tab_to(page, "Add a voice memo", tag="summary")
    page.keyboard.press("Enter")
    tab_to(page, "Record", tag="button")
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("Recording.")
    page.wait_for_timeout(1500)
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("Recorded.")
    page.get_by_label("Title (if you like)").fill("Miaow")
    page.get_by_role("button", name="Keep this memo").press("Enter")

    expect(page.locator("main")).to_contain_text("Your voice memo is kept.")
    player = page.locator("audio")
    player.evaluate("audio => { audio.preload = 'auto'; audio.load(); }")
    # Not wait_for_function: its script is what the page's own policy forbids.
    deadline = time.monotonic() + 20
    while player.evaluate("audio => audio.readyState") < 2 and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert player.evaluate("audio => audio.readyState") >= 2
    assert player.evaluate("audio => audio.error") is None
    listening.close()
