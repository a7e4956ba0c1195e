"""axe-core on what no address alone shows: empty pages, refused forms, other people's eyes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import assert_well_made, violations
from tests.e2e.browsing import Complaints, focused, sign_in
from tests.e2e.servers import Site


@pytest.fixture
def calm_page(new_page: Callable[..., Page]) -> Page:
    """A page without transitions: colours are measured where they come to rest."""
    return new_page(reduced_motion="reduce")


@pytest.fixture
def alices(calm_page: Page, live_site: Site) -> Page:
    """The same, signed in as alice."""
    sign_in(calm_page, live_site.url)
    return calm_page


def test_first_page_of_an_empty_house_is_well_made(empty_site: Site, calm_page: Page) -> None:
    calm_page.goto(empty_site.url)

    assert_well_made(calm_page, "first run")


@pytest.mark.parametrize(
    "path",
    ["/", "/albums/", "/people/", "/search/?q=nothing", "/trash/", "/jobs/", "/faces/review/"],
)
def test_empty_page_of_a_new_account_is_well_made(
    path: str, live_site: Site, calm_page: Page
) -> None:
    sign_in(calm_page, live_site.url, "charlie")
    calm_page.goto(live_site.url + path)

    assert_well_made(calm_page, f"{path} of charlie")


@pytest.mark.parametrize(
    "path",
    [
        "/?select=1",
        "/search/?q=cat",
        "/search/?q=xylophone",
        "/search/?q=cat+xylophone",
        "/search/?q=caat+summer+or+dog+-bird",
    ],
)
def test_page_with_a_question_in_its_address_is_well_made(
    path: str, live_site: Site, alices: Page
) -> None:
    alices.goto(live_site.url + path)

    assert_well_made(alices, path)


def test_shared_photo_in_a_housemates_eyes_is_well_made(
    live_site: Site, calm_page: Page, keys: dict[str, int | str]
) -> None:
    sign_in(calm_page, live_site.url, "bob")
    calm_page.goto(f"{live_site.url}/photos/{keys['photo']}/")

    expect(calm_page.locator("main")).to_contain_text("Alice")
    assert_well_made(calm_page, "alice's photo, bob looking")


@pytest.mark.parametrize(("path", "status"), [("/photos/999999/", 404), ("/import/", 403)])
def test_page_that_says_no_is_well_made(
    path: str, status: int, live_site: Site, calm_page: Page, complaints: Complaints
) -> None:
    complaints.expect(str(status))
    sign_in(calm_page, live_site.url, "bob")
    answer = calm_page.goto(live_site.url + path)

    assert answer is not None
    assert answer.status == status
    assert_well_made(calm_page, f"{path} answered {status}")


def test_refused_sign_in_is_well_made_and_takes_the_focus(live_site: Site, calm_page: Page) -> None:
    calm_page.goto(f"{live_site.url}/sign-in/")
    calm_page.locator("input[name=username]").fill("alice")
    calm_page.locator("input[name=password]").fill("wrong on purpose")
    calm_page.locator("input[name=password]").press("Enter")
    calm_page.get_by_role("alert").wait_for()

    assert "look at this again" in str(focused(calm_page).get("name", ""))
    assert_well_made(calm_page, "refused sign-in")


def test_refused_upload_names_the_file_and_is_well_made(live_site: Site, alices: Page) -> None:
    alices.goto(f"{live_site.url}/upload/")
    alices.get_by_label("Choose photos").set_input_files(
        {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": b"Dear Alice, no picture."}
    )
    expect(alices.locator("#announcer")).to_contain_text("1 refused")

    expect(alices.locator("main")).to_contain_text("letter.jpg")
    assert_well_made(alices, "refused upload")


def test_question_before_deleting_for_good_is_well_made(live_site: Site, alices: Page) -> None:
    alices.goto(f"{live_site.url}/trash/")
    alices.get_by_role("checkbox").first.check()
    alices.get_by_role("button", name="Delete for good").click()
    expect(alices.get_by_role("heading", level=1)).not_to_have_text("Trash")

    assert_well_made(alices, "delete for good?")


def test_new_token_is_shown_once_on_a_well_made_page(live_site: Site, alices: Page) -> None:
    alices.goto(f"{live_site.url}/settings/tokens/")
    alices.get_by_label("What is it for?").fill("Frame in the kitchen")
    alices.get_by_role("checkbox").first.check()
    alices.get_by_label("What is it for?").press("Enter")
    expect(alices.get_by_label("Token", exact=True)).to_have_value(re.compile("^photolib_"))

    assert_well_made(alices, "a new token")


@pytest.mark.parametrize("path", ["/", "/search/?q=chat", "/consent/", "/faces/review/"])
def test_page_in_french_is_well_made(
    path: str, live_site: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page(reduced_motion="reduce", locale="fr-FR")
    sign_in(page, live_site.url)
    page.goto(f"{live_site.url}/settings/account/")
    page.locator("select[name=language]").select_option("fr")
    page.locator("main form button[type=submit]").first.click()
    page.goto(live_site.url + path)

    try:
        assert page.locator("html").get_attribute("lang") == "fr"
        assert_well_made(page, f"{path} in French")
    finally:
        page.goto(f"{live_site.url}/settings/account/")
        page.locator("select[name=language]").select_option("en")
        page.locator("main form button[type=submit]").first.click()


def test_axe_finds_a_photo_without_a_text(live_site: Site, alices: Page) -> None:
    """The measure itself works: what is broken is found."""
    alices.goto(live_site.url)
    alices.evaluate("document.querySelector('main img').removeAttribute('alt')")

    assert "image-alt" in {violation["id"] for violation in violations(alices)}
