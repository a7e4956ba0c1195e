"""Names of makers and shops, and those a family gave, in words that were read in a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from photolib.core.words import fold
from photolib.describe.vocabulary.brands import NAMES, ORDINARY

# A name so short counts only as it is written, in a line of few words: letters that stand alone are many.
_SHORT = 3
_FEW_WORDS = 3
_MARKS = ("®", "™")


@dataclass(frozen=True, slots=True)
class Readable:
    """name: as the table or the family writes it. line: the place of the line it stands in."""

    name: str
    line: int


def names_in(lines: Sequence[str], given: Iterable[str] = ()) -> list[Readable]:
    """The names that can be read in these lines, each once, in their order; of two in one place the longer.

    given: names that the family gave to things of its own. Nothing is told of an ordinary word alone.
    """
    table = _table() | {tuple(fold(name)): name for name in given if _is_long(name)}
    longest = max((len(words) for words in table), default=0)
    beside = {word for line in lines for word in fold(line)}
    own = {name.casefold() for name in given}
    found: dict[str, Readable] = {}
    for place, line in enumerate(lines):
        for name in _names_of(fold(line), table, longest):
            if name not in found and _counts(name, line, beside, own):
                found[name] = Readable(name, place)
    return list(found.values())


@cache
def _table() -> dict[tuple[str, ...], str]:
    return {tuple(fold(name)): name for name in (*NAMES, *ORDINARY)}


def _names_of(words: list[str], table: dict[tuple[str, ...], str], longest: int) -> list[str]:
    names, at = [], 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            name = table.get(tuple(words[at : at + length]))
            if name is not None:
                names.append(name)
                at += length
                break
        else:
            at += 1
    return names


def _counts(name: str, line: str, beside: set[str], own: set[str]) -> bool:
    if name in ORDINARY:
        written = _is_written(name, line) or _is_written(name.upper(), line)
        if name.casefold() in own:
            return written
        return written and (
            any(mark in line for mark in _MARKS) or bool(beside & _folded(ORDINARY[name]))
        )
    if not _is_long(name):
        return _is_written(name, line) and len(line.split()) <= _FEW_WORDS
    return True


def _folded(words: Iterable[str]) -> set[str]:
    return {part for word in words for part in fold(word)}


def _is_long(name: str) -> bool:
    return sum(letter.isalnum() for letter in name) > _SHORT


def _is_written(name: str, line: str) -> bool:
    """Whether the name stands in the line exactly so, as a word of its own."""
    at = line.find(name)
    while at >= 0:
        before, after = line[at - 1 : at], line[at + len(name) : at + len(name) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = line.find(name, at + 1)
    return False
