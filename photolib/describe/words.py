"""The words that descriptions give to the search: facts in every language, and people's own texts."""

from collections.abc import Iterator, Sequence

from photolib.core.words import register
from photolib.describe.grammar import Grammar
from photolib.describe.languages import GRAMMARS
from photolib.describe.models import Fact, FactKind, FileNote, HumanText, Review, ReviewState
from photolib.describe.rows import thing_of
from photolib.describe.sureness import is_worth_a_hedge
from photolib.describe.vocabulary import LABELS, PERSON, broader_than
from photolib.describe.vocabulary.signs import Text
from photolib.library.models import Photo
from photolib.people.models import FaceRegion

# Read in the picture, or named by the family: words that people chose, in whatever language.
_BY_TEXT = {FactKind.TEXT: "read", FactKind.NAME: "read", FactKind.OWN: "object"}


@register
def words_of_photo(photo: Photo) -> Iterator[tuple[str, str]]:
    """What can be found of a photo by its facts ("object"), by the words in it ("read"), by people's
    own words ("text"). What one would ask before sharing is no word by which anybody finds a photo.
    """
    no_to_all = Review.objects.filter(photo=photo, state=ReviewState.REJECTED).exists()
    facts = [
        fact
        for fact in Fact.objects.filter(photo=photo, rejected=False).exclude(
            kind=FactKind.SENSITIVITY
        )
        if is_worth_a_hedge(thing_of(fact)) and not no_to_all
    ]
    yield from _words_of_labels(_labels(photo, facts))
    for fact in facts:
        if fact.kind in _BY_TEXT:
            yield fact.text, _BY_TEXT[FactKind(fact.kind)]
    for text in HumanText.objects.filter(photo=photo):
        yield f"{text.alt} {text.extended}", "text"
    for note in FileNote.objects.filter(photo=photo):
        yield note.text, "text"


def _labels(photo: Photo, facts: Sequence[Fact]) -> set[str]:
    """What the photo can be found by, whatever the language, with the broader names."""
    labels = {fact.label for fact in facts if fact.kind not in _BY_TEXT}
    if any(fact.kind == FactKind.TEXT for fact in facts):
        labels.add(Text.READ)
    if FaceRegion.objects.filter(photo=photo, dismissed=False).exists():
        labels.add(PERSON)
    # Who asks for animals finds the dogs too.
    return labels | {above for label in labels & LABELS.keys() for above in broader_than(label)}


def _words_of_labels(labels: set[str]) -> Iterator[tuple[str, str]]:
    for grammar in GRAMMARS.values():
        for label in sorted(labels):
            yield from ((words, "object") for words in _named(label, grammar))


def _named(label: str, grammar: Grammar) -> tuple[str, ...]:
    """What people search by for a label, of things or of signs; nothing for one nobody knows."""
    if label in LABELS:
        noun = grammar.nouns[label]
        return noun.word, noun.many, *noun.also
    return grammar.signs.searched(label)
