"""Dutch sentences."""

from collections.abc import Sequence
from datetime import date

from photolib.describe.grammar import Grammar
from photolib.describe.vocabulary import signs_nl, words_nl
from photolib.library.models import TakenSource

_WHAT = {"place": "plaats", "date": "datum", "colours": "kleuren"}


class Dutch(Grammar):
    language = "nl"
    locale = "nl"
    nouns = words_nl.NOUNS
    signs = signs_nl.SIGNS
    number_words = (
        "geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
    )  # fmt: skip
    sides = {"left": "links", "centre": "in het midden", "right": "rechts"}
    depths = {"near": "op de voorgrond", "far": "op de achtergrond"}
    date_sources = {
        TakenSource.HUMAN: "met de hand ingevuld",
        TakenSource.EXIF: "de klok van de camera",
        TakenSource.GPS: "de tijd van de satellieten",
        TakenSource.XMP: "notities in het bestand",
        TakenSource.IPTC: "notities in het bestand",
        TakenSource.FILENAME: "de naam van het bestand",
        TakenSource.FILE: "de datum van het bestand",
        TakenSource.RECEIVED: "de dag van aankomst hier",
    }
    certainties = {
        "very_sure": "heel zeker",
        "sure": "vrij zeker",
        "unsure": "niet zeker",
        "confirmed": "bevestigd",
        "unconfirmed": "niet bevestigd",
    }
    this_person = "deze persoon"
    by_hand = "een persoon"
    by_recognition = "gezichtsherkenning"
    by_position = "de plaats die in het bestand staat"

    def crowd(self, count: int, *, at_least: bool) -> str:
        return f"ten minste {count} personen" if at_least else f"{count} personen"

    def others(self, count: int) -> str:
        return "nog iemand" if count == 1 else f"nog {self.number(count)}"

    def not_alone(self, who: str) -> str:
        return f"{who} en misschien nog anderen"

    def one_doing(self, who: str, acts: Sequence[str], *, named: bool) -> str:
        return f"{who}, {self._doing(acts)}"

    def all_doing(self, said: str, *, crowd: str, who: str, count: int, acts: Sequence[str]) -> str:
        # "Beiden" and "allemaal", or the last of a list might seem to be meant alone.
        return f"{said}, {'beiden' if count == 2 else 'allemaal'} {self._doing(acts)}"

    def _doing(self, acts: Sequence[str]) -> str:
        return self.listed([self.signs.acts[act].many for act in acts])

    def sentence(self, phrase: str) -> str:
        # The capital stands behind the shortened word: "'s Nachts".
        if phrase.startswith("'s "):
            return "'s " + super().sentence(phrase.removeprefix("'s "))
        return super().sentence(phrase)

    def hedged(self, phrases: Sequence[str]) -> str:
        # The verb agrees with what may be there, and "zien" ends the sentence.
        verb = "is" if len(phrases) == 1 else "zijn"
        what = self.listed(phrases)
        return f"misschien {verb} er {what} te zien"

    def perhaps(self, phrase: str) -> str:
        return f"misschien {phrase}"

    def pictures(self, count: int) -> str:
        if count == 1:
            return "een poster of scherm met iemand"
        return f"een poster of scherm met {self.number(count)} mensen"

    def probably(self, name: str) -> str:
        return f"waarschijnlijk {name}"

    def day(self, day: date, *, weekday: bool = False) -> str:
        return self._date(day, "EEEE d MMMM y" if weekday else "d MMMM y")

    def when(self, day: date, source: TakenSource, *, weekday: bool = False) -> str:
        said = self.day(day, weekday=weekday)
        if source == TakenSource.RECEIVED:
            return f"toegevoegd op {said}"
        return f"bestand van {said}" if source == TakenSource.FILE else said

    def fallback(self, when: str, place: str) -> str:
        return f"Foto, {when}, {place}" if place else f"Foto, {when}"

    def more_people(self) -> str:
        return "misschien zijn er meer mensen"

    def labelled(self, what: str, value: str) -> str:
        return f"{_WHAT[what]}: {value}"

    def reads(self, text: str, *, sure: bool = True) -> str:
        what = "tekst" if sure else "misschien de tekst"
        return f"{what}: ‘{text}’"

    def readable(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return f"de naam {names[0]} is te lezen"
        return f"de namen {self.listed(names)} zijn te lezen"

    def automatic(self, text: str) -> str:
        return f"Automatisch: {text}"
