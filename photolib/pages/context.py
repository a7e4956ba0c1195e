"""What every page shows around its own content."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.describe.review_queue import COUNTED_TO, waiting_count


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the main navigation. where: `everywhere`, `wide-only` or `narrow-only`.

    count: how many things wait there, in words, or empty.
    """

    label: str
    address: str
    icon: str
    where: str
    current: bool
    count: str = ""


# Which entry a page belongs to, by the URL's name.
SECTIONS = {
    "photo": "timeline",
    "words": "timeline",
    "review_list": "review",
    "album": "albums",
    "album_edit": "albums",
    "album_delete": "albums",
    "album_new": "albums",
    "person": "people",
    "person_edit": "people",
    "person_new": "people",
    "reach": "settings",
    "tags": "settings",
    "tag": "settings",
    "tag_questions": "settings",
    "import_folder": "upload",
    "remove_account": "settings",
}


def _entries(current: str, viewer: User) -> list[Entry]:
    shape = [
        ("timeline", _("Photos"), "photos", "everywhere"),
        ("albums", _("Albums"), "albums", "everywhere"),
        ("upload", _("Upload"), "upload", "narrow-only"),
        ("people", _("People"), "people", "everywhere"),
        ("favourites", _("Favourites"), "star", "wide-only"),
        ("review", _("To check"), "check", "wide-only"),
        ("jobs", _("Jobs"), "jobs", "wide-only"),
        ("trash", _("Trash"), "trash", "wide-only"),
        ("settings", _("Settings"), "settings", "wide-only"),
        ("settings", _("More"), "more", "narrow-only"),
    ]
    counts = {"review": _waiting(viewer)}
    return [
        Entry(label, reverse(f"pages:{name}"), icon, where, name == current, counts.get(name, ""))
        for name, label, icon, where in shape
    ]


def _waiting(viewer: User) -> str:
    """How many photos wait for a look at their words: a number, "99+", or nothing."""
    count = waiting_count(viewer)
    return f"{COUNTED_TO}+" if count > COUNTED_TO else str(count or "")


def _section(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return ""
    if match.app_name == "pages":
        name = match.url_name or ""
        return SECTIONS.get(name, name)
    return {
        "faces": "people",
        "consent": "settings",
        "accounts": "settings",
        "rights": "settings",
    }.get(match.app_name, "")


def site(request: HttpRequest) -> dict[str, object]:
    """`site.household` (a name or empty) and `site.navigation`, for signed-in people."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"site": {"household": "", "navigation": []}}
    household = user.household.name if user.household else ""
    return {"site": {"household": household, "navigation": _entries(_section(request), user)}}
