"""What somebody typed, taken apart into what must hold of a photo. No database, no viewer."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from photolib.core.words import fold
from photolib.search import sayings
from photolib.search.dates import Reader, iso_span
from photolib.search.question import Clause, Group, Question, Sort, Span

# More than that is no question a person types, and each costs a look into the index.
MOST_CLAUSES = 12

_QUOTED = r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]"
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-−])?(?:(?P<field>[^\W\d_]+):)?(?P<quoted>{_QUOTED})"
    r"|(?P<iso>\b\d{4}-\d{2}(?:-\d{2})?\b(?!-?\d))"
    r"|(?P<from>\b(?:1[89]|20)\d\d)\s*(?:-|–|\.\.)\s*(?P<to>(?:1[89]|20)\d\d\b)"
    r"|(?P<minus2>(?<!\S)[-−])?(?:(?P<field2>[^\W\d_]+):)?(?P<word>[^\W_]+)"
    r"|(?P<either>\|)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or something that is a clause already. field: what was written before a colon."""

    typed: str
    word: str = ""
    clause: Clause | None = None
    field: str = ""
    minus: bool = False


def parse(text: str, *, language: str, today: date, south: bool = False) -> Question:
    """The groups of clauses of a question, in their order, at most MOST_CLAUSES; each group once.

    "Anna on the beach in July 2024" gives the words anna and beach, every July, and the year 2024.
    language: the one the asker reads; all are understood, but "or" is gold in French. south: where
    summer is in January. Stop words are left out unless there is nothing else.
    """
    pieces = _pieces(unicodedata.normalize("NFC", text))
    found = _Clauses(pieces, language, today, south).read(stop=sayings.STOP_WORDS)
    if not found:
        found = _Clauses(pieces, language, today, south).read(stop=frozenset())
    return tuple(dict.fromkeys(found))[:MOST_CLAUSES]


def _pieces(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    for match in _PIECE.finditer(text):
        pieces.extend(_cut(match))
    return pieces


def _cut(match: re.Match[str]) -> list[Piece]:
    typed, minus = match.group(), bool(match["minus"] or match["minus2"])
    field = sayings.FIELDS.get("".join(fold(match["field"] or match["field2"] or "")), "")
    if match["either"]:
        return [Piece(typed, "|")]
    if match["iso"]:
        return [Piece(typed, match["iso"])] if iso_span(match["iso"]) else []
    if match["from"]:
        first, last = sorted((int(match["from"]), int(match["to"])))
        span = Span(date(first, 1, 1), date(last, 12, 31))
        return [Piece(typed, clause=Clause(Sort.WHEN, typed, when=span))]
    if match["quoted"]:
        words = tuple(fold(match["quoted"]))
        plain = match["quoted"][1:-1].strip()
        clause = Clause(Sort(field) if field in set(Sort) else Sort.PHRASE, plain, words)
        return [Piece(plain, clause=clause, minus=minus)] if words else []
    words_of_it = fold(match["word"])
    cut = [Piece(match["word"], word, field=field, minus=minus) for word in words_of_it]
    if (match["field2"] or "") and not field:
        # No field of ours: the name before the colon is a word like any other.
        cut = [*(Piece(match["field2"], word) for word in fold(match["field2"])), *cut]
    return cut


class _Clauses:
    """Goes through the pieces once, from left to right."""

    def __init__(self, pieces: list[Piece], language: str, today: date, south: bool) -> None:
        self.pieces = pieces
        self.either = sayings.EITHER | sayings.EITHER_OF.get(language, set())
        # A piece that is no plain word stands as an empty one: nothing is read across it.
        plain = [piece.word if not piece.field else "" for piece in pieces]
        self.words = plain
        self.dates = Reader(plain, today, south)

    def read(self, *, stop: frozenset[str]) -> list[Group]:
        groups: list[Group] = []
        place, without, joins = 0, False, False
        while place < len(self.pieces):
            piece, word = self.pieces[place], self.words[place]
            if groups and not without and self._is_either(place):
                place, joins = place + 1, True
                continue
            if word in sayings.WITHOUT and place + 1 < len(self.pieces):
                place, without = place + 1, True
                continue
            clause, length = self._clause(place, stop, without)
            place += length
            if clause is None:
                continue
            clause = replace(clause, without=clause.without != (without or piece.minus))
            if joins and groups and not clause.without:
                groups[-1] = (*groups[-1], clause)
            else:
                groups.append((clause,))
            without = joins = False
        return groups

    def _is_either(self, place: int) -> bool:
        last = place + 1 == len(self.pieces)
        word, typed = self.words[place], self.pieces[place].typed
        return not last and (word in self.either or word == "|" or typed == "OR")

    def _clause(self, place: int, stop: frozenset[str], without: bool) -> tuple[Clause | None, int]:
        """The clause that begins here, or None for a word that tells nothing; how many pieces it takes."""
        piece, word = self.pieces[place], self.words[place]
        if piece.clause is not None:
            return piece.clause, 1
        if piece.field:
            return self._field(piece), 1
        if counted := self._people(place, without):
            return counted
        if found := self.dates.at(place):
            typed = " ".join(piece.typed for piece in self.pieces[place : place + found.length])
            # "May" may be somebody's name, and a year stand in an album's title.
            names = (word,) if found.bare else ()
            return Clause(Sort.WHEN, typed, names, when=found.when), found.length
        if word in stop or word == "|":
            return None, 1
        return Clause(Sort.WORD, piece.typed, (word,)), 1

    def _field(self, piece: Piece) -> Clause:
        if piece.field == "year":
            reader = Reader([piece.word], self.dates.today, self.dates.south)
            if found := reader.at(0):
                return Clause(Sort.WHEN, piece.typed, when=found.when)
            return Clause(Sort.WORD, piece.typed, (piece.word,))
        return Clause(Sort(piece.field), piece.typed, (piece.word,))

    def _people(self, place: int, without: bool) -> tuple[Clause, int] | None:
        """ "two people", "nobody", "sans personne", "alone"."""
        word = self.words[place]
        following = self.words[place + 1] if place + 1 < len(self.words) else ""
        typed = self.pieces[place].typed
        if word in sayings.NOBODY or (without and word in sayings.PEOPLE):
            # "Without people" is a count of its own, not the contrary of one.
            return Clause(Sort.COUNT, typed, (word,), number=0, without=without), 1
        if word in sayings.ALONE:
            return Clause(Sort.COUNT, typed, (word,), number=1), 1
        if following in sayings.PEOPLE:
            both = f"{typed} {self.pieces[place + 1].typed}"
            if word in sayings.NONE:
                return Clause(Sort.COUNT, both, number=0), 2
            number = int(word) if word.isdecimal() and len(word) < 4 else sayings.NUMBERS.get(word)
            if number is not None:
                return Clause(Sort.COUNT, both, number=number), 2
        return None
