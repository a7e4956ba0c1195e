"""A folder of files is named as the sentence model, and a real worker writes a draft by it."""

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.describe.sentences.conftest import two_halves
from tests.describe.sentences.tiny_florence import write_folder
from tests.describe.sentences.tiny_words import BLUE
from tests.e2e.axe import assert_well_made
from tests.e2e.browsing import DESKTOP, focused
from tests.e2e.servers import Site
from tests.e2e.test_journey import make_the_owner

# The worker loads its own models first.
PATIENCE_SECONDS = 120


def test_a_folder_is_named_wanted_and_writes_a_draft(
    empty_site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "tiny-florence")
    picture = tmp_path / "blue.jpg"
    picture.write_bytes(two_halves(BLUE, BLUE))
    page = new_page(viewport=DESKTOP, reduced_motion="reduce")
    page.goto(empty_site.url)
    make_the_owner(page)
    page.goto(f"{empty_site.url}/settings/sentences/")

    name_by_keys(page, tmp_path / "nowhere")
    page.get_by_role("alert").wait_for()
    assert "look at this again" in str(focused(page).get("name", ""))
    assert_well_made(page, "a folder that is not there")

    name_by_keys(page, folder)
    expect(page.locator("main")).to_contain_text(
        "Nothing is sent: to no server, and over no network."
    )
    assert_well_made(page, "a folder is named")
    page.get_by_role("button", name="Have drafts written here").press("Enter")
    expect(page.get_by_role("button", name="Write nothing more")).to_be_visible()
    assert_well_made(page, "a folder is wanted")

    page.goto(f"{empty_site.url}/upload/")
    page.get_by_label("Choose photos").set_input_files(picture)
    expect(page.locator("#announcer")).to_contain_text("1 received")
    open_photo_with_draft(page, empty_site)
    expect(page.locator("main")).to_contain_text("A boat is on the water.")
    assert_well_made(page, "a draft by a folder's model")
    page.get_by_role("button", name="Keep it as my description").press("Enter")
    expect(page.locator("main").get_by_role("img", name="A boat is on the water.")).to_be_visible()


def name_by_keys(page: Page, folder: Path) -> None:
    page.get_by_label("A folder of this machine").press("Space")
    page.get_by_label("Address or folder").fill(str(folder))
    page.get_by_label("Address or folder").press("Enter")
    page.wait_for_load_state()


def open_photo_with_draft(page: Page, site: Site) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        page.goto(site.url)
        photo = page.locator("main a[href*='/photos/']").first
        if photo.count():
            page.goto(site.url + str(photo.get_attribute("href")))
            if page.get_by_text("A draft by tiny-florence").count():
                return
        time.sleep(1)
    raise AssertionError(f"No draft after {PATIENCE_SECONDS} s.")
