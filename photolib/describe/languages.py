"""The languages that descriptions are composed in."""

from photolib.describe.grammar import Grammar
from photolib.describe.grammar_en import English
from photolib.describe.grammar_fr import French

GRAMMARS: dict[str, Grammar] = {grammar.language: grammar for grammar in (English(), French())}


def grammar_of(language: str) -> Grammar:
    """The grammar of a language code such as fr or fr-ca; English where there is none."""
    return GRAMMARS.get(language.split("-")[0], GRAMMARS["en"])
