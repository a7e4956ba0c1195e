"""English sentences."""

from collections.abc import Sequence
from datetime import date

from photolib.describe.grammar import Grammar
from photolib.describe.vocabulary import signs_en, words_en
from photolib.library.models import TakenSource


class English(Grammar):
    language = "en"
    locale = "en_GB"
    nouns = words_en.NOUNS
    signs = signs_en.SIGNS
    number_words = (
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    )  # fmt: skip
    sides = {"left": "on the left", "centre": "in the centre", "right": "on the right"}
    depths = {"near": "in the foreground", "far": "in the background"}
    date_sources = {
        TakenSource.HUMAN: "set by hand",
        TakenSource.EXIF: "the camera's clock",
        TakenSource.GPS: "the satellites' time",
        TakenSource.XMP: "notes in the file",
        TakenSource.IPTC: "notes in the file",
        TakenSource.FILENAME: "the file's name",
        TakenSource.FILE: "the file's own date",
        TakenSource.RECEIVED: "the day it arrived here",
    }
    certainties = {
        "very_sure": "very sure",
        "sure": "fairly sure",
        "unsure": "not sure",
        "confirmed": "confirmed",
        "unconfirmed": "not confirmed",
    }
    this_person = "this person"
    by_hand = "a person"
    by_recognition = "face recognition"
    by_position = "the position noted in the file"

    def crowd(self, count: int, *, at_least: bool) -> str:
        return f"at least {count} people" if at_least else f"{count} people"

    def others(self, count: int) -> str:
        return "one other" if count == 1 else f"{self.number(count)} others"

    def not_alone(self, who: str) -> str:
        return f"{who}, and perhaps others"

    def one_doing(self, who: str, acts: Sequence[str], *, named: bool) -> str:
        return f"{who}, {self._doing(acts)}" if named else f"{who} {self._doing(acts)}"

    def all_doing(self, said: str, *, crowd: str, who: str, count: int, acts: Sequence[str]) -> str:
        # "Both" and "all", or the last of a list might seem to be meant alone.
        return f"{said}, {'both' if count == 2 else 'all'} {self._doing(acts)}"

    def _doing(self, acts: Sequence[str]) -> str:
        return self.listed([self.signs.acts[act].many for act in acts])

    def hedged(self, phrases: Sequence[str]) -> str:
        return f"may show {self.listed(phrases)}"

    def perhaps(self, phrase: str) -> str:
        return f"perhaps {phrase}"

    def pictures(self, count: int) -> str:
        if count == 1:
            return "a poster or screen with a person"
        return f"posters or screens with {self.number(count)} people"

    def probably(self, name: str) -> str:
        return f"probably {name}"

    def day(self, day: date, *, weekday: bool = False) -> str:
        return self._date(day, "EEEE d MMMM y" if weekday else "d MMMM y")

    def when(self, day: date, source: TakenSource, *, weekday: bool = False) -> str:
        said = self.day(day, weekday=weekday)
        if source == TakenSource.RECEIVED:
            return f"added on {said}"
        return f"file dated {said}" if source == TakenSource.FILE else said

    def fallback(self, when: str, place: str) -> str:
        return f"Photo, {when}, {place}" if place else f"Photo, {when}"

    def more_people(self) -> str:
        return "there may be more people"

    def labelled(self, what: str, value: str) -> str:
        return f"{what}: {value}"

    def reads(self, text: str, *, sure: bool = True) -> str:
        what = "text" if sure else "perhaps the text"
        return f"{what}: “{text}”"

    def readable(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return f"the name {names[0]} can be read"
        return f"the names {self.listed(names)} can be read"

    def automatic(self, text: str) -> str:
        return f"Automatic: {text}"
