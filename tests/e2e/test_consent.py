"""Giving and taking back, in a real browser: by keyboard, and without an account or JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import assert_well_made
from tests.e2e.browsing import Complaints, focused, sign_in, tab_to
from tests.e2e.servers import Site

PURPOSES = ("recognise", "name", "export", "find_me")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_p02_each_purpose_is_asked_apart_and_nothing_is_ticked(
    purpose: str, new_page: Callable[..., Page], live_site: Site, keys: dict[str, int | str]
) -> None:
    page = new_page(reduced_motion="reduce")
    sign_in(page, live_site.url)
    page.goto(f"{live_site.url}/consent/{keys['me']}/{keys['library']}/{purpose}/")

    choices = page.locator("main input[type=radio]")
    assert choices.count() == 2
    assert page.locator("main input:checked").count() == 0

    page.get_by_role("button", name="Go on").click()
    expect(page.locator("[role=alert], .errors").first).to_be_visible()
    assert_well_made(page, f"{purpose}, left open")


def test_p03_a_yes_is_confirmed_a_second_time_and_taken_back_with_one_press(
    new_page: Callable[..., Page], live_site: Site, keys: dict[str, int | str]
) -> None:
    page = new_page(reduced_motion="reduce")
    sign_in(page, live_site.url)
    page.goto(f"{live_site.url}/consent/{keys['me']}/{keys['library']}/export/")

    tab_to(page, "yes", tag="input")
    page.keyboard.press("Space")
    tab_to(page, "Go on", tag="button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Confirm your yes")
    tab_to(page, "Yes, I confirm", tag="button")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("Your yes is recorded.")

    page.goto(f"{live_site.url}/consent/")
    tab_to(page, "Take back", tag="button")
    assert "written into copies" in str(focused(page)["name"])
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("Your no is recorded.")


def test_p09_somebody_without_an_account_reads_allows_and_takes_back_by_the_link(
    new_page: Callable[..., Page],
    live_site: Site,
    keys: dict[str, int | str],
    complaints: Complaints,
) -> None:
    complaints.expect("400")  # the wrong code
    page = new_page(java_script_enabled=False)
    invitation = f"{live_site.url}/i/{keys['invitation_token']}/"
    page.goto(invitation)
    expect(page.locator("h1")).to_contain_text("Emil")

    page.get_by_role("link", name="Read and answer").first.click()
    assert page.locator("main input:checked").count() == 0
    page.get_by_label("Yes", exact=False).first.check()
    page.get_by_role("button", name="Go on").click()
    code = page.locator("input[name=code]")
    code.fill("00000000")
    page.get_by_role("button", name="Yes, I confirm").click()
    expect(page.locator("main")).to_contain_text("code")
    page.locator("input[name=code]").fill(str(keys["invitation_code"]))
    page.get_by_role("button", name="Yes, I confirm").click()
    expect(page.locator("body")).to_contain_text("Your yes is recorded.")

    page.goto(invitation)
    page.get_by_role("button", name="Take back").first.click()
    expect(page.locator("body")).to_contain_text("Your no is recorded.")
