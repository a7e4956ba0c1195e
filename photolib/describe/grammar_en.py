"""English sentences."""

from collections.abc import Sequence
from datetime import date

from photolib.describe import vocabulary_en
from photolib.describe.grammar import Grammar
from photolib.describe.view import Name
from photolib.library.models import TakenSource


class English(Grammar):
    language = "en"
    locale = "en_GB"
    nouns = vocabulary_en.NOUNS
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
    by_hand = "a person"
    by_recognition = "face recognition"
    by_position = "the position noted in the file"

    def people(self, names: Sequence[Name], count: int, *, at_least: bool) -> str:
        named = [self.name(name) for name in names]
        others = count - len(named)
        if count == 1:
            alone = named[0] if named else self.nameless()
            return f"{alone}, and perhaps others" if at_least else alone
        many = f"at least {count} people" if at_least else f"{count} people"
        if not named:
            return many
        if not others and not at_least:
            return self.listed(named)
        if others:
            named.append("one other" if others == 1 else f"{self.number(others)} others")
        return f"{many}, {self.listed(named)}"

    def hedged(self, phrases: Sequence[str]) -> str:
        return f"may show {self.listed(phrases)}"

    def perhaps(self, phrase: str) -> str:
        return f"perhaps {phrase}"

    def pictures(self, count: int) -> str:
        return "a picture of a person" if count == 1 else f"pictures of {self.number(count)} people"

    def name(self, name: Name) -> str:
        return name.text if name.sure else f"probably {name.text}"

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
