"""How a question is read."""

from datetime import date

import pytest

from photolib.search.parse import MOST_CLAUSES, parse
from photolib.search.question import Clause, Question, Sort, Span, Weekday, Yearly

TODAY = date(2026, 11, 22)  # a Sunday
YEAR_2019 = Span(date(2019, 1, 1), date(2019, 12, 31))
JULY = Yearly((((7, 1), (7, 31)),))
SUMMER = Yearly((((6, 1), (6, 30)), ((7, 1), (7, 31)), ((8, 1), (8, 31))))


def read(text: str, *, language: str = "en", south: bool = False) -> Question:
    return parse(text, language=language, today=TODAY, south=south)


def clauses(text: str, *, language: str = "en") -> list[Clause]:
    return [clause for group in read(text, language=language) for clause in group]


def words(text: str, *, language: str = "en") -> list[str]:
    return [" ".join(clause.words) for clause in clauses(text, language=language)]


def when(text: str, *, south: bool = False) -> object:
    (group,) = read(text, south=south)
    (clause,) = group
    return clause.when


def test_words_are_folded_and_stop_words_left_out() -> None:
    assert words("Anna at the Beach, avec l'Été du chien") == ["anna", "beach", "ete", "chien"]
    assert words("der Hund am Strand") == ["hund", "strand"]
    assert words("el perro en la playa") == ["perro", "playa"]
    assert words("il cane sulla spiaggia") == ["cane", "spiaggia"]
    assert words("de hond op het strand", language="nl") == ["hond", "op", "strand"]


def test_what_was_typed_is_kept_for_the_answer() -> None:
    assert [clause.typed for clause in clauses("Château")] == ["Château"]


def test_question_of_stop_words_alone_is_read_as_words() -> None:
    assert words("the") == ["the"]


@pytest.mark.parametrize("text", ["", "   ", "!?", "'\"%_;--", "-", "|"])
def test_question_without_words_asks_for_nothing(text: str) -> None:
    assert read(text) == ()


def test_very_long_question_is_cut() -> None:
    assert len(read(" ".join(f"word{number}" for number in range(100)))) == MOST_CLAUSES


def test_word_said_twice_is_asked_once() -> None:
    assert len(read("dog dog")) == 1


def test_words_in_quotes_stay_together() -> None:
    for text in ('"happy birthday"', "“happy birthday”", "«happy birthday»", "„happy birthday“"):
        (group,) = read(text)
        assert (group[0].sort, group[0].words) == (Sort.PHRASE, ("happy", "birthday"))


@pytest.mark.parametrize(
    "text", ["beach -dog", "beach without dog", "beach sans chien", "beach ohne Hund"]
)
def test_what_is_not_wanted_is_left_out(text: str) -> None:
    wanted, unwanted = clauses(text)
    assert (wanted.without, unwanted.without) == (False, True)


def test_hyphen_inside_a_word_leaves_nothing_out() -> None:
    assert [(clause.words, clause.without) for clause in clauses("Anna-Léa")] == [
        (("anna",), False),
        (("lea",), False),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("dog or cat", "en"), ("dog OR cat", "fr"), ("chien ou chat", "fr"), ("chien ou chat", "en"),
        ("Hund oder Katze", "en"), ("perro o gato", "es"), ("hond of kat", "nl"), ("dog | cat", "fr"),
    ],
)  # fmt: skip
def test_either_of_two_is_enough(text: str, language: str) -> None:
    (group,) = read(text, language=language)
    assert len(group) == 2


def test_gold_is_no_or_in_french() -> None:
    assert len(read("bague or mariage", language="fr")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "summer", "in summer", "en été", "im Sommer", "en verano", "in estate", "in de zomer",
    ],
)  # fmt: skip
def test_a_season_is_read_in_every_language(text: str) -> None:
    assert when(text) == SUMMER


def test_summer_is_in_january_on_the_southern_half() -> None:
    months = when("summer", south=True)
    assert isinstance(months, Yearly)
    assert [first[0] for first, _last in months.ranges] == [1, 2, 12]


@pytest.mark.parametrize(
    "text", ["6 July 2024", "July 6th, 2024", "6 juillet 2024", "6 juil. 2024"]
)
def test_a_day_is_read_in_every_spelling(text: str) -> None:
    assert [clause.when for clause in clauses(text)] == [
        Yearly((((7, 6), (7, 6)),)),
        Span(date(2024, 1, 1), date(2024, 12, 31)),
    ]


