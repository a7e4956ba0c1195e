"""What the machine knows: apps say what they keep, without whoever shows it knowing them.

Three questions can be asked: what is kept about one photo (for the page that lists it), what is kept
of one person (for their export), and how much is kept of one library (for the documents).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done about it. label: of the button or link, naming the thing.

    post: a button that does it at once; else a link to the page where it is done.
    """

    label: str
    address: str
    post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One thing that is kept, as one viewer may know it.

    what: a sentence or a few words. source: who or what says so. model: its name, empty for people.
    made_on, ends_on: when it came, and when it goes by itself. confidence: 0..1, None without a score.
    seen_by: who may see it, in words. region: the key of the face it belongs to, where it is one.
    """

    what: str
    source: str = ""
    model: str = ""
    made_on: datetime | None = None
    ends_on: datetime | None = None
    confidence: float | None = None
    seen_by: str = ""
    region: int | None = None
    deeds: tuple[Deed, ...] = ()


# (photo, viewer): what is kept about the photo, as far as this viewer may know.
PhotoProvider = Callable[[Any, Any], Iterable[Known]]
# (person): rows for the person's export, of values that JSON can hold. Never a vector.
PersonProvider = Callable[[Any], list[dict[str, Any]]]
# (library): numbers by their name, such as {"templates": 12}.
LibraryProvider = Callable[[Any], dict[str, int]]

_of_photos: list[PhotoProvider] = []
_of_people: dict[str, PersonProvider] = {}
_of_libraries: list[LibraryProvider] = []


def register_for_photos(provider: PhotoProvider) -> None:
    """Let `provider` tell what it keeps about photos. Registering it again changes nothing."""
    if provider not in _of_photos:
        _of_photos.append(provider)


def register_for_people(section: str, provider: PersonProvider) -> None:
    """Let `provider` fill a section of every person's export. Raises ValueError if it is taken."""
    if _of_people.setdefault(section, provider) is not provider:
        raise ValueError(f"There is a section {section} already: choose another name.")


def register_for_libraries(provider: LibraryProvider) -> None:
    """Let `provider` count what it keeps of libraries. Registering it again changes nothing."""
    if provider not in _of_libraries:
        _of_libraries.append(provider)


def known_of_photo(photo: Any, viewer: Any) -> list[Known]:
    """Everything that apps above keep about the photo, as far as the viewer may know."""
    return [known for provider in _of_photos for known in provider(photo, viewer)]


def kept_of_person(person: Any) -> dict[str, list[dict[str, Any]]]:
    """Every registered section of the person's export."""
    return {section: provider(person) for section, provider in sorted(_of_people.items())}


def counts_of_library(library: Any) -> dict[str, int]:
    """Every registered number of one library."""
    counts: dict[str, int] = {}
    for provider in _of_libraries:
        counts |= provider(library)
    return counts
