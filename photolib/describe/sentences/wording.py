"""A sentence as its words, and what the vocabulary knows of them."""

import re
from dataclasses import dataclass
from functools import cache

from photolib.core.words import fold
from photolib.describe.languages import grammar_of
from photolib.describe.sentences.word_lists import MORE_NUMBERS
from photolib.describe.vocabulary import PERSON

_WORD = re.compile(r"[^\W_]+")
_LONGEST_NOUN = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands, folded, and where it begins in the sentence."""

    text: str
    folded: str
    start: int


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of the vocabulary that a sentence names. first, last: which words name it."""

    label: str
    first: int
    last: int


def words_in(sentence: str) -> list[Word]:
    return [
        Word(match.group(), "".join(fold(match.group())), match.start())
        for match in _WORD.finditer(sentence)
    ]


def named_in(words: list[Word], language: str) -> list[Named]:
    """The things that are named, the longest names first where several begin at a word."""
    nouns = nouns_of(language)
    found: list[Named] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_NOUN, len(words) - at), 0, -1):
            label = nouns.get(tuple(word.folded for word in words[at : at + length]))
            if label:
                found.append(Named(label, at, at + length - 1))
                at += length - 1
                break
        at += 1
    return found


@cache
def nouns_of(language: str) -> dict[tuple[str, ...], str]:
    """Folded words → label. A thing's own word comes before what others are searched by."""
    nouns = grammar_of(language).nouns
    found: dict[tuple[str, ...], str] = {}
    for of_its_own in (True, False):
        for label, noun in nouns.items():
            for text in (noun.word, noun.many) if of_its_own else noun.also:
                if text:
                    found.setdefault(tuple(fold(text)), label)
    # English has "persons" and "people", German "Leute" and "Menschen": always people.
    found |= {tuple(fold(text)): PERSON for text in nouns[PERSON].also}
    return found


@cache
def numbers_of(language: str) -> dict[str, int]:
    """Folded number words, from zero on."""
    own = {
        "".join(fold(word)): number for number, word in enumerate(grammar_of(language).number_words)
    }
    return own | MORE_NUMBERS[language]


def number_of(word: Word, language: str) -> int | None:
    """The number that a word is, up to 99; a year is no number of things."""
    if word.folded.isascii() and word.folded.isdigit() and len(word.folded) <= 2:
        return int(word.folded)
    return numbers_of(language).get(word.folded)
