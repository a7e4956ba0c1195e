"""How a question is read."""

import pytest

from photolib.search.parse import MOST_TERMS, Sort, parse


def read(text: str) -> list[tuple[Sort, str, int]]:
    return [(term.sort, term.folded, term.number) for term in parse(text)]


def test_words_are_folded_and_stop_words_left_out() -> None:
    assert read("Anna at the Beach, avec l'Été") == [
        (Sort.WORD, "anna", 0),
        (Sort.WORD, "beach", 0),
        (Sort.WORD, "ete", 0),
    ]


def test_what_was_typed_is_kept_for_the_answer() -> None:
    assert [term.typed for term in parse("Château")] == ["Château"]


def test_question_of_stop_words_alone_is_read_as_words() -> None:
    assert read("an") == [(Sort.WORD, "an", 0)]


@pytest.mark.parametrize(
    "text", ["6 July 2024", "July 6th, 2024", "2024-07-06", "6 juillet 2024", "6 juil. 2024"]
)
def test_a_day_is_read_in_every_spelling(text: str) -> None:
    numbers = {term.sort: term.number for term in parse(text)}
    assert numbers == {Sort.DAY: 6, Sort.MONTH: 7, Sort.YEAR: 2024}


def test_first_of_a_month_is_read_in_french() -> None:
    assert (Sort.DAY, "1er", 1) in read("1er août")


def test_month_and_year_alone_are_read() -> None:
    assert read("2024-07") == [(Sort.MONTH, "july", 7), (Sort.YEAR, "2024", 2024)]
    assert read("février") == [(Sort.MONTH, "fevrier", 2)]
    assert read("1999") == [(Sort.YEAR, "1999", 1999)]


def test_weekdays_are_counted_from_monday() -> None:
    assert read("monday") == [(Sort.WEEKDAY, "monday", 1)]
    assert read("dimanche") == [(Sort.WEEKDAY, "dimanche", 7)]


def test_number_without_a_month_is_a_word() -> None:
    assert read("table 6") == [(Sort.WORD, "table", 0), (Sort.WORD, "6", 0)]
    assert read("45 july")[0] == (Sort.WORD, "45", 0)


def test_impossible_date_is_no_date() -> None:
    assert Sort.MONTH not in {term.sort for term in parse("2024-13-01")}


@pytest.mark.parametrize("text", ["", "   ", "!?", "'\"%_;--"])
def test_question_without_words_has_no_terms(text: str) -> None:
    assert parse(text) == ()


def test_very_long_question_is_cut() -> None:
    assert len(parse(" ".join(f"word{number}" for number in range(100)))) == MOST_TERMS


def test_word_said_twice_is_asked_once() -> None:
    assert len(parse("dog dog Dog")) == 2
    assert len(parse("dog dog")) == 1
