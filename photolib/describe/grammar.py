"""What a language must be able to say. Each builds its own sentences: none is joined from another's."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from photolib.core.places import country_name
from photolib.describe.view import Name
from photolib.describe.vocabulary import PERSON
from photolib.describe.vocabulary.noun import Noun
from photolib.describe.vocabulary.sign_words import SignWords
from photolib.library.models import TakenSource

# From this score on the machine is called very sure.
VERY_SURE_FROM = 0.9
_ENDS = (".", "!", "?", "…")


class Grammar(ABC):
    """One language. Phrases begin with a small letter and have no full stop; sentence() adds both."""

    language: str
    locale: str  # Babel's
    nouns: dict[str, Noun]
    signs: SignWords
    number_words: tuple[str, ...]  # from zero to ten
    sides: dict[str, str]
    depths: dict[str, str]
    date_sources: dict[TakenSource, str]
    certainties: dict[str, str]  # very_sure, sure, unsure, confirmed, unconfirmed
    this_person: str  # who was told of in the sentence before
    by_hand: str
    by_recognition: str
    by_position: str

    @abstractmethod
    def crowd(self, count: int, *, at_least: bool) -> str:
        """How many people, from two on: `3 people`, `at least 6 people`."""

    @abstractmethod
    def others(self, count: int) -> str:
        """The people after those who were named: `one other`, `two others`. It tells nobody's gender."""

    @abstractmethod
    def not_alone(self, who: str) -> str:
        """One person, beside whom there may be more."""

    @abstractmethod
    def one_doing(self, who: str, acts: Sequence[str], *, named: bool) -> str:
        """One person and what they do, without a gender: `Anna, sitting and smiling`."""

    @abstractmethod
    def all_doing(self, said: str, *, crowd: str, who: str, count: int, acts: Sequence[str]) -> str:
        """Several people and what each of them does: `Anna and Ben, both smiling`.

        said: the people without it. crowd, who: its two halves, the number and the names (or empty).
        """

    @abstractmethod
    def hedged(self, phrases: Sequence[str]) -> str:
        """What may be there, one of each."""

    @abstractmethod
    def perhaps(self, phrase: str) -> str:
        """One thing, or one place, that may be right."""

    @abstractmethod
    def pictures(self, count: int) -> str:
        """So many faces on posters or screens: pictures of people, not people."""

    @abstractmethod
    def probably(self, name: str) -> str:
        """A name that only the machine says."""

    @abstractmethod
    def day(self, day: date, *, weekday: bool = False) -> str:
        """A date in words."""

    @abstractmethod
    def when(self, day: date, source: TakenSource, *, weekday: bool = False) -> str:
        """The day the photo was taken; or, where that is not known, what the date really says."""

    @abstractmethod
    def fallback(self, when: str, place: str) -> str:
        """What is said of a photo in which nothing was seen."""

    @abstractmethod
    def more_people(self) -> str:
        """That there may be more people than were counted."""

    @abstractmethod
    def labelled(self, what: str, value: str) -> str:
        """A value with what it is: `place`, `date` or `colours`."""

    @abstractmethod
    def reads(self, text: str, *, sure: bool = True) -> str:
        """What is written in the picture, in the language's own quotation marks."""

    @abstractmethod
    def readable(self, names: Sequence[str]) -> str:
        """That these names can be read: nothing of whose the thing is."""

    @abstractmethod
    def automatic(self, text: str) -> str:
        """A whole text, marked as the machine's."""

    def people(
        self, names: Sequence[Name], count: int, *, at_least: bool, acts: Sequence[str] = ()
    ) -> str:
        """Who is there: `count` people, among them those with a name. acts: what all of them do."""
        named = [self.name(name) for name in names]
        if count == 1:
            alone = named[0] if named else self.nameless()
            alone = self.one_doing(alone, acts, named=bool(named)) if acts else alone
            return self.not_alone(alone) if at_least else alone
        others = count - len(named)
        everybody = named and not others and not at_least
        crowd = self.crowd(count, at_least=at_least)
        who = self.listed([*named, self.others(others)] if named and others else named)
        said = who if everybody else f"{crowd}, {who}" if who else crowd
        return self.all_doing(said, crowd=crowd, who=who, count=count, acts=acts) if acts else said

    def act(self, who: str, act: str, *, sure: bool) -> str:
        """A sentence on what one person does: `Anna is sitting`. who: their name, or empty."""
        words = self.signs.acts[act]
        if who:
            return f"{who} {words.says_of_name if sure else words.maybe_of_name}"
        return f"{self.this_person} {words.says if sure else words.maybe}"

    def name(self, name: Name) -> str:
        """A name, with a hedge where only the machine says it."""
        return name.text if name.sure else self.probably(name.text)

    def group(self, label: str, count: int) -> str:
        """A number of things of one kind: `a dog`, `two dogs`, `some broccoli`."""
        noun = self.nouns[label]
        if count == 1 or not noun.many:
            return noun.one
        return f"{self.number(count)} {noun.many}"

    def as_object(self, label: str) -> str:
        """One thing after a verb."""
        noun = self.nouns[label]
        return noun.as_object or noun.one

    def where(self, label: str) -> str:
        """That the photo is in such a place: `on a beach`."""
        return self.nouns[label].where

    def placed(self, phrase: str, where: str) -> str:
        """Who or what, and where: `Anna and Ben, on a beach`."""
        return f"{phrase}, {where}"

    def nameless(self) -> str:
        return self.nouns[PERSON].one

    def number(self, count: int) -> str:
        """A number in words up to ten, in digits beyond."""
        return self.number_words[count] if count < len(self.number_words) else str(count)

    def listed(self, phrases: Sequence[str]) -> str:
        """A list with the language's own commas and its `and`."""
        if len(phrases) < 2:
            return "".join(phrases)
        rules = _list_rules(self.locale)
        if len(phrases) == 2:
            return rules["2"].format(*phrases)
        said = rules["start"].format(*phrases[:2])
        for phrase in phrases[2:-1]:
            said = rules["middle"].format(said, phrase)
        return rules["end"].format(said, phrases[-1])

    def sentence(self, phrase: str) -> str:
        """A phrase with its capital and its full stop."""
        ended = phrase if phrase.endswith(_ENDS) else f"{phrase}."
        return ended[0].upper() + ended[1:]

    def certainty(self, confidence: float, *, said: bool) -> str:
        """How sure the machine is, in words; the figure stands beside it (Claim.confidence)."""
        if not said:
            return self.certainties["unsure"]
        return self.certainties["very_sure" if confidence >= VERY_SURE_FROM else "sure"]

    def country(self, code: str) -> str:
        return country_name(code, self.language) if code else ""

    def _date(self, day: date, pattern: str) -> str:
        return _formatted(day, pattern, self.locale)


# Babel's format_list looks them up each time, which takes longer than the rest of a sentence.
@lru_cache
def _list_rules(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).list_patterns["standard"])


@lru_cache(maxsize=10_000)
def _formatted(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)
