"""Whether a sentence may name somebody, or some place: then it is not kept.

Names are never sent, and none is taken: neither one the household knows, nor one that a model guessed.
A name has a capital, so every capital needs a reason. This drops sentences that were right ("Big Ben");
it never has to know all names there are.
"""

import re
from collections.abc import Collection

from photolib.core.words import fold
from photolib.describe.sentences.word_lists import GERMAN_ARTICLES, OPENERS
from photolib.describe.sentences.wording import Word, named_in, nouns_of, number_of, words_in

_QUOTED = re.compile(r"[\"“„«]([^\"”“»]+)[\"”“»]")
# "TV", "DVD" and "3D" are no names.
_LONGEST_SHORTHAND = 3


def may_name(
    sentence: str, language: str, *, known: Collection[str], read: Collection[str]
) -> bool:
    """known: the folded words of every name that the household knows. read: words, folded, that were
    read in the picture by what reads text: they may be quoted."""
    if any(word.folded in known for word in words_in(sentence)):
        return True
    if any(not set(fold(quoted)) <= set(read) for quoted in _QUOTED.findall(sentence)):
        return True
    words = words_in(_QUOTED.sub(" ", sentence))
    things = {
        at for thing in named_in(words, language) for at in range(thing.first, thing.last + 1)
    }
    return any(
        word.text[0].isupper() and at not in things and not _has_reason(words, at, language)
        for at, word in enumerate(words)
    )


def _has_reason(words: list[Word], at: int, language: str) -> bool:
    """Whether a word with a capital has it for another reason than being a name."""
    word = words[at]
    if word.text.isupper() and 1 < len(word.text) <= _LONGEST_SHORTHAND:
        return True
    if at == 0:
        return word.folded in OPENERS[language] or number_of(word, language) is not None
    return language == "de" and _is_german_noun(words, at)


def _is_german_noun(words: list[Word], at: int) -> bool:
    """After an article ("ein roter Ballon"), or a compound of a thing that is known ("Holztisch")."""
    before = [word.folded for word in words[max(0, at - 2) : at]]
    if before[-1] in GERMAN_ARTICLES:
        return True
    adjective = not words[at - 1].text[0].isupper()
    if adjective and len(before) == 2 and before[0] in GERMAN_ARTICLES:
        return True
    ends = (noun[0] for noun in nouns_of("de") if len(noun) == 1 and len(noun[0]) > 3)
    return any(words[at].folded.endswith(end) for end in ends)
