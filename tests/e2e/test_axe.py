"""axe-core finds nothing, and nothing scrolls sideways, on every page of the site."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Page

from tests.e2e.axe import assert_well_made
from tests.e2e.browsing import DESKTOP, Complaints, sign_in
from tests.e2e.routes import Route, all_routes
from tests.e2e.servers import Site

# Pages for somebody who has not signed in.
SIGNED_OUT = ("accounts:sign_in", "accounts:reset", "consent:invitation", "rights:ask")
FOR_PEOPLE = [route for route in all_routes() if not route.pattern.startswith("api/")]


@pytest.fixture(scope="module")
def signed_in(browser: Browser, live_site: Site) -> Iterator[Page]:
    """One session of alice's for all visits."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, live_site.url)
    yield page
    context.close()


@pytest.fixture(scope="module")
def signed_out(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def is_page(answer: APIResponse, where: str) -> bool:
    """Whether a GET of this route shows a page; files and POST-only routes do not."""
    if answer.status == 405:
        return False
    assert answer.ok, f"{where} answered {answer.status}"
    return "text/html" in answer.headers.get("content-type", "")


@pytest.mark.parametrize("route", FOR_PEOPLE, ids=lambda route: route.name)
def test_page_of_each_route_is_well_made(
    route: Route,
    signed_in: Page,
    signed_out: Page,
    live_site: Site,
    keys: dict[str, int | str],
    complaints: Complaints,
) -> None:
    page = signed_out if route.name.startswith(SIGNED_OUT) else signed_in
    address = live_site.url + route.address(keys)
    if not is_page(page.request.get(address), route.name):
        return
    complaints.listen_to(page)

    page.goto(address)

    assert_well_made(page, route.name)
    assert not complaints.found, "\n".join(complaints.found)


def test_every_route_has_arguments_that_lead_somewhere(keys: dict[str, int | str]) -> None:
    for route in FOR_PEOPLE:
        route.address(keys)
