"""The words that descriptions give to the search: things in every language, and people's own texts."""

from collections.abc import Iterator

from photolib.core.words import register
from photolib.describe.languages import GRAMMARS
from photolib.describe.models import Fact, FileNote, HumanText
from photolib.describe.thresholds import HEDGED_FROM
from photolib.describe.vocabulary import LABELS, PERSON, broader_than
from photolib.library.models import Photo
from photolib.people.models import FaceRegion


@register
def words_of_photo(photo: Photo) -> Iterator[tuple[str, str]]:
    """What can be found of a photo by its facts ("object") and by what people wrote ("text")."""
    facts = Fact.objects.filter(photo=photo, rejected=False, confidence__gte=HEDGED_FROM)
    labels = set(facts.values_list("label", flat=True))
    if FaceRegion.objects.filter(photo=photo, dismissed=False).exists():
        labels.add(PERSON)
    known = labels & LABELS.keys()
    # Who asks for animals finds the dogs too.
    known |= {above for label in known for above in broader_than(label)}
    for grammar in GRAMMARS.values():
        for label in sorted(known):
            noun = grammar.nouns[label]
            for words in (noun.word, noun.many, *noun.also):
                yield words, "object"
    for text in HumanText.objects.filter(photo=photo):
        yield f"{text.alt} {text.extended}", "text"
    for note in FileNote.objects.filter(photo=photo):
        yield note.text, "text"
