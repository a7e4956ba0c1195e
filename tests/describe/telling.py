"""What the composer says of a view that has no place."""

from typing import Any

import pytest

from photolib.describe.composer import compose
from photolib.describe.languages import GRAMMARS
from tests.describe.views import NOWHERE, view


def alt(**facts: Any) -> str:
    return compose(view(**facts, **NOWHERE), "en").alt


def claims(language: str = "en", /, **facts: Any) -> list[str]:
    """The extended description without its date."""
    said = [claim.text for claim in compose(view(**facts, **NOWHERE), language).claims]
    return [text for text in said if "2024" not in text]


def golden(rows: list[tuple[str, dict[str, Any], dict[str, str]]]) -> pytest.MarkDecorator:
    """Rows of a name, what a view has, and what is said of it in each language: a test for each."""
    return pytest.mark.parametrize(
        ("facts", "expected"), [row[1:] for row in rows], ids=[row[0] for row in rows]
    )


def in_every_language(facts: dict[str, Any]) -> dict[str, str]:
    return {language: compose(view(**facts, **NOWHERE), language).alt for language in GRAMMARS}
