"""Things of one's own by keys alone and without JavaScript: marked, asked about, answered, undone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import assert_well_made
from tests.e2e.browsing import DESKTOP, sign_in, tab_to
from tests.e2e.servers import Site
from tests.e2e.test_faces import position, press


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


def test_a_thing_is_marked_by_keys_and_taken_off_again(
    alices: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    alices.goto(f"{live_site.url}/photos/{keys['cat']}/things/new/")
    assert_well_made(alices, "marking a thing")
    alices.get_by_role("radio", name="bottom right").check()
    alices.get_by_role("button", name="Put the box there").click()
    tab_to(alices, "Box around the thing")
    words, left, top = position(alices)
    assert words == "bottom right"
    alices.keyboard.press("ArrowRight")
    assert position(alices)[1:] == (left + 1, top)

    tab_to(alices, "What is it?", tag="input")
    alices.keyboard.type("the rug")
    tab_to(alices, "Mark it", tag="button")
    press(alices, "Enter")

    expect(alices.get_by_role("status").first).to_contain_text("Marked: the rug.")
    expect(alices.locator("#things-here + ul")).to_contain_text("the rug")
    tab_to(alices, "Undo", tag="button", back=True)
    press(alices, "Enter")
    expect(alices.get_by_role("link", name="the rug")).to_have_count(0)


def test_a_question_about_a_region_is_answered_by_keys_and_undone(
    alices: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    alices.goto(f"{live_site.url}/things/{keys['thing']}/")
    question = alices.get_by_role("group").first
    expect(question).to_contain_text(
        re.compile(r"Photo 1: is this region, bottom left, the blue cushion\?")
    )
    expect(alices.get_by_role("img", name=re.compile("^The region, bottom left"))).to_be_visible()
    assert_well_made(alices, "questions about a thing")
    tab_to(alices, "Later", tag="input")
    alices.keyboard.press("ArrowUp")
    expect(alices.get_by_role("radio", name="No")).to_be_checked()
    tab_to(alices, "Keep my answers", tag="button")
    press(alices, "Enter")
    expect(alices.get_by_role("status").first).to_contain_text("1 answer is kept.")
    expect(alices.locator("main")).to_contain_text("None is open.")
    tab_to(alices, "Undo", tag="button", back=True)
    press(alices, "Enter")
    expect(alices.get_by_role("status").first).to_contain_text("Undone.")


def test_a_thing_is_marked_without_javascript(
    plain: Page, live_site: Site, keys: dict[str, int | str]
) -> None:
    plain.goto(f"{live_site.url}/photos/{keys['cat']}/things/new/")
    plain.get_by_role("radio", name="top right").check()
    plain.get_by_role("button", name="Put the box there").click()
    expect(plain.locator("[data-position]")).to_contain_text("top right")
    plain.get_by_label("What is it?").fill("the lamp")
    plain.get_by_role("button", name="Mark it").click()
    expect(plain.locator("main")).to_contain_text("Marked: the lamp.")
    plain.get_by_role("button", name="Undo").click()
    expect(plain.get_by_role("link", name="the lamp")).to_have_count(0)
