"""axe-core on a page, with a list that a person can read."""

from functools import cache
from importlib import metadata
from typing import Literal, TypedDict

from playwright.sync_api import Page

from tests.e2e.browsing import DESKTOP, PHONE

# WCAG 2.2 A and AA, and axe's own best practices: the brief is "finds nothing".
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = ["color-contrast", "link-in-text-block"]


class Node(TypedDict):
    target: list[str]
    html: str
    failureSummary: str


class Violation(TypedDict):
    id: str
    impact: str | None
    help: str
    nodes: list[Node]


@cache
def _script() -> str:
    """axe.min.js, read as a data file of the package that brings it."""
    listed = metadata.files("axe-playwright-python") or []
    return next(entry for entry in listed if entry.name == "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, rules: list[str] | None = None) -> list[Violation]:
    """Everything axe-core finds on the page as it stands, by all rules of TAGS or by `rules` alone."""
    # Evaluated by the debugger, not added as a script: the page's security policy stays strict.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found: list[Violation] = page.evaluate(
        """async (runOnly) => {
            const result = await axe.run(document, {runOnly, resultTypes: ["violations"]});
            return result.violations;
        }""",
        only,
    )
    return found


def readable(found: list[Violation]) -> str:
    lines = []
    for violation in found:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"][:4]:
            why = " ".join(node["failureSummary"].split())
            lines.append(
                f"    {' '.join(map(str, node['target']))}  {node['html'][:160]}\n"
                f"        {why[:400]}"
            )
    return "\n".join(lines)


def assert_well_made(page: Page, where: str) -> None:
    """axe in four dresses, and reflow at 320 pixels (WCAG 1.4.10); one list of all that is wrong."""
    wrong: list[str] = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            # The dark dress has the same structure: its colours are what may be wrong.
            found = readable(violations(page, rules=COLOURS if scheme == "dark" else None))
            if found and found not in "".join(wrong):
                wrong.append(f"{scheme}, {size['width']} px:\n{found}")
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    page.set_viewport_size(DESKTOP)
    if wide > 320:
        wrong.append(f"It is {wide} px wide on a screen of 320 px: it scrolls sideways")
    assert not wrong, f"{where} ({page.url}):\n" + "\n".join(wrong)
