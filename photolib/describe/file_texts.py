"""What people wrote into a photo's file, or beside it: read at import, kept with where it came from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial

from django.db import transaction

from photolib.core.errors import RefusedFile, StepError
from photolib.core.metadata import read_words
from photolib.core.picture_words import PictureWords, Words
from photolib.core.pixels import Pixels
from photolib.core.steps import Write
from photolib.core.words import words_changed
from photolib.describe.languages import GRAMMARS
from photolib.describe.models import (
    UNKNOWN_LANGUAGE,
    FileNote,
    HumanText,
    NoteKind,
    TextSource,
    TextTakenAway,
)
from photolib.describe.shortening import shorten
from photolib.library.models import Photo
from photolib.library.queries import sidecar_of

LONGEST_ALT = 250  # IPTC's limit for AltTextAccessibility
LONGEST_EXTENDED = 10_000
_PRIMARY = re.compile(r"[a-z]{2,3}(?=-|$)")


def read_file_texts(photo: Photo, pixels: Pixels) -> Write:
    """The step: titles, captions, and the alt texts that persons wrote. Their words here stay."""
    try:
        found = read_words(pixels.path, name=photo.original_name, sidecar=sidecar_of(photo))
    except RefusedFile as error:
        raise StepError(str(error), permanent=True) from error
    return partial(replace_file_texts, photo, found)


def replace_file_texts(photo: Photo, found: PictureWords) -> None:
    """Put what the file says in the place of what an earlier reading of it said.

    What a person wrote here in the same language stays, and what a person took away stays away.
    """
    with transaction.atomic():
        mine = HumanText.objects.filter(photo=photo)
        mine.filter(source=TextSource.FILE).delete()
        settled = set(mine.values_list("language", flat=True))
        settled |= set(TextTakenAway.objects.filter(photo=photo).values_list("language", flat=True))
        HumanText.objects.bulk_create(
            (
                HumanText(
                    photo=photo,
                    language=words.language,
                    alt=words.alt,
                    extended=words.extended,
                    source=TextSource.FILE,
                    written_by=found.writer,
                )
                for words in texts_of(found)
                if words.language not in settled
            ),
            # Somebody may write in this language at this very moment: theirs counts.
            ignore_conflicts=True,
        )
        FileNote.objects.filter(photo=photo).delete()
        FileNote.objects.bulk_create(_notes(photo, found))
        words_changed.send(sender=HumanText, photo=photo)


def texts_of(found: PictureWords) -> list[Words]:
    """What is kept of a file's texts: one a language, fit for HumanText.

    A longer alt text than LONGEST_ALT is cut at a word, and stands whole at the head of the extended
    description. Where there is an extended description alone, the alt text is its beginning. What begins
    with the machine's mark ("Automatic:") is no person's, whichever program passed it on.
    """
    kept: dict[str, Words] = {}
    for words in found.texts:
        alt = "" if _is_marked(words.alt) else " ".join(words.alt.split())
        extended = "" if _is_marked(words.extended) else words.extended.strip()
        language = language_of(words.language)
        if (alt or extended) and language not in kept:
            kept[language] = _fitted(language, alt, extended)
    return list(kept.values())


def language_of(written: str) -> str:
    """A file's language as HumanText has it: pt of "pt-br", UNKNOWN_LANGUAGE where it names none."""
    primary = _PRIMARY.match(written.lower())
    return primary.group() if primary else UNKNOWN_LANGUAGE


def _fitted(language: str, alt: str, extended: str) -> Words:
    if len(alt) > LONGEST_ALT and not extended.startswith(alt):
        extended = f"{alt}\n{extended}".strip()
    short = shorten(alt or " ".join(extended.split()), LONGEST_ALT)
    return Words(language, short, shorten(extended, LONGEST_EXTENDED))


def _is_marked(text: str) -> bool:
    return " ".join(text.split()).startswith(_marks())


@cache
def _marks() -> tuple[str, ...]:
    """How the machine's texts begin, in every language."""
    return tuple({" ".join(grammar.automatic("").split()) for grammar in GRAMMARS.values()})


def _notes(photo: Photo, found: PictureWords) -> Iterator[FileNote]:
    kinds = ((NoteKind.TITLE, found.titles), (NoteKind.CAPTION, found.captions))
    for kind, texts in kinds:
        for language, text in _by_language(texts):
            yield FileNote(
                photo=photo, kind=kind, language=language, text=shorten(text, LONGEST_EXTENDED)
            )


def _by_language(texts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    kept: dict[str, str] = {}
    for written, text in texts.items():
        if text.strip():
            kept.setdefault(language_of(written), text.strip())
    return kept.items()
