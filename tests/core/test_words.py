"""Folding words, and gathering them from whoever knows some."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photolib.core import words


@pytest.fixture
def no_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_providers", [])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L'Été à Zürich", ["l", "ete", "a", "zurich"]),
        ("Straße, Œuvre", ["strasse", "oeuvre"]),
        ("Łódź Malmö Tromsø", ["lodz", "malmo", "tromso"]),
        ("İstanbul", ["istanbul"]),
        ("snake_case 2024", ["snake", "case", "2024"]),
        ("東京", ["東京"]),
        ("  …  ", []),
    ],
)
def test_words_are_folded_as_people_type_them(text: str, folded: list[str]) -> None:
    assert words.fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = words.fold(text)
    assert [word for part in once for word in words.fold(part)] == once


@given(st.text())
def test_no_word_is_empty_or_too_long(text: str) -> None:
    assert all(0 < len(word) <= words.MAX_WORD for word in words.fold(text))


@pytest.mark.usefixtures("no_providers")
def test_words_of_a_photo_come_from_every_provider_each_once() -> None:
    words.register(lambda photo: [(photo, "title"), ("Beach beach", "thing")])
    words.register(lambda _photo: [("beach", "thing"), ("beach", "place")])
    assert words.words_of("A Dog") == [
        ("a", "title"),
        ("beach", "place"),
        ("beach", "thing"),
        ("dog", "title"),
    ]


@pytest.mark.usefixtures("no_providers")
def test_a_provider_that_registers_twice_is_asked_once() -> None:
    asked = []

    def provider(photo: str) -> list[tuple[str, str]]:
        asked.append(photo)
        return []

    words.register(provider)
    words.register(provider)
    words.words_of("photo")
    assert asked == ["photo"]
