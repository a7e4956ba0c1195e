"""Italian sentences."""

from collections.abc import Sequence
from datetime import date

from photolib.describe.grammar import Grammar
from photolib.describe.vocabulary import signs_it, words_it
from photolib.library.models import TakenSource

_WHAT = {"place": "luogo", "date": "data", "colours": "colori"}
# Otto and undici begin with a vowel: "l'8 luglio", "dell'11 luglio".
_ELIDING_DAYS = frozenset({8, 11})


class Italian(Grammar):
    language = "it"
    locale = "it"
    nouns = words_it.NOUNS
    signs = signs_it.SIGNS
    number_words = (
        "nessuna", "una", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove",
        "dieci",
    )  # fmt: skip
    sides = {"left": "a sinistra", "centre": "al centro", "right": "a destra"}
    depths = {"near": "in primo piano", "far": "sullo sfondo"}
    date_sources = {
        TakenSource.HUMAN: "scelta a mano",
        TakenSource.EXIF: "l'orologio della macchina fotografica",
        TakenSource.GPS: "l'ora dei satelliti",
        TakenSource.XMP: "le note nel file",
        TakenSource.IPTC: "le note nel file",
        TakenSource.FILENAME: "il nome del file",
        TakenSource.FILE: "la data del file",
        TakenSource.RECEIVED: "il giorno in cui è arrivata qui",
    }
    certainties = {
        "very_sure": "molto sicuro",
        "sure": "abbastanza sicuro",
        "unsure": "poco sicuro",
        "confirmed": "confermato",
        "unconfirmed": "non confermato",
    }
    this_person = "questa persona"
    by_hand = "una persona"
    by_recognition = "il riconoscimento dei volti"
    by_position = "la posizione annotata nel file"

    def crowd(self, count: int, *, at_least: bool) -> str:
        return f"almeno {count} persone" if at_least else f"{count} persone"

    def others(self, count: int) -> str:
        # "Persona" is feminine: "un'altra" says nothing about who it is.
        return "un'altra" if count == 1 else f"altre {self.number(count)}"

    def not_alone(self, who: str) -> str:
        return f"{who} e forse altre persone"

    def one_doing(self, who: str, acts: Sequence[str], *, named: bool) -> str:
        known = [self.signs.acts[act] for act in acts]
        if named:
            # Nothing agrees with a name: "che sorride, in posizione seduta".
            return ", ".join([who, *(act.named for act in reversed(known))])
        return " ".join([who, *(act.alone for act in known)])

    def all_doing(self, said: str, *, crowd: str, who: str, count: int, acts: Sequence[str]) -> str:
        # Behind the number it agrees with "persone", and speaks of all of them.
        crowd = " ".join([crowd, *(self.signs.acts[act].many for act in acts)])
        return f"{crowd}, {who}" if who else crowd

    def hedged(self, phrases: Sequence[str]) -> str:
        return f"mostra forse {self.listed(phrases)}"

    def perhaps(self, phrase: str) -> str:
        return f"forse {phrase}"

    def pictures(self, count: int) -> str:
        if count == 1:
            return "un manifesto o uno schermo con una persona"
        return f"manifesti o schermi con {self.number(count)} persone"

    def probably(self, name: str) -> str:
        return f"probabilmente {name}"

    def listed(self, phrases: Sequence[str]) -> str:
        said = super().listed(phrases)
        # "Anna ed Elena": two vowels of one kind do not meet.
        if len(phrases) > 1 and phrases[-1][:1] in "EeÈèÉé":
            return f"{said.removesuffix(f' e {phrases[-1]}')} ed {phrases[-1]}"
        return said

    def day(self, day: date, *, weekday: bool = False) -> str:
        # The first of a month is an ordinal, the other days are not.
        number = "1'º'" if day.day == 1 else "d"
        return self._date(day, f"EEEE {number} MMMM y" if weekday else f"{number} MMMM y")

    def when(self, day: date, source: TakenSource, *, weekday: bool = False) -> str:
        said = self.day(day, weekday=weekday)
        # A weekday goes without an article; "foto" is feminine: "aggiunta".
        if source == TakenSource.RECEIVED:
            return f"aggiunta {said}" if weekday else f"aggiunta {_article('il ', day)}{said}"
        if source == TakenSource.FILE:
            return f"file di {said}" if weekday else f"file {_article('del ', day)}{said}"
        return said

    def fallback(self, when: str, place: str) -> str:
        return f"Foto, {when}, {place}" if place else f"Foto, {when}"

    def more_people(self) -> str:
        return "forse ci sono altre persone"

    def labelled(self, what: str, value: str) -> str:
        return f"{_WHAT[what]}: {value}"

    def reads(self, text: str, *, sure: bool = True) -> str:
        what = "testo" if sure else "forse il testo"
        return f"{what}: «{text}»"

    def readable(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return f"si può leggere il nome {names[0]}"
        return f"si possono leggere i nomi {self.listed(names)}"

    def automatic(self, text: str) -> str:
        return f"Automatico: {text}"


def _article(plain: str, day: date) -> str:
    """ "il " or "del ", elided before the days that begin with a vowel."""
    if day.day not in _ELIDING_DAYS:
        return plain
    return {"il ": "l'", "del ": "dell'"}[plain]
