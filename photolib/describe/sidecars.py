"""What leaves with a photo: its descriptions as XMP, made when somebody asks for them and kept nowhere.

Nothing has to be hunted down when a name is withdrawn (ADR 8): the next sidecar does not have it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from unicodedata import normalize
from xml.etree.ElementTree import Element

from photolib.accounts.models import User
from photolib.consent.copies import names_kept_back, sightings_in_copies
from photolib.consent.queries import Sighting
from photolib.core import picture_words as notes
from photolib.core.xmp_writing import alternatives, bag, packet_of
from photolib.describe.file_texts import LONGEST_ALT
from photolib.describe.languages import GRAMMARS, grammar_of
from photolib.describe.models import UNKNOWN_LANGUAGE, HumanText
from photolib.describe.queries import Description, texts_for
from photolib.describe.regions import regions_of
from photolib.describe.shortening import shorten
from photolib.library.models import Photo


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedText:
    """One language's texts as they stand in a sidecar, and who says so."""

    alt: str
    extended: str
    source: Literal["human", "machine"]
    model: str = ""
    made_on: date | None = None


def sidecars_for(photos: Iterable[Photo], viewer: User) -> dict[int, bytes]:
    """The XMP packet of every photo given, by the photo's key. Whether they may see it was asked before.

    It holds what people wrote, in their languages, and what the machine says in those this viewer reads,
    marked as the machine's. Names: of people who said yes to names in exports, and whom this viewer
    may know; a person's words that name anybody else stay here. The number of SQL queries does not grow
    with the photos.
    """
    rows = list(photos)
    human, seen = _human_texts(rows), sightings_in_copies(rows, viewer)
    by_machine = {
        language: texts_for(rows, viewer, language, carried=True)
        for language in languages_of(viewer)
    }
    packets = {}
    for photo in rows:
        texts = human[photo.pk]
        for language, described in by_machine.items():
            if language not in texts and described[photo.pk].source == "machine":
                texts[language] = _by_machine(described[photo.pk])
        packets[photo.pk] = packet_of([*_texts(texts), *_people(photo, seen[photo.pk])])
    return packets


def languages_of(viewer: User) -> list[str]:
    """The languages this viewer reads, the one of descriptions first."""
    page = viewer.language or "en"
    return [said for said in dict.fromkeys([viewer.described_in(page), page]) if said in GRAMMARS]


def _human_texts(photos: Sequence[Photo]) -> dict[int, dict[str, CarriedText]]:
    kept_back = {
        library: _any_of(names)
        for library, names in names_kept_back({photo.library_id for photo in photos}).items()
    }
    libraries = {photo.pk: photo.library_id for photo in photos}
    texts: dict[int, dict[str, CarriedText]] = defaultdict(dict)
    rows = HumanText.objects.filter(photo__in=libraries)
    for row in rows.order_by("photo_id", "-source", "-updated_at"):
        names = kept_back[libraries[row.photo_id]]
        if not (names and names.search(normalize("NFC", f"{row.alt}\n{row.extended}"))):
            said = CarriedText(alt=row.alt, extended=row.extended, source="human")
            texts[row.photo_id][row.language] = said
    return texts


def _any_of(names: Sequence[str]) -> re.Pattern[str] | None:
    """Finds these names as whole words that begin with the same letter: "ROSE" is Rose, a rose is not."""
    known = [
        rf"{re.escape(name[0])}(?i:{re.escape(name[1:])})"
        for name in (" ".join(normalize("NFC", name).split()) for name in names)
        if name
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)") if known else None


def _by_machine(described: Description) -> CarriedText:
    grammar = grammar_of(described.language)
    extended = " ".join(claim.text for claim in described.extended)
    return CarriedText(
        alt=shorten(grammar.automatic(described.alt), LONGEST_ALT),
        extended=grammar.automatic(extended) if extended else "",
        source="machine",
        model=described.model,
        made_on=described.made_on,
    )


def _texts(texts: dict[str, CarriedText]) -> list[Element]:
    """The properties of core.picture_words; each by language, and once for everybody (x-default)."""
    if not texts:
        return []
    said = {language: text for language, text in texts.items() if language != UNKNOWN_LANGUAGE}
    said[""] = texts.get(UNKNOWN_LANGUAGE) or next(iter(texts.values()))
    machine = {language: text for language, text in said.items() if text.source == "machine"}
    digests = {language: notes.digest(text.alt) for language, text in machine.items()}
    longs = {
        language: notes.digest(text.extended) for language, text in machine.items() if text.extended
    }
    properties: dict[str, dict[str, str]] = {
        notes.ALT: {language: text.alt for language, text in said.items()},
        notes.LONG: {language: text.extended for language, text in said.items() if text.extended},
        notes.SOURCE: {language: str(text.source) for language, text in said.items()},
        notes.MODEL: {language: text.model for language, text in machine.items()},
        notes.MADE_ON: {
            language: text.made_on.isoformat() for language, text in machine.items() if text.made_on
        },
        notes.ALT_DIGEST: digests,
        notes.LONG_DIGEST: longs,
    }
    return [alternatives(name, values) for name, values in properties.items() if values]


def _people(photo: Photo, seen: Sequence[Sighting]) -> list[Element]:
    """Names and face boxes, of those alone whom a person named, not the machine."""
    sure = [one for one in seen if one.state == "confirmed"]
    if not sure:
        return []
    names = dict.fromkeys(one.name for one in sure)
    return [bag("Iptc4xmpExt:PersonInImage", names), *regions_of(photo, sure)]
