"""What an arriving file is called: a name to show, never a path."""

import re
import unicodedata

_LONGEST = 255
_UNNAMED = "unnamed"
# Marks that turn the direction of writing: "gpj.exe" could be shown as "exe.jpg" with them.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean_name(name: str) -> str:
    """The last part of a path without control characters, at most 255 letters, never empty.

    A long name loses its middle, so that the suffix stays.
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cs"})
    kept = unicodedata.normalize("NFC", _TURNING.sub("", kept)).strip()
    if kept in {"", ".", ".."}:
        return _UNNAMED
    if len(kept) > _LONGEST:
        kept = f"{kept[: _LONGEST - 21]}…{kept[-20:]}"
    return kept
