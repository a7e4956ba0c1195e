"""What a tag or a thing may be called."""

from photolib.core.words import fold

LONGEST = 60


def tidy_name(name: str) -> str:
    """Without line ends and double spaces; empty where there is no letter and no digit in it."""
    name = " ".join(name.split())
    return name if fold(name) else ""
