"""Names in words that were read: makers and shops, in any writing; ordinary words hardly ever."""

import pytest

from photolib.core.words import fold
from photolib.describe.banned import banned_in
from photolib.describe.languages import GRAMMARS
from photolib.describe.readable_names import names_in
from photolib.describe.vocabulary.brands import NAMES, ORDINARY


def told(*lines: str, given: tuple[str, ...] = ()) -> list[str]:
    return [one.name for one in names_in(lines, given)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("LEGO", "LEGO"),
        ("lego city 60123", "LEGO"),
        ("COCA COLA", "Coca-Cola"),
        ("Skoda Octavia", "Škoda"),
        ("drink Nescafe today", "Nescafé"),
        ("BMW", "BMW"),
        ("H&M", "H&M"),
        ("McDONALD'S", "McDonald's"),
    ],
)
def test_a_name_is_known_however_it_is_written(line: str, name: str) -> None:
    assert told(line) == [name]


@pytest.mark.parametrize(
    "line",
    [
        "an apple a day",
        "Apple",
        "APPLE PIE",
        "mind the gap",
        "GAP",
        "sea shell",
        "Shell",
        "TOTAL 12,50",
        "Total",
        "VISA REQUIRED",
        "next exit",
        "bp bmw",
        "hp",
        "UPS and downs of it all",
        "Legoland",
        "a total of three mini mangos",
        "",
    ],
)
def test_an_ordinary_word_or_a_few_letters_are_no_name(line: str) -> None:
    assert told(line) == []


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("Apple", "iPhone 15"), "Apple"),
        (("APPLE STORE",), "Apple"),
        (("Shell", "V-Power Diesel"), "Shell"),
        (("GAP", "KIDS"), "GAP"),
        (("TOTAL", "Access"), "TOTAL"),
        (("Dove®",), "Dove"),
    ],
)
def test_an_ordinary_word_in_its_own_writing_beside_other_evidence_is_a_name(
    lines: tuple[str, ...], name: str
) -> None:
    assert told(*lines) == [name]


def test_the_evidence_does_not_help_the_word_in_other_writing() -> None:
    assert told("apple", "iPhone 15") == []


def test_what_the_family_named_is_known_in_any_writing_and_ordinary_words_in_theirs() -> None:
    assert told("FIETE", given=("Fiete",)) == ["Fiete"]
    assert told("Sloop Fiete of Kiel", given=("sloop Fiete",)) == ["sloop Fiete"]
    assert told("Apple", given=("Apple",)) == ["Apple"]
    assert told("an apple", given=("Apple",)) == []


def test_of_two_names_in_one_place_the_longer_is_told() -> None:
    assert told("Ben & Jerry's", given=("Jerry's",)) == ["Ben & Jerry's"]


def test_each_name_is_told_once_in_the_order_of_the_lines() -> None:
    assert told("IKEA", "LEGO", "Ikea") == ["IKEA", "LEGO"]


def test_no_name_stands_in_both_tables_and_each_has_letters() -> None:
    both = [*NAMES, *ORDINARY]
    folded = [tuple(fold(name)) for name in both]
    assert all(folded)
    assert len(set(folded)) == len(folded)
    assert len(both) > 300


@pytest.mark.parametrize("language", sorted(GRAMMARS))
def test_no_name_is_a_banned_word(language: str) -> None:
    grammar = GRAMMARS[language]
    for name in (*NAMES, *ORDINARY):
        assert not banned_in(grammar.sentence(grammar.readable([name])), language)
