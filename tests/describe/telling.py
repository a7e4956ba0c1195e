"""What the composer says of a view that has no place."""

from typing import Any

from photolib.describe.composer import compose
from tests.describe.views import NOWHERE, view


def alt(**facts: Any) -> str:
    return compose(view(**facts, **NOWHERE), "en").alt


def claims(language: str = "en", /, **facts: Any) -> list[str]:
    """The extended description without its date."""
    said = [claim.text for claim in compose(view(**facts, **NOWHERE), language).claims]
    return [text for text in said if "2024" not in text]
