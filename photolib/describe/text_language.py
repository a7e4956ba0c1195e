"""Which language a few lines of writing are in, by their small words and letters."""

import re
from collections import Counter

# The commonest small words of each language, without those that several of them share as often.
_SMALL_WORDS = {
    "en": "the and of to is for you with not are this that from your we our have it at all be by please "
    "thank thanks open closed no welcome happy my i what where will was can only out new",
    "fr": "le la les des et est une du pour vous dans sur pas avec ne au aux ce cette par merci nous je "
    "votre notre qui que ouvert fermé bienvenue sont il elle à été où chez sans bon joyeux",
    "de": "der die das und ist nicht ein eine für mit auf den von zu im dem sie wir ihr ich bitte danke "
    "aus bei sind auch oder nur am vom zum zur geöffnet geschlossen willkommen kein keine über alles",
    "es": "el los las y es una para por con no del se su al más gracias que en lo como está usted abierto "
    "cerrado bienvenidos bienvenido muy feliz nuestro nuestra son hay sin calle",
    "it": "il gli e è una per con non di che del della dei delle al alla si grazie sono nel nella lo "
    "aperto chiuso benvenuti benvenuto vi questo questa più buon auguri da via siamo",
    "nl": "de het een en is niet van voor met op te zijn aan dat u wij bij ook naar dank bedankt open "
    "gesloten welkom geen uit om er maar ons onze je jij alstublieft gefeliciteerd straat",
}
# Letters that one of the six has and the others have not.
_OWN_LETTERS = {"ß": "de", "ñ": "es", "¿": "es", "¡": "es", "œ": "fr", "ê": "fr"}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")

# So many small words have to speak for a language, and so many more than for any other.
LEAST_WORDS = 2
LEAD = 1


def language_of(text: str) -> str:
    """The two letters of the language, "" where that cannot be told. Never a guess from one word.

    Besides the six languages of the descriptions it tells Japanese (by its kana) and Chinese, since a
    screen reader reads them aloud only if it is told.
    """
    eastern = len(_HAN.findall(text)) + len(_KANA.findall(text))
    if eastern and eastern >= sum(letter.isalpha() for letter in text) / 2:
        return "ja" if _KANA.search(text) else "zh"
    return _of_latin(text.casefold())


def _of_latin(text: str) -> str:
    votes: Counter[str] = Counter()
    for word in _WORD.findall(text):
        votes.update(language for language, words in _WORDS.items() if word in words)
    votes.update(language for letter, language in _OWN_LETTERS.items() if letter in text)
    (first, most), (_second, next_most) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= LEAST_WORDS and most - next_most >= LEAD else ""
