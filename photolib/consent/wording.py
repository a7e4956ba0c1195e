"""The texts that people read before they answer: files with a version, in each language.

A text that somebody has answered is never changed: a new wording gets a new number and a new file,
and CURRENT names it. The decision keeps the id, the language and the SHA-256 of what was read.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from photolib.consent.models import Purpose

FOLDER = Path(__file__).resolve().parent / "texts"
NOTICE = "notice-1"
CURRENT = {
    Purpose.RECOGNISE: "recognise-1",
    Purpose.NAME: "name-1",
    Purpose.EXPORT: "export-1",
    Purpose.FIND_ME: "find_me-1",
}


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


@cache
def read_text(text_id: str, language: str) -> ConsentText:
    """A text by its id. English stands in for a language that has none yet."""
    known = dict(settings.LANGUAGES)
    chosen = language if language in known else language.partition("-")[0]
    path = FOLDER / f"{text_id}.{chosen}.txt"
    if chosen not in known or not path.exists():
        chosen, path = "en", FOLDER / f"{text_id}.en.txt"
    content = path.read_bytes()
    return ConsentText(
        id=text_id,
        language=chosen,
        body=content.decode().strip(),
        sha256=hashlib.sha256(content).hexdigest(),
    )
