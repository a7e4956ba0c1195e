"""What the browser tests do on pages: sign in, walk by the Tab key, collect complaints."""

from playwright.sync_api import ConsoleMessage, Error, Page, Response, ViewportSize

PASSWORD = "correct horse battery"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # tests run as root in containers
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The element with the focus as a person meets it: its role, its name, whether a ring can be seen.
FOCUS_SCRIPT = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const label = element.labels && element.labels.length ? element.labels[0].innerText : "";
    const byId = (element.getAttribute("aria-labelledby") || "").split(" ")
        .map((id) => (document.getElementById(id) || {}).innerText || "").join(" ");
    const image = element.querySelector ? element.querySelector("img[alt]") : null;
    const name = element.getAttribute("aria-label") || byId.trim() || label || element.innerText
        || (image && image.alt) || element.value || element.title || "";
    const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none";
    // Entirely behind something that stays in place, such as a bar (WCAG 2.4.11)?
    const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
    const free = points.some(([x, y]) => {
        const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
        return top && (element.contains(top) || top.contains(element));
    });
    return {
        free, tag: element.tagName.toLowerCase(), type: element.type || "",
        name: name.replace(/\\s+/g, " ").trim(), href: element.getAttribute("href") || "",
        ring, width: box.width, height: box.height,
        onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


class Complaints:
    """Console errors, uncaught exceptions, blocked content and answers of 500, with their page."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: list[str] = []

    def expect(self, part: str) -> None:
        """A test that provokes an answer of 4xx says so: Chromium writes those down too."""
        self.expected.append(part)

    def listen_to(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._add(f"uncaught: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._add(f"{message.location.get('url', '')}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self._add(f"{response.request.method} {response.url} answered {response.status}")

    def _add(self, line: str) -> None:
        if not any(part in line for part in self.expected):
            self.found.append(line)


def sign_in(page: Page, url: str, username: str = "alice", password: str = PASSWORD) -> None:
    """Sign in by the form, with the mouse allowed: for tests about something else."""
    page.goto(f"{url}/sign-in/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)


def focused(page: Page) -> dict[str, object]:
    """The element with the focus, {} for none: tag, type, name, href, ring, onScreen, sizes."""
    return page.evaluate(FOCUS_SCRIPT) or {}


def tab_to(page: Page, name: str, *, tag: str = "", at_most: int = 80, back: bool = False) -> None:
    """Press Tab until the focus is on an element whose name holds `name` (any case).

    tag: only an element of that tag counts. Each stop on the way must show its focus.
    Raises AssertionError with the names of all stops, when `at_most` presses did not get there.
    """
    stops = []
    for _ in range(at_most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        stop = focused(page)
        if not stop:
            stops.append("(none)")
            continue
        stops.append(f"{stop['tag']}: {stop['name']}"[:60])
        assert_focus_visible(page, stop)
        if name.lower() in str(stop["name"]).lower() and tag in {"", stop["tag"]}:
            return
    raise AssertionError(f"Tab never came to {name!r} on {page.url}. It stopped at: {stops}")


def assert_focus_visible(page: Page, stop: dict[str, object] | None = None) -> None:
    """The element with the focus has a ring and lies on the screen (WCAG 2.4.7, 2.4.11)."""
    stop = stop or focused(page)
    assert stop, f"Nothing has the focus on {page.url}"
    where = f"{stop['tag']} {stop['name']!r} on {page.url}"
    assert stop["ring"], f"The focus cannot be seen: {where}"
    assert stop["onScreen"], f"The focus is off the screen: {where}"
    assert stop["free"], f"The focus is behind something: {where}"


def walk_through(page: Page, *, at_most: int = 150) -> int:
    """Press Tab from the top until the page ends; each stop must be seen. Returns their number."""
    for count in range(at_most):
        page.keyboard.press("Tab")
        stop = focused(page)
        if not stop:
            return count
        assert_focus_visible(page, stop)
    raise AssertionError(f"{page.url} has more than {at_most} stops of Tab, or is a trap")


def main_text(page: Page) -> str:
    """All text of the page's main part."""
    try:
        return page.locator("main").inner_text()
    except Error:
        return page.locator("body").inner_text()
