"""German sentences."""

from collections.abc import Sequence
from datetime import date

from photolib.describe.grammar import Grammar
from photolib.describe.vocabulary import signs_de, words_de
from photolib.library.models import TakenSource

_WHAT = {"place": "Ort", "date": "Datum", "colours": "Farben"}


class German(Grammar):
    language = "de"
    locale = "de"
    nouns = words_de.NOUNS
    signs = signs_de.SIGNS
    number_words = (
        "keine", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    )  # fmt: skip
    sides = {"left": "links", "centre": "in der Mitte", "right": "rechts"}
    depths = {"near": "im Vordergrund", "far": "im Hintergrund"}
    date_sources = {
        TakenSource.HUMAN: "von Hand eingetragen",
        TakenSource.EXIF: "die Uhr der Kamera",
        TakenSource.GPS: "die Zeit der Satelliten",
        TakenSource.XMP: "Angaben in der Datei",
        TakenSource.IPTC: "Angaben in der Datei",
        TakenSource.FILENAME: "der Name der Datei",
        TakenSource.FILE: "das Datum der Datei",
        TakenSource.RECEIVED: "der Tag, an dem es hier ankam",
    }
    certainties = {
        "very_sure": "sehr sicher",
        "sure": "ziemlich sicher",
        "unsure": "unsicher",
        "confirmed": "bestätigt",
        "unconfirmed": "nicht bestätigt",
    }
    this_person = "diese Person"
    by_hand = "eine Person"
    by_recognition = "die Gesichtserkennung"
    by_position = "der Ort, der in der Datei steht"

    def crowd(self, count: int, *, at_least: bool) -> str:
        return f"mindestens {count} Personen" if at_least else f"{count} Personen"

    def others(self, count: int) -> str:
        # "Person" is feminine: "eine weitere" says nothing about who it is.
        return f"{self.number(count)} weitere"

    def not_alone(self, who: str) -> str:
        return f"{who} und vielleicht weitere Personen"

    def one_doing(self, who: str, acts: Sequence[str], *, named: bool) -> str:
        return f"{who}, {self._doing(acts)}"

    def all_doing(self, said: str, *, crowd: str, who: str, count: int, acts: Sequence[str]) -> str:
        # "Beide" and "alle", or the last of a list might seem to be meant alone.
        return f"{said}, {'beide' if count == 2 else 'alle'} {self._doing(acts)}"

    def _doing(self, acts: Sequence[str]) -> str:
        return self.listed([self.signs.acts[act].many for act in acts])

    def hedged(self, phrases: Sequence[str]) -> str:
        return f"zeigt vielleicht {self.listed(phrases)}"

    def perhaps(self, phrase: str) -> str:
        return f"vielleicht {phrase}"

    def pictures(self, count: int) -> str:
        if count == 1:
            return "ein Poster oder Foto mit einer Person"
        return f"Poster oder Fotos mit {self.number(count)} Personen"

    def probably(self, name: str) -> str:
        return f"vermutlich {name}"

    def day(self, day: date, *, weekday: bool = False) -> str:
        return self._date(day, "EEEE, d. MMMM y" if weekday else "d. MMMM y")

    def when(self, day: date, source: TakenSource, *, weekday: bool = False) -> str:
        # After "am" and "vom" the day stands in the dative: "am Samstag, dem 6. Juli".
        dative = self._date(day, "EEEE, 'dem' d. MMMM y" if weekday else "d. MMMM y")
        if source == TakenSource.RECEIVED:
            return f"hinzugefügt am {dative}"
        if source == TakenSource.FILE:
            return f"Datei vom {dative}"
        return self.day(day, weekday=weekday)

    def fallback(self, when: str, place: str) -> str:
        return f"Foto, {when}, {place}" if place else f"Foto, {when}"

    def more_people(self) -> str:
        return "vielleicht sind es mehr Personen"

    def labelled(self, what: str, value: str) -> str:
        return f"{_WHAT[what]}: {value}"

    def reads(self, text: str, *, sure: bool = True) -> str:
        what = "Text" if sure else "vielleicht der Text"
        return f"{what}: „{text}“"

    def readable(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return f"der Name {names[0]} ist zu lesen"
        return f"die Namen {self.listed(names)} sind zu lesen"

    def automatic(self, text: str) -> str:
        return f"Automatisch: {text}"
