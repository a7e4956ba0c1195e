"""From what a model sends to plain sentences: no markup, no hidden letters, no links, no "image of"."""

import html
import re
import unicodedata

# What models that think aloud say to themselves.
_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.S | re.I)
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"[<>*_#`|~\\{}\[\]]")
_ITEM = re.compile(r"^(?:[-–•]|\d{1,2}[.)])\s+")
# What models write before a text, up to three words: "Alt text", "Description courte".
_HEADING = re.compile(r"^(?:[^\W\d_]+[\s-]){0,2}[^\W\d_]+\s?:\s*")
_END = re.compile(r"(?<=[.!?…])[\"”»'’)]*\s+")
_LINK = re.compile(r"://|\bwww\.|@|\b[\w-]+\.[a-z]{2,6}\b(?!\.)|\bhttps?\b", re.I)
# Longer answers are not read to their end: nobody asked for them.
MOST_LETTERS = 6000

_PICTURE = {
    "en": r"(?:image|picture|photo|photograph|scene)",
    "fr": r"(?:image|photo|photographie|scène)",
    "de": r"(?:bild|foto|aufnahme|szene)",
    "es": r"(?:imagen|foto|fotografía|escena)",
    "it": r"(?:immagine|foto|fotografia|scena)",
    "nl": r"(?:afbeelding|foto|beeld|plaatje|scène)",
}
_BEGINNINGS = {
    "en": r"(?:in\s+)?(?:the\s+|this\s+|an?\s+)?{0}(?:\s+is)?"
    r"(?:\s+(?:shows|depicts|features|displays|captures|contains|of|showing)\b|,)\s*",
    "fr": r"(?:(?:dans|sur)\s+)?(?:la\s+|cette\s+|une\s+|l['’]|cet\s+)?{0}"
    r"(?:\s+(?:montre|présente|représente|contient|de)\b|\s+d['’]|,)\s*",
    "de": r"(?:(?:auf|in)\s+)?(?:das\s+|dieses\s+|dem\s+|diesem\s+|ein\s+)?{0}"
    r"(?:\s+(?:zeigt|enthält|von)\b|,)\s*",
    "es": r"(?:en\s+)?(?:la\s+|esta\s+|una\s+)?{0}(?:\s+(?:muestra|presenta|contiene|de)\b|,)\s*",
    "it": r"(?:(?:in|nell['’]|nella)\s*)?(?:la\s+|questa\s+|una\s+|l['’]|un['’])?{0}"
    r"(?:\s+(?:mostra|presenta|contiene|di)\b|,)\s*",
    "nl": r"(?:op\s+)?(?:de\s+|deze\s+|het\s+|dit\s+|een\s+)?{0}(?:\s+(?:toont|bevat|van)\b|,)\s*",
}
_BEGINNING = {
    language: re.compile(rf"^{pattern.format(_PICTURE[language])}", re.I)
    for language, pattern in _BEGINNINGS.items()
}


def sentences_of(text: str, language: str) -> list[str]:
    """The sentences of an answer, each with a capital and a full stop, in their order."""
    plain = _TAG.sub(" ", html.unescape(_THINKING.sub(" ", text[:MOST_LETTERS])))
    lines = [_without_marks(line) for line in plain.splitlines()]
    found = [part for line in lines if line for part in _END.split(line)]
    whole = [_whole(part, language) for part in found]
    return [sentence for sentence in whole if sentence]


def has_link(sentence: str) -> bool:
    """Whether it holds an address of any kind."""
    return bool(_LINK.search(sentence))


def _without_marks(line: str) -> str:
    visible = "".join(
        _shown(letter, unicodedata.category(letter))
        for letter in unicodedata.normalize("NFC", line)
    )
    plain = " ".join(_MARKS.sub(" ", visible).split())
    return _HEADING.sub("", _ITEM.sub("", plain))


def _shown(letter: str, category: str) -> str:
    """The letter; a space for every space; nothing for what is unseen, turns the writing, or is an emoji."""
    if category in {"Cf", "Co", "Cn", "Cs", "So", "Sk", "Mn", "Me"}:
        return ""
    return " " if category.startswith(("C", "Z")) else letter


def _whole(part: str, language: str) -> str:
    bare = _BEGINNING[language].sub("", part.strip(' "”“»«')).strip()
    if not any(letter.isalpha() for letter in bare):
        return ""
    ended = bare if bare.endswith((".", "!", "?", "…")) else f"{bare.rstrip(' ,;:-–')}."
    return ended[0].upper() + ended[1:]
