"""What public links may do, decided before there are any: whoever builds them asks here.

Household grouping keeps measurements of people nobody asked, which only a private household may do.
So a library has public links, or household grouping, never both (docs/privacy.md, P7).
"""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from photolib.consent.decisions import people_allowing
from photolib.consent.errors import ConsentRefused
from photolib.consent.models import Purpose
from photolib.library.models import Library, RecognitionState

# A link ends after so many days unless its maker says otherwise.
LINK_DAYS = 14
# What no file that leaves by a link carries, whatever its owner knows (P8). A name may stay in words
# beside the file only where people_named_in_copies has its person.
NEVER_IN_A_COPY = frozenset(
    {"names", "face_boxes", "gps", "serial_numbers", "original_name", "sidecar_texts"}
)
# On every page that a visitor without an account can open (P20).
PUBLIC_HEADERS = {"tdm-reservation": "1", "X-Robots-Tag": "noindex, nofollow"}

_counters: dict[str, Callable[[Library], int]] = {}
_probes: dict[str, Callable[[Library], int]] = {}


def register_link_counter(name: str, count: Callable[[Library], int]) -> None:
    """Let an app say how many public links of a library are open. Call it in AppConfig.ready."""
    _register(_counters, name, count)


def register_grouping_probe(name: str, count: Callable[[Library], int]) -> None:
    """Let an app say how many vectors of people without a name it keeps for a library."""
    _register(_probes, name, count)


def _register(
    registry: dict[str, Callable[[Library], int]], name: str, count: Callable[[Library], int]
) -> None:
    if registry.setdefault(name, count) is not count:
        raise ValueError(f"There is one called {name} already: choose another name.")


def open_links(library: Library) -> int:
    """How many public links of this library are open now."""
    return sum(count(library) for count in _counters.values())


def sharing_allowed(library: Library) -> bool:
    """Whether a public link may be made of this library's photos now.

    Not in household grouping, and not before every vector of it is shredded.
    """
    current = Library.objects.filter(pk=library.pk).values_list("recognition", flat=True).first()
    if current is None or current == RecognitionState.HOUSEHOLD:
        return False
    return not any(count(library) for count in _probes.values())


def check_sharing(library: Library) -> None:
    """Call it in the transaction that makes a link. Raises ConsentRefused where it is not allowed.

    The library's row stays locked until the end of that transaction: switching to household grouping
    waits, and then sees the link.
    """
    with transaction.atomic():
        Library.objects.select_for_update().filter(pk=library.pk).first()
        if not sharing_allowed(library):
            raise ConsentRefused(
                _(
                    "This library groups the faces of people nobody asked, which only a private "
                    "household may do. Leave household grouping first; then links can be made."
                )
            )


def check_no_links(library: Library) -> None:
    """Raises ConsentRefused while public links are open: household grouping cannot begin."""
    count = open_links(library)
    if count:
        raise ConsentRefused(
            ngettext(
                "{count} public link of this library is open. End it first: household grouping is "
                "only for a private household without public links.",
                "{count} public links of this library are open. End them first: household grouping "
                "is only for a private household without public links.",
                count,
            ).format(count=count)
        )


def people_named_in_copies(library: Library) -> set[int]:
    """Whose names may stand in what is shared or exported: the keys of those who said yes to that."""
    return people_allowing(Purpose.EXPORT, library)
