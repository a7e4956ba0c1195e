"""Naming faces by keys alone and without JavaScript: many questions, groups, a box drawn by hand."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import assert_well_made
from tests.e2e.browsing import DESKTOP, focused, sign_in, tab_to
from tests.e2e.servers import Site

PERCENT = re.compile(r"(\w+ ?\w*): ([\d.]+) percent from the left, ([\d.]+) percent from the top")


@pytest.fixture
def alices(new_page: Callable[..., Page], live_site: Site) -> Page:
    page = new_page(viewport=DESKTOP, reduced_motion="reduce")
    sign_in(page, live_site.url)
    return page


@pytest.fixture
def plain(new_page: Callable[..., Page], live_site: Site) -> Page:
    """Signed in as alice, without JavaScript."""
    page = new_page(viewport=DESKTOP, java_script_enabled=False)
    sign_in(page, live_site.url)
    return page


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    before = page.evaluate("performance.timeOrigin")
    page.keyboard.press(key)
    page.wait_for_function("(before) => performance.timeOrigin !== before", arg=before)
    page.wait_for_load_state()


def position(page: Page) -> tuple[str, float, float]:
    """Where the page says that the box is: in words, percent from the left, percent from the top."""
    found = PERCENT.search(page.locator("[data-position]").inner_text())
    assert found, page.locator("[data-position]").inner_text()
    return found[1].strip(), float(found[2]), float(found[3])


def test_questions_about_one_person_are_answered_and_taken_back_by_keys(
    alices: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    alices.goto(f"{live_site.url}/faces/people/{keys['person']}/which/")
    button = alices.locator("[data-count-here]")
    expect(button).to_have_text("Name 1 face Anna")

    tab_to(alices, "It is Anna", tag="input")
    alices.keyboard.press("Space")
    expect(button).to_have_text("None of them is Anna")
    expect(alices.locator("#announcer")).to_have_text("None of them is Anna")
    tab_to(alices, "None of them is Anna", tag="button")
    press(alices, "Enter")

    # The focus is where the next question would be; what was done is said without moving it.
    assert focused(alices)["name"] == "No questions are open."
    expect(alices.locator("#announcer")).to_contain_text("1 face is not Anna.")
    assert_well_made(alices, "a message with its Undo")
    tab_to(alices, "Undo", tag="button", back=True)
    press(alices, "Enter")
    expect(alices.get_by_role("status").first).to_contain_text("Taken back")


def test_a_box_is_moved_by_arrow_keys_and_told_to_the_ear(
    alices: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    alices.goto(f"{live_site.url}/faces/photos/{keys['cat']}/draw/")
    tab_to(alices, "Box around the face")
    _, left, top = position(alices)

    alices.keyboard.press("ArrowLeft")
    alices.keyboard.press("ArrowUp")

    assert position(alices)[1:] == (left - 1, top - 1)
    # The value of a slider is read by itself; announcing it too would say it twice.
    handle = alices.get_by_role("slider")
    expect(handle).to_have_attribute(
        "aria-valuetext", re.compile(f"{left - 1:g} percent from the left")
    )
    alices.get_by_role("button", name="Larger").click()
    expect(alices.locator("#announcer")).to_contain_text("percent wide")
    width = float(alices.locator("input[name=width]").input_value())
    handle.focus()
    alices.keyboard.press("Shift+ArrowRight")
    expect(alices.locator("input[name=width]")).to_have_value(f"{width + 1:g}")


def test_a_box_is_drawn_with_a_pointer(
    alices: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    alices.goto(f"{live_site.url}/faces/photos/{keys['cat']}/draw/")
    frame = alices.locator(".face-box-stage").bounding_box()
    assert frame is not None
    alices.mouse.move(frame["x"] + 0.1 * frame["width"], frame["y"] + 0.7 * frame["height"])
    alices.mouse.down()
    alices.mouse.move(frame["x"] + 0.3 * frame["width"], frame["y"] + 0.9 * frame["height"])
    alices.mouse.up()

    words, left, top = position(alices)
    assert words == "bottom left"
    assert left == pytest.approx(10, abs=1)
    assert top == pytest.approx(70, abs=1)
    assert_well_made(alices, "a drawn box")


def test_a_face_is_added_without_javascript(
    plain: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    plain.goto(f"{live_site.url}/faces/photos/{keys['cat']}/draw/")
    plain.get_by_role("radio", name="top right").check()
    plain.get_by_role("button", name="Put the box there").click()
    assert position(plain)[0] == "top right"
    _, left, _ = position(plain)
    plain.get_by_role("button", name="Left", exact=True).click()
    assert position(plain)[1] == left - 2
    plain.get_by_label("Or a new name").fill("Whiskers")
    plain.get_by_role("button", name="Add this face").click()

    expect(plain.locator("main")).to_contain_text("The face is added. It is Whiskers.")
    expect(plain.get_by_role("link", name="Whiskers")).to_be_visible()
    plain.get_by_role("button", name="Undo").click()
    expect(plain.get_by_role("link", name="Whiskers")).to_have_count(0)


def test_groups_are_put_together_and_apart_without_javascript(
    plain: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    groups = str(keys["groups"]).split(",")
    query = "&".join(f"group={number}" for number in groups[:2])
    plain.goto(f"{live_site.url}/faces/groups/merge/?{query}")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Are these the same person?")
    plain.get_by_role("button", name="Yes, put").click()
    expect(plain.locator(".message").first).to_contain_text("one group now")
    plain.goto(f"{live_site.url}/faces/journal/")
    expect(plain.locator("main")).to_contain_text("Groups were put together")

    plain.get_by_role("button", name="Undo").first.click()

    expect(plain.locator("main")).to_contain_text("Taken back")


@pytest.mark.parametrize("page_name", ["merge", "merge people", "confirm people"])
def test_page_before_something_is_done_is_well_made(
    page_name: str, alices: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    if page_name == "merge":
        query = "&".join(f"group={number}" for number in str(keys["groups"]).split(",")[:2])
        alices.goto(f"{live_site.url}/faces/groups/merge/?{query}")
    else:
        alices.goto(f"{live_site.url}/faces/people/{keys['again']}/merge/")
    if page_name == "confirm people":
        alices.get_by_label("The entry that stays").select_option("Anna")
        alices.get_by_role("button", name="Look at both").click()
        expect(alices.get_by_role("heading", level=1)).to_have_text("Are Zoe and Anna one person?")

    assert_well_made(alices, page_name)
