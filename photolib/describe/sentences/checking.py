"""A model's sentences against what is known: what is dropped, what is hedged, what is marked.

Sentence by sentence, in this order; each is dropped whole, as half a sentence may say the opposite:
1. markup, hidden letters and "The image shows" go (cleaning); a sentence with a link is dropped;
2. one that says what no description may say (describe.banned, word_lists) is dropped;
3. one that may name somebody is dropped (proper_names);
4. one whose numbers the detectors contradict is dropped, in doubt it is hedged (counting);
5. things that no other model saw stay, and are listed with the draft.
Where nothing remains, or the answer is in another language than was asked for, there is no draft. What is
written in a picture can make a model say anything: it still is only text here, and goes the same way.
"""

from dataclasses import dataclass, field

from photolib.describe.banned import banned_in
from photolib.describe.sentences.cleaning import has_link, sentences_of
from photolib.describe.sentences.counting import Seen, Verdict, counts_in
from photolib.describe.sentences.proper_names import may_name
from photolib.describe.sentences.word_lists import PERHAPS, TOLD_TOO
from photolib.describe.sentences.wording import Word, named_in, words_in
from photolib.describe.shortening import shorten
from photolib.describe.text_language import language_of

LONGEST_ALT = 250
MOST_SENTENCES = 8
# With fewer letters it is no sentence.
_LEAST_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """What a sentence is checked against. names: the folded words of every name of the household.
    read: folded words that were read in the picture."""

    seen: Seen
    names: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Checked:
    """What may be offered. unconfirmed: words of it that stand for what no other model saw."""

    alt: str
    extended: str
    unconfirmed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Kept:
    sentences: list[str] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)


def check(answer: str, language: str, known: Known) -> Checked | None:
    """What of a model's answer may be offered as a draft; None where nothing may.

    language: the one that was asked for, of settings.DESCRIPTION_LANGUAGES. The first sentence becomes
    the short text, at most LONGEST_ALT letters, the others the long one.
    """
    sentences = sentences_of(answer, language)
    if language_of(" ".join(sentences)) not in {"", language}:
        return None
    kept = _Kept()
    for sentence in sentences:
        if len(kept.sentences) < MOST_SENTENCES and sentence not in kept.sentences:
            _check_one(sentence, language, known, kept)
    if not kept.sentences:
        return None
    first, *others = kept.sentences
    return Checked(
        at_a_border(first, LONGEST_ALT), " ".join(others), tuple(dict.fromkeys(kept.unconfirmed))
    )


def at_a_border(sentence: str, limit: int) -> str:
    """The sentence, or as many of its clauses as `limit` letters take; of one clause, whole words."""
    if len(sentence) <= limit:
        return sentence
    border = max(sentence.rfind(mark, 0, limit - 1) for mark in (",", ";", " –"))
    # A first clause of a few words says too little.
    return f"{sentence[:border].rstrip()}." if border > limit // 3 else shorten(sentence, limit)


def _check_one(sentence: str, language: str, known: Known, kept: _Kept) -> None:
    words = words_in(sentence)
    if (
        len(sentence) < _LEAST_LETTERS
        or has_link(sentence)
        or _is_banned(sentence, words, language)
    ):
        return
    if may_name(sentence, language, known=known.names, read=known.read):
        return
    counts = counts_in(words, language, known.seen)
    if any(count.verdict is Verdict.WRONG for count in counts):
        return
    doubted = [count.at for count in counts if count.verdict is Verdict.PERHAPS]
    kept.sentences.append(_hedged(sentence, [words[at] for at in doubted], language))
    kept.unconfirmed += [
        " ".join(word.text for word in words[count.at : count.last + 1])
        for count in counts
        if count.verdict is Verdict.UNKNOWN
    ]
    counted = {at for count in counts for at in range(count.at, count.last + 1)}
    kept.unconfirmed += [
        " ".join(word.text for word in words[thing.first : thing.last + 1])
        for thing in named_in(words, language)
        if thing.first not in counted and not known.seen.confirms(thing.label)
    ]


def _is_banned(sentence: str, words: list[Word], language: str) -> bool:
    told = {word.folded for word in words} & TOLD_TOO[language]
    return bool(told or banned_in(sentence, language))


def _hedged(sentence: str, numbers: list[Word], language: str) -> str:
    """With "perhaps" before each of these numbers."""
    for number in reversed(numbers):
        before, after = sentence[: number.start], sentence[number.start :]
        perhaps = PERHAPS[language]
        if not before:
            perhaps, after = perhaps.capitalize(), after[0].lower() + after[1:]
        sentence = f"{before}{perhaps} {after}"
    return sentence
