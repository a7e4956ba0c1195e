"""One fact in a few words, for lists of facts; sentences about photos are the composer's."""

from django.utils.translation import gettext as _

from photolib.describe.languages import grammar_of
from photolib.describe.models import FactKind


def fact_in_words(kind: str, label: str, text: str, language: str) -> str:
    """Such as "a dog" or "smiling", in words of the descriptions; what was read, in quotes.

    What one would ask before sharing is a sentence of the page's language, and names nothing.
    """
    grammar = grammar_of(language)
    if kind == FactKind.SENSITIVITY:
        return _("You may want to look at this photo before you share it.")
    if kind == FactKind.OWN:
        return text
    if kind == FactKind.TEXT:
        return grammar.reads(text) if text else grammar.signs.unread
    if kind == FactKind.NAME:
        return grammar.readable([text])
    noun = grammar.nouns.get(label)
    return noun.one if noun else grammar.signs.named(label) or label
