"""What the words of descriptions are like: their length, and what must not be among them."""

import re
from collections.abc import Sequence
from statistics import mean

from photolib.bench.scorecard.evidence import Seen
from photolib.describe.banned import banned_in

# What is written in a picture is quoted as it stands there: those words are not ours.
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“]*“|‘[^’]*’")


def banned_words(seen: Sequence[Seen]) -> list[str]:
    """Every banned word of every text, in all languages: "fr: jeune" as often as it stands there."""
    return [
        f"{language}: {word}"
        for photo in seen
        for texts in (photo.alts, photo.extended)
        for language, text in texts.items()
        for word in sorted(banned_in(_QUOTED.sub(" ", text), language))
    ]


def lengths(seen: Sequence[Seen]) -> dict[str, object]:
    """Letters of the short descriptions, in all languages."""
    letters = [len(alt) for photo in seen for alt in photo.alts.values()]
    by_language: dict[str, list[int]] = {}
    for photo in seen:
        for language, alt in photo.alts.items():
            by_language.setdefault(language, []).append(len(alt))
    return {
        "alt_mean_letters": round(mean(letters), 1) if letters else None,
        "alt_longest": max(letters, default=None),
        "alt_mean_letters_by_language": {
            language: round(mean(counts), 1) for language, counts in by_language.items()
        },
    }
