"""Texts that have to be shorter than they are."""


def shorten(text: str, limit: int) -> str:
    """The text, or as many of its whole words as `limit` letters take, with "…" for the rest."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    # A word that the limit cuts in two goes; one that is longer than the limit is cut all the same.
    if not text[limit - 1].isspace() and any(letter.isspace() for letter in kept):
        kept = kept[: -len(kept.split()[-1])] if not kept[-1].isspace() else kept
    return f"{kept.rstrip().rstrip(',;:')}…"
