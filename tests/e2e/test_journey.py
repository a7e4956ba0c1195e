"""From an empty house to a photo that is found by its words: by keys alone, and without JavaScript."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.browsing import (
    DESKTOP,
    PASSWORD,
    PHONE,
    assert_focus_visible,
    main_text,
    tab_to,
    walk_through,
)
from tests.e2e.pictures import write_group
from tests.e2e.servers import Site

WORDS = "Grandmother and her friends on the sofa of the blue house"
PATIENCE_SECONDS = 90  # the worker loads its models first
PHOTO_PAGE = re.compile(r"/photos/\d+/$")


def test_first_run_to_search_works_by_keyboard_alone(
    empty_site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Nothing but page.keyboard touches the pages; every stop of Tab must show its focus."""
    page = new_page(viewport=DESKTOP)
    page.goto(empty_site.url)

    make_the_owner_by_keys(page)
    upload_by_keys(page, write_group(tmp_path))
    wait_for_photo(page, lambda: press_on(page, "Photos", tag="a"))
    press_on(page, "6 people", tag="a")
    name_a_face_by_keys(page)
    assert_described(page)
    edit_description_by_keys(page)
    search_by_keys(page)


def test_first_run_to_search_works_without_javascript(
    empty_site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(viewport=DESKTOP, java_script_enabled=False)
    page.goto(empty_site.url)

    make_the_owner(page)
    upload(page, write_group(tmp_path))
    wait_for_photo(page, lambda: page.get_by_role("link", name="Photos", exact=True).click())
    page.get_by_role("link", name="6 people").click()
    name_a_face(page)
    assert_described(page)
    edit_description(page)
    search(page)


def test_closing_a_photo_brings_the_focus_back_to_it(
    live_site: Site, new_page: Callable[..., Page], keys: dict[str, int | str]
) -> None:
    """The page of one photo leads back to the same photo of the timeline, not to its top."""
    page = new_page(viewport=DESKTOP)
    page.goto(f"{live_site.url}/sign-in/")
    sign_in_by_keys(page)
    press_on(page, "A cat", tag="a")

    press_on(page, "All photos", tag="a")
    page.wait_for_url(re.compile(rf"#photo-{keys['cat']}$"))

    # The next stop of Tab is the photo's own place or the one after it, with nothing in between.
    if page.evaluate("document.activeElement.id") != f"photo-{keys['cat']}":
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == f"photo-{keys['cat']}"
    assert_focus_visible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_focus_is_seen_at_every_stop(
    size: ViewportSize,
    live_site: Site,
    new_page: Callable[..., Page],
    keys: dict[str, int | str],
) -> None:
    """No stop of Tab is without a ring, off the screen or behind a bar, and no page is a trap."""
    page = new_page(viewport=size)
    page.goto(f"{live_site.url}/sign-in/")
    sign_in_by_keys(page)
    for path in ("/", "/?select=1", f"/photos/{keys['photo']}/", f"/faces/photos/{keys['photo']}/"):
        page.goto(live_site.url + path)
        assert walk_through(page) > 10


# --- By keys --------------------------------------------------------------------------------------


def type_into(page: Page, label: str, text: str) -> None:
    tab_to(page, label)
    # What the field holds already is replaced, as a person does it.
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def press_on(page: Page, name: str, *, tag: str = "") -> None:
    """Go to a link or button by Tab, press it, and wait for the page it leads to."""
    tab_to(page, name, tag=tag)
    before = page.evaluate("performance.timeOrigin")
    page.keyboard.press("Enter")
    page.wait_for_function("(before) => performance.timeOrigin !== before", arg=before)
    page.wait_for_load_state()


def send_form(page: Page) -> None:
    """Press Enter in a form's field and wait for the next page."""
    before = page.evaluate("performance.timeOrigin")
    page.keyboard.press("Enter")
    page.wait_for_function("(before) => performance.timeOrigin !== before", arg=before)
    page.wait_for_load_state()


def sign_in_by_keys(page: Page) -> None:
    type_into(page, "Sign-in name", "alice")
    type_into(page, "Password", PASSWORD)
    send_form(page)


def make_the_owner_by_keys(page: Page) -> None:
    type_into(page, "Name of the household", "The Keys")
    type_into(page, "Name", "Alice")
    type_into(page, "Sign-in name", "alice")
    type_into(page, "Password", PASSWORD)
    type_into(page, "The same password again", PASSWORD)
    send_form(page)


def upload_by_keys(page: Page, picture: Path) -> None:
    # Asked for early: Chromium needs a moment to hand its file choosers over.
    page.on("filechooser", lambda chooser: None)
    press_on(page, "Upload", tag="a")
    tab_to(page, "Choose photos", tag="input")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Enter")
    choosing.value.set_files(picture)
    # Said in the page and to the ear, without moving the focus.
    expect(page.locator("#announcer")).to_contain_text("1 received")
    press_on(page, "See your photos", tag="a")


def name_a_face_by_keys(page: Page) -> None:
    press_on(page, "Faces in this photo", tag="a")
    tab_to(page, "Say who this is", tag="summary")
    page.keyboard.press("Enter")
    type_into(page, "Or a new name", "Anna")
    send_form(page)
    assert "Anna" in main_text(page)
    press_on(page, "Back to the photo", tag="a")


def edit_description_by_keys(page: Page) -> None:
    press_on(page, "Write a description", tag="a")
    type_into(page, "Short description", WORDS)
    press_on(page, "Keep this description", tag="button")
    expect(page.locator("main").get_by_role("img", name=WORDS)).to_be_visible()


def search_by_keys(page: Page) -> None:
    type_into(page, "Search your photos", "grandmother")
    send_form(page)
    press_on(page, WORDS, tag="a")
    assert PHOTO_PAGE.search(page.url)


# --- Without JavaScript ---------------------------------------------------------------------------


def make_the_owner(page: Page) -> None:
    page.get_by_label("Name of the household").fill("The Plain")
    page.get_by_label("Name", exact=True).fill("Alice")
    page.get_by_label("Sign-in name").fill("alice")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form button[type=submit]").click()


def upload(page: Page, picture: Path) -> None:
    page.get_by_role("banner").get_by_role("link", name="Upload").click()
    page.get_by_label("Choose photos").set_input_files(picture)
    page.locator("main").get_by_role("button", name="Upload").click()
    expect(page.locator("main")).to_contain_text("1 photo received")


def name_a_face(page: Page) -> None:
    page.get_by_role("link", name="Faces in this photo").click()
    page.locator("summary").filter(has_text="Say who this is").first.click()
    page.get_by_label("Or a new name").first.fill("Anna")
    page.get_by_label("Or a new name").first.press("Enter")
    expect(page.get_by_role("link", name="Anna")).to_be_visible()
    page.get_by_role("link", name="Back to the photo").click()


def edit_description(page: Page) -> None:
    page.get_by_role("link", name="Write a description").click()
    page.get_by_label("Short description").fill(WORDS)
    page.get_by_role("button", name="Keep this description").click()
    expect(page.locator("main").get_by_role("img", name=WORDS)).to_be_visible()


def search(page: Page) -> None:
    page.get_by_label("Search your photos").fill("grandmother")
    page.get_by_label("Search your photos").press("Enter")
    page.get_by_role("link", name=WORDS).click()
    expect(page).to_have_url(PHOTO_PAGE)


# --- Both -----------------------------------------------------------------------------------------


def wait_for_photo(page: Page, look_again: Callable[[], None]) -> None:
    """Go to the timeline again and again, until the worker has described the photo."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        look_again()
        images = page.locator("main img")
        if images.count() and "6 people" in (images.first.get_attribute("alt") or ""):
            return
        time.sleep(1)
    raise AssertionError(f"No described photo after {PATIENCE_SECONDS} s: {main_text(page)[:500]}")


def assert_described(page: Page) -> None:
    """The photo's page says who, when and where, and marks what the machine said as the machine's."""
    text = main_text(page)
    for part in (
        "6 people, Anna and",
        "Automatic description",
        "Made by a machine",
        "Lyon",
        "2024",
    ):
        assert part in text, f"{part!r} is not on the photo's page: {text}"
    alt = page.locator("main img").first.get_attribute("alt") or ""
    assert "Anna" in alt
    assert len(alt) <= 250