@pytest.mark.parametrize(
    "text", ["6 de julio", "6. Juli", "6 luglio", "6 juli", "1er août", "6 of July"]
)
def test_a_day_of_a_month_is_one_part(text: str) -> None:
    days = when(text)
    assert isinstance(days, Yearly)
    assert days.ranges[0][0] == days.ranges[0][1]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-07-06", "2024-07-06", "2024-07-06"),
        ("2024-07", "2024-07-01", "2024-07-31"),
        ("2015-2018", "2015-01-01", "2018-12-31"),
        ("2015 – 2018", "2015-01-01", "2018-12-31"),
        ("between 2015 and 2018", "2015-01-01", "2018-12-31"),
        ("entre 2015 et 2018", "2015-01-01", "2018-12-31"),
        ("zwischen 2015 und 2018", "2015-01-01", "2018-12-31"),
        ("tussen 2015 en 2018", "2015-01-01", "2018-12-31"),
        ("from May 2019 to July 2019", "2019-05-01", "2019-07-31"),
        ("de mai 2019 à juillet 2019", "2019-05-01", "2019-07-31"),
        ("von Mai 2019 bis Juli 2019", "2019-05-01", "2019-07-31"),
        ("today", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("hier", "2026-11-21", "2026-11-21"),
        ("avant-hier", "2026-11-20", "2026-11-20"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("la semaine dernière", "2026-11-09", "2026-11-15"),
        ("letzte Woche", "2026-11-09", "2026-11-15"),
        ("la semana pasada", "2026-11-09", "2026-11-15"),
        ("vorige week", "2026-11-09", "2026-11-15"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("cette année", "2026-01-01", "2026-12-31"),
        ("last summer", "2026-06-01", "2026-08-31"),
        ("l'été dernier", "2026-06-01", "2026-08-31"),
        ("l'hiver dernier", "2025-12-01", "2026-02-28"),
        ("last July", "2026-07-01", "2026-07-31"),
        ("last December", "2025-12-01", "2025-12-31"),
        ("last Sunday", "2026-11-15", "2026-11-15"),
        ("two years ago", "2024-01-01", "2024-12-31"),
        ("il y a deux ans", "2024-01-01", "2024-12-31"),
        ("vor zwei Jahren", "2024-01-01", "2024-12-31"),
        ("hace 2 años", "2024-01-01", "2024-12-31"),
        ("due anni fa", "2024-01-01", "2024-12-31"),
        ("twee jaar geleden", "2024-01-01", "2024-12-31"),
        ("the last 3 months", "2026-08-22", "2026-11-22"),
        ("les 3 derniers mois", "2026-08-22", "2026-11-22"),
    ],
)
def test_a_stretch_of_time_is_read(text: str, first: str, last: str) -> None:
    assert when(text) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("before 2010", None, "2009-12-31"),
        ("avant 2010", None, "2009-12-31"),
        ("vor 2010", None, "2009-12-31"),
        ("antes de 2010", None, "2009-12-31"),
        ("prima del 2010", None, "2009-12-31"),
        ("after May 2020", "2020-06-01", None),
        ("après mai 2020", "2020-06-01", None),
        ("since May 2020", "2020-05-01", None),
        ("depuis mai 2020", "2020-05-01", None),
        ("seit Mai 2020", "2020-05-01", None),
        ("until 6 July 2020", None, "2020-07-06"),
        ("since last week", "2026-11-09", None),
    ],
)
def test_time_before_and_after_is_read(text: str, first: str | None, last: str | None) -> None:
    assert when(text) == Span(
        date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None
    )


def test_months_years_and_weekdays_are_read() -> None:
    assert when("février") == Yearly((((2, 1), (2, 29)),))
    assert [clause.when for clause in clauses("July 2019")] == [JULY, YEAR_2019]
    assert when("monday") == Weekday(1)
    assert when("dimanche") == Weekday(7)
    assert when("zondag") == Weekday(7)


def test_number_without_a_month_is_a_word() -> None:
    assert words("table 6") == ["table", "6"]
    assert clauses("45 july")[0].sort == Sort.WORD


@pytest.mark.parametrize("text", ["2024-13-01", "2024-02-30", "31 February"])
def test_impossible_date_breaks_nothing(text: str) -> None:
    assert not any(isinstance(clause.when, Span) for clause in clauses(text))


def test_sea_is_no_month_in_spanish() -> None:
    assert clauses("mar")[0].sort == Sort.WORD


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("two people", 2), ("3 personnes", 3), ("vier Menschen", 4), ("dos personas", 2),
        ("nobody", 0), ("sans personne", 0), ("no people", 0), ("without people", 0),
        ("ohne Menschen", 0), ("alone", 1), ("12 people", 12),
    ],
)  # fmt: skip
def test_a_number_of_people_is_read(text: str, number: int) -> None:
    (clause,) = clauses(text)
    assert (clause.sort, clause.number, clause.without) == (Sort.COUNT, number, False)


def test_only_somebody_is_one_person() -> None:
    only, anna = clauses("only Anna")
    assert (only.sort, only.number, anna.words) == (Sort.COUNT, 1, ("anna",))


@pytest.mark.parametrize(
    ("text", "sort", "said"),
    [
        ("place:Lyon", Sort.PLACE, ("lyon",)),
        ("lieu:Lyon", Sort.PLACE, ("lyon",)),
        ('in:"New York"', Sort.PLACE, ("new", "york")),
        ("person:Anna", Sort.PERSON, ("anna",)),
        ('album:"Our wedding"', Sort.ALBUM, ("our", "wedding")),
        ('text:"happy birthday"', Sort.TEXT, ("happy", "birthday")),
        ("-place:Lyon", Sort.PLACE, ("lyon",)),
    ],
)
def test_a_field_says_where_to_look(text: str, sort: Sort, said: tuple[str, ...]) -> None:
    (clause,) = clauses(text)
    assert (clause.sort, clause.words, clause.without) == (sort, said, text.startswith("-"))


def test_unknown_field_is_a_word_like_any_other() -> None:
    assert words("camera:Canon") == ["camera", "canon"]


def test_year_field_is_a_year() -> None:
    assert when("year:2019") == when("année:2019") == YEAR_2019
