"""Spanish sentences."""

import re
from collections.abc import Sequence
from datetime import date

from photolib.describe.grammar import Grammar
from photolib.describe.vocabulary import signs_es, words_es
from photolib.library.models import TakenSource

_WHAT = {"place": "lugar", "date": "fecha", "colours": "colores"}
# "y" becomes "e" before the sound of i, written i or hi; not before a diphthong (hielo, Ian).
_SOUND_OF_I = re.compile(r"h?[ií](?![aeouáéóú])", re.IGNORECASE)


class Spanish(Grammar):
    language = "es"
    locale = "es"
    nouns = words_es.NOUNS
    signs = signs_es.SIGNS
    number_words = (
        "ninguna", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
        "diez",
    )  # fmt: skip
    sides = {"left": "a la izquierda", "centre": "en el centro", "right": "a la derecha"}
    depths = {"near": "en primer plano", "far": "al fondo"}
    date_sources = {
        TakenSource.HUMAN: "puesta a mano",
        TakenSource.EXIF: "el reloj de la cámara",
        TakenSource.GPS: "la hora de los satélites",
        TakenSource.XMP: "las notas del archivo",
        TakenSource.IPTC: "las notas del archivo",
        TakenSource.FILENAME: "el nombre del archivo",
        TakenSource.FILE: "la fecha del archivo",
        TakenSource.RECEIVED: "el día en que llegó aquí",
    }
    certainties = {
        "very_sure": "muy seguro",
        "sure": "bastante seguro",
        "unsure": "poco seguro",
        "confirmed": "confirmado",
        "unconfirmed": "sin confirmar",
    }
    this_person = "esta persona"
    by_hand = "una persona"
    by_recognition = "el reconocimiento facial"
    by_position = "la posición anotada en el archivo"

    def crowd(self, count: int, *, at_least: bool) -> str:
        return f"al menos {count} personas" if at_least else f"{count} personas"

    def others(self, count: int) -> str:
        return f"{self.number(count)} más"

    def not_alone(self, who: str) -> str:
        return f"{who} y quizá más personas"

    def one_doing(self, who: str, acts: Sequence[str], *, named: bool) -> str:
        known = [self.signs.acts[act] for act in acts]
        if named:
            # Nothing agrees with a name: "que sonríe, en posición sentada".
            return ", ".join([who, *(act.named for act in reversed(known))])
        return " ".join([who, *(act.alone for act in known)])

    def all_doing(self, said: str, *, crowd: str, who: str, count: int, acts: Sequence[str]) -> str:
        # Behind the number it agrees with "personas", and speaks of all of them.
        crowd = " ".join([crowd, *(self.signs.acts[act].many for act in acts)])
        return f"{crowd}, {who}" if who else crowd

    def hedged(self, phrases: Sequence[str]) -> str:
        # "Haya" is the same for one and for many.
        return f"quizá haya {self.listed(phrases)}"

    def perhaps(self, phrase: str) -> str:
        return f"quizá {phrase}"

    def pictures(self, count: int) -> str:
        if count == 1:
            return "un cartel o una pantalla con una persona"
        return f"carteles o pantallas con {self.number(count)} personas"

    def probably(self, name: str) -> str:
        return f"probablemente {name}"

    def listed(self, phrases: Sequence[str]) -> str:
        said = super().listed(phrases)
        if len(phrases) > 1 and _SOUND_OF_I.match(phrases[-1]):
            return f"{said.removesuffix(f' y {phrases[-1]}')} e {phrases[-1]}"
        return said

    def day(self, day: date, *, weekday: bool = False) -> str:
        plain = "d 'de' MMMM 'de' y"
        return self._date(day, f"EEEE {plain}" if weekday else plain)

    def when(self, day: date, source: TakenSource, *, weekday: bool = False) -> str:
        said = self.day(day, weekday=weekday)
        # "Foto" is feminine: "añadida".
        if source == TakenSource.RECEIVED:
            return f"añadida el {said}"
        return f"archivo del {said}" if source == TakenSource.FILE else said

    def fallback(self, when: str, place: str) -> str:
        return f"Foto, {when}, {place}" if place else f"Foto, {when}"

    def more_people(self) -> str:
        return "quizá haya más personas"

    def labelled(self, what: str, value: str) -> str:
        return f"{_WHAT[what]}: {value}"

    def reads(self, text: str, *, sure: bool = True) -> str:
        what = "texto" if sure else "quizá el texto"
        return f"{what}: «{text}»"

    def readable(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return f"se puede leer el nombre {names[0]}"
        return f"se pueden leer los nombres {self.listed(names)}"

    def automatic(self, text: str) -> str:
        return f"Automático: {text}"
