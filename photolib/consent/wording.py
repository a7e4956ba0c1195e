"""The texts that people read before they answer: files with a version, in each language.

A text that somebody has answered is never changed: a new wording gets a new number and a new file,
and CURRENT names it. The decision keeps the id, the language and the SHA-256 of what was read.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from photolib.consent.models import Purpose

FOLDER = Path(__file__).resolve().parent / "texts"
NOTICE = "notice-1"
CURRENT = {
    Purpose.RECOGNISE: "recognise-2",
    Purpose.NAME: "name-1",
    Purpose.EXPORT: "export-1",
    Purpose.FIND_ME: "find_me-1",
}
# What was asked before number 2 spoke of the photos of this library alone.
SPEAK_OF_HOUSEMATES = frozenset({"recognise-2"})


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A text as it is shown: its first line is the question, the rest its explanation.

    id: such as name-1. sha256: of the file's bytes, in hex.
    """

    id: str
    language: str
    body: str
    sha256: str

    @property
    def question(self) -> str:
        return self.body.partition("\n")[0]

    @property
    def explanation(self) -> str:
        return self.body.partition("\n")[2].strip()


def text_for(purpose: str, language: str) -> ConsentText:
    """The current text of a purpose. English stands in for a language that has none yet."""
    return read_text(CURRENT[Purpose(purpose)], language)


def notice(language: str) -> ConsentText:
    """What an invited person reads first."""
    return read_text(NOTICE, language)


def read_text(text_id: str, language: str) -> ConsentText:
    """A text by its id. English stands in for a language that has none yet."""
    known = dict(settings.LANGUAGES)
    chosen = language if language in known else language.partition("-")[0]
    if chosen not in known or not _file(text_id, chosen).exists():
        chosen = "en"
    return _read(text_id, chosen, _file(text_id, chosen))


def is_unchanged(text_id: str, language: str, sha256: str) -> bool:
    """Whether the text that somebody answered still reads as it did then."""
    try:
        return _read(text_id, language, _file(text_id, language)).sha256 == sha256
    except OSError:
        return False


def _file(text_id: str, language: str) -> Path:
    return FOLDER / f"{text_id}.{language}.txt"


def _read(text_id: str, language: str, path: Path) -> ConsentText:
    """Read again only where the file is another than before: this is asked for every answer."""
    at = path.stat()
    return _read_at(text_id, language, path, at.st_mtime_ns, at.st_size)


@lru_cache(maxsize=256)
def _read_at(text_id: str, language: str, path: Path, _changed: int, _size: int) -> ConsentText:
    content = path.read_bytes()
    return ConsentText(
        id=text_id,
        language=language,
        body=content.decode().strip(),
        sha256=hashlib.sha256(content).hexdigest(),
    )
