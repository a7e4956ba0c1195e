"""The languages that descriptions are composed in: settings.DESCRIPTION_LANGUAGES, each of them whole."""

from photolib.describe.grammar import Grammar
from photolib.describe.languages.dutch import Dutch
from photolib.describe.languages.english import English
from photolib.describe.languages.french import French
from photolib.describe.languages.german import German
from photolib.describe.languages.italian import Italian
from photolib.describe.languages.spanish import Spanish

GRAMMARS: dict[str, Grammar] = {
    grammar.language: grammar
    for grammar in (English(), French(), German(), Spanish(), Italian(), Dutch())
}


def grammar_of(language: str) -> Grammar:
    """The grammar of a language code such as fr or fr-ca; English where there is none."""
    return GRAMMARS.get(language.split("-")[0], GRAMMARS["en"])
