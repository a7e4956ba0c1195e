"""How many of what a sentence claims, and whether the detectors saw so many.

The rules, for a number n of something, of which c are sure and m at most (c and those in doubt):
- n = c: said. c < n ≤ m: said with "perhaps" before the number. Anything else contradicts: the sentence
  is dropped, as is "no dogs" beside a sure dog, and "several people" where at most one may be.
- Of things of which the detectors saw none at all they may know nothing: the number stays, and the draft
  says that no other model confirms it. People are always looked for: a number of them is never believed
  unseen.
"""

from dataclasses import dataclass, field
from enum import Enum

from photolib.describe.sentences.word_lists import SEVERAL
from photolib.describe.sentences.wording import Named, Word, named_in, number_of
from photolib.describe.vocabulary import PERSON, broader_than

# "Two small brown dogs": so many words may stand between the number and the thing.
_BETWEEN = 2
MANY = 99


@dataclass(frozen=True, slots=True)
class Seen:
    """What the other models saw. sure, most: how many of each thing, by its label; most is at least sure.

    also: further labels that are known to be right of the photo, and are not counted (a beach).
    """

    sure: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    also: frozenset[str] = frozenset()

    def confirms(self, label: str) -> bool:
        """Whether a thing that is named was seen, itself or as something of its kind."""
        seen = {one for one, count in self.most.items() if count} | self.also
        return any(label == one or label in broader_than(one) for one in seen)

    def counted(self, label: str) -> tuple[int, int]:
        """(sure, most) of this label and everything that is of its kind."""
        kinds = [one for one in self.most if one == label or label in broader_than(one)]
        return sum(self.sure.get(one, 0) for one in kinds), sum(self.most[one] for one in kinds)


class Verdict(Enum):
    RIGHT = "right"
    PERHAPS = "perhaps"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a sentence. at: its word. last: the last word of what is counted."""

    at: int
    last: int
    verdict: Verdict


def counts_in(words: list[Word], language: str, seen: Seen) -> list[Count]:
    """Every number of things in the sentence, judged. "A dog" is no number."""
    things = {thing.first: thing for thing in named_in(words, language)}
    found = []
    for at, word in enumerate(words):
        number = number_of(word, language)
        several = number is None and word.folded in SEVERAL[language]
        if not several and (number is None or number == 1):
            continue
        thing = _counted_thing(things, at)
        if thing is not None:
            verdict = (
                _of_several(thing.label, seen)
                if several
                else _judge(number or 0, thing.label, seen)
            )
            found.append(Count(at, thing.last, verdict))
        elif not several and at + 1 < len(words):
            # "Three hikers": nobody here knows hikers.
            found.append(Count(at, at + 1, Verdict.UNKNOWN))
    return found


def _counted_thing(things: dict[int, Named], at: int) -> Named | None:
    places = range(at + 1, at + 2 + _BETWEEN)
    return next((things[place] for place in places if place in things), None)


def _judge(number: int, label: str, seen: Seen) -> Verdict:
    sure, most = seen.counted(label)
    if number == sure:
        return Verdict.RIGHT
    if sure < number <= most:
        return Verdict.PERHAPS
    return Verdict.UNKNOWN if most == 0 and label != PERSON else Verdict.WRONG


def _of_several(label: str, seen: Seen) -> Verdict:
    _sure, most = seen.counted(label)
    if most >= 2 or (most == 0 and label != PERSON):
        return Verdict.RIGHT
    # One thing may be several that the detector took for one; people are told apart better.
    return Verdict.WRONG if label == PERSON else Verdict.UNKNOWN
