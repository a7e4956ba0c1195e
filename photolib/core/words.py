"""The words by which a photo can be found: who knows some registers, who indexes asks here."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.dispatch import Signal

# Given a photo, what one app knows of it, as (text, source): the text may hold several words, and
# source is a short stable code such as "place" or "object".
Provider = Callable[[Any], Iterable[tuple[str, str]]]
AnyProvider = TypeVar("AnyProvider", bound=Provider)
Teller = Callable[[Any], Iterable[str]]
AnyTeller = TypeVar("AnyTeller", bound=Teller)

MAX_WORD = 60

# Sent with photo=… when what words_of tells of a photo has changed: whoever keeps an index listens.
words_changed = Signal()

_providers: list[Provider] = []
_tellers: list[Teller] = []
_WORD = re.compile(r"[^\W_]+")
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)


def register(provider: AnyProvider) -> AnyProvider:
    """Let `provider` tell words of photos from now on. Registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def register_sentences(teller: AnyTeller) -> AnyTeller:
    """Let `teller` tell sentences of photos from now on: in one language, without names of people."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def sentences_of(photo: Any) -> list[str]:
    """What is told of `photo` in sentences, by all who registered, for the search by meaning."""
    return [text for teller in _tellers for text in teller(photo) if text]


def words_of(photo: Any) -> list[tuple[str, str]]:
    """Every (folded word, source) that leads to `photo`, each once, in alphabetical order."""
    return sorted(
        {
            (word, source)
            for provider in _providers
            for text, source in provider(photo)
            for word in fold(text)
        }
    )


def texts_of(photo: Any) -> dict[str, str]:
    """What stands one after the other, by its source, for finding phrases.

    " dog on the beach . rosa s birthday ": folded words with a space before and after each, texts of one
    source with a full stop between them. Texts of one word alone are left out: they are words.
    """
    lines: dict[str, list[str]] = {}
    for provider in _providers:
        for text, source in provider(photo):
            if len(words := fold(text)) > 1:
                lines.setdefault(source, []).append(" ".join(words))
    return {source: f" {' . '.join(sorted(set(texts)))} " for source, texts in lines.items()}


def fold(text: str) -> list[str]:
    """The words of `text` as they are compared: lower case, without accents, in their order.

    "L'Été à Zürich" gives l, ete, a, zurich. A word is cut after MAX_WORD letters.
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))
    # Once more: taking letters apart can bring capitals to light (as in "㎏" or "℡").
    plain = bare.casefold().translate(_LETTERS)
    return [word[:MAX_WORD] for word in _WORD.findall(plain)]
