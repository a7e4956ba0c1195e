"""French sentences."""

from collections.abc import Sequence
from datetime import date

from photolib.describe.grammar import Grammar
from photolib.describe.vocabulary import signs_fr, words_fr
from photolib.library.models import TakenSource

# French sets a space that does not break before its colon.
_COLON = "\N{NO-BREAK SPACE}: "
_WHAT = {"place": "lieu", "date": "date", "colours": "couleurs"}


class French(Grammar):
    language = "fr"
    locale = "fr"
    nouns = words_fr.NOUNS
    signs = signs_fr.SIGNS
    number_words = (
        "aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    )  # fmt: skip
    sides = {"left": "à gauche", "centre": "au centre", "right": "à droite"}
    depths = {"near": "au premier plan", "far": "à l'arrière-plan"}
    date_sources = {
        TakenSource.HUMAN: "choisie à la main",
        TakenSource.EXIF: "l'horloge de l'appareil",
        TakenSource.GPS: "l'heure des satellites",
        TakenSource.XMP: "les notes du fichier",
        TakenSource.IPTC: "les notes du fichier",
        TakenSource.FILENAME: "le nom du fichier",
        TakenSource.FILE: "la date du fichier",
        TakenSource.RECEIVED: "le jour de son arrivée ici",
    }
    certainties = {
        "very_sure": "très sûr",
        "sure": "assez sûr",
        "unsure": "peu sûr",
        "confirmed": "confirmé",
        "unconfirmed": "non confirmé",
    }
    this_person = "cette personne"
    by_hand = "une personne"
    by_recognition = "la reconnaissance des visages"
    by_position = "la position notée dans le fichier"

    def crowd(self, count: int, *, at_least: bool) -> str:
        return f"au moins {count} personnes" if at_least else f"{count} personnes"

    def others(self, count: int) -> str:
        # "Personne" is feminine: "une autre" says nothing about who it is.
        return "une autre" if count == 1 else f"{self.number(count)} autres"

    def not_alone(self, who: str) -> str:
        return f"{who}, et peut-être d'autres personnes"

    def one_doing(self, who: str, acts: Sequence[str], *, named: bool) -> str:
        known = [self.signs.acts[act] for act in acts]
        if named:
            # Nothing agrees with a name: "qui sourit, en position assise".
            return ", ".join([who, *(act.named for act in reversed(known))])
        return " ".join([who, *(act.alone for act in known)])

    def all_doing(self, said: str, *, crowd: str, who: str, count: int, acts: Sequence[str]) -> str:
        # Behind the number it agrees with "personnes", and speaks of all of them.
        crowd = " ".join([crowd, *(self.signs.acts[act].many for act in acts)])
        return f"{crowd}, {who}" if who else crowd

    def hedged(self, phrases: Sequence[str]) -> str:
        return f"montre peut-être {self.listed(phrases)}"

    def perhaps(self, phrase: str) -> str:
        return f"peut-être {phrase}"

    def pictures(self, count: int) -> str:
        if count == 1:
            return "une affiche ou un écran avec une personne"
        return f"des affiches ou des écrans avec {self.number(count)} personnes"

    def probably(self, name: str) -> str:
        return f"sans doute {name}"

    def day(self, day: date, *, weekday: bool = False) -> str:
        # The first of a month is an ordinal, the other days are not.
        number = "1'er'" if day.day == 1 else "d"
        return self._date(day, f"EEEE {number} MMMM y" if weekday else f"{number} MMMM y")

    def when(self, day: date, source: TakenSource, *, weekday: bool = False) -> str:
        said = self.day(day, weekday=weekday)
        # "Photo" is feminine too: "ajoutée".
        if source == TakenSource.RECEIVED:
            return f"ajoutée le {said}"
        return f"fichier du {said}" if source == TakenSource.FILE else said

    def fallback(self, when: str, place: str) -> str:
        return f"Photo, {when}, {place}" if place else f"Photo, {when}"

    def more_people(self) -> str:
        return "il y a peut-être d'autres personnes"

    def labelled(self, what: str, value: str) -> str:
        return f"{_WHAT[what]}{_COLON}{value}"

    def reads(self, text: str, *, sure: bool = True) -> str:
        what = "texte" if sure else "peut-être le texte"
        return f"{what}{_COLON}«\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}»"

    def readable(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return f"on peut lire le nom {names[0]}"
        return f"on peut lire les noms {self.listed(names)}"

    def automatic(self, text: str) -> str:
        return f"Automatique{_COLON}{text}"
