"""Pictures of every main page, to look at.

python -m tests.e2e.screenshots URL OUTDIR --user alice --password …
"""

import argparse
import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from tests.e2e.browsing import CHROMIUM_ARGUMENTS, PASSWORD, sign_in

WIDTHS = {360: 780, 768: 1024, 1440: 900}  # width to height, in pixels
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIGNED_OUT = {"sign-in": "/sign-in/"}
PAGES = {
    "timeline": "/",
    "upload": "/upload/",
    "albums": "/albums/",
    "people": "/people/",
    "favourites": "/favourites/",
    "search": "/search/?q=2024",
    "jobs": "/jobs/",
    "trash": "/trash/",
    "settings": "/settings/",
    "reach": "/settings/reach/",
    "household": "/household/",
    "consent": "/consent/",
    "recognition": "/faces/settings/",
    "review": "/faces/review/",
    "what-was-done": "/faces/journal/",
    "not-found": "/photos/999999/",
}
# Opened from their lists, by the first link that leads to one.
FIRST_OF = {
    "photo": ("/", "/photos/"),
    "album": ("/albums/", "/albums/"),
    "person": ("/people/", "/people/"),
    "group": ("/faces/review/", "/faces/groups/"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="where the site runs, such as http://127.0.0.1:8000")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--user", default="alice")
    parser.add_argument("--password", default=PASSWORD)
    parser.add_argument("--only", help="only pages whose name holds this")
    wanted = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("chromium is not installed (tests/e2e/packages.txt).\n")
        return 1
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        for width, height in WIDTHS.items():
            for scheme in SCHEMES:
                page = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                ).new_page()
                _take_all(page, wanted, f"{width}-{scheme}")
                page.context.close()
        browser.close()
    return 0


def _take_all(page: Page, wanted: argparse.Namespace, suffix: str) -> None:
    url = wanted.url.rstrip("/")
    for name, path in SIGNED_OUT.items():
        _take(page, wanted, f"{name}-{suffix}", f"{url}{path}")
    sign_in(page, url, wanted.user, wanted.password)
    for name, path in PAGES.items():
        _take(page, wanted, f"{name}-{suffix}", f"{url}{path}")
    for name, (listing, prefix) in FIRST_OF.items():
        page.goto(f"{url}{listing}")
        address = page.evaluate(
            "(prefix) => [...document.querySelectorAll('main a[href]')].map((a) => a.pathname)"
            ".find((path) => new RegExp(`^${prefix}\\\\d+/$`).test(path)) || ''",
            prefix,
        )
        if address:
            _take(page, wanted, f"{name}-{suffix}", f"{url}{address}")


def _take(page: Page, wanted: argparse.Namespace, name: str, address: str) -> None:
    if wanted.only and wanted.only not in name:
        return
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=wanted.folder / f"{name}.png", full_page=True)


if __name__ == "__main__":
    raise SystemExit(main())
