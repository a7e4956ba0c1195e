"""The order in which lines are read, and the language they are in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photolib.describe.boxes import Box
from photolib.describe.reading_order import blocks_in_order
from photolib.describe.text_language import language_of
from photolib.describe.text_reader import SeenLine


def line(text: str, left: float, top: float, width: float = 0.2, height: float = 0.03) -> SeenLine:
    return SeenLine(text, Box(left, top, width, height), confidence=0.9, writing=0.9)


def order(*lines: SeenLine) -> list[str]:
    return [one.text for block in blocks_in_order(lines) for one in block]


def test_lines_are_read_from_the_top_down() -> None:
    assert order(line("second", 0.1, 0.5), line("first", 0.4, 0.1)) == ["first", "second"]


def test_lines_side_by_side_are_read_from_left_to_right_even_if_the_row_slopes() -> None:
    assert order(line("b", 0.4, 0.11), line("c", 0.7, 0.12), line("a", 0.1, 0.1)) == ["a", "b", "c"]


def test_things_and_prices_of_a_receipt_are_read_row_by_row() -> None:
    lines = []
    for row, thing in enumerate(("brown bread, one loaf", "milk of our cows", "ten fresh eggs")):
        lines += [line(thing, 0.1, 0.1 + row / 20), line(f"{row}.50", 0.7, 0.1 + row / 20, 0.1)]
    assert order(*lines) == [
        "brown bread, one loaf", "0.50", "milk of our cows", "1.50", "ten fresh eggs", "2.50",
    ]  # fmt: skip


def test_columns_of_prose_are_read_one_after_the_other_below_their_title() -> None:
    title = line("all the news of the day", 0.1, 0.02, 0.8)
    foot = line("page two of ten", 0.4, 0.9)
    left = [line(f"left line number {row}", 0.1, 0.1 + row / 20, 0.35) for row in range(4)]
    right = [line(f"right line number {row}", 0.5, 0.1 + row / 20, 0.35) for row in range(4)]
    assert order(foot, *right, *left, title) == [
        one.text for one in (title, *left, *right, foot)
    ]  # fmt: skip


def test_lines_far_apart_or_of_another_size_are_blocks_of_their_own() -> None:
    heading, first, second = (
        line("A", 0.1, 0.1, height=0.1),
        line("b", 0.1, 0.22),
        line("c", 0.1, 0.26),
    )
    far = line("d", 0.1, 0.6)
    blocks = blocks_in_order([far, second, heading, first])
    assert [[one.text for one in block] for block in blocks] == [["A"], ["b", "c"], ["d"]]


fraction = st.floats(0, 0.9)


@given(st.lists(st.tuples(fraction, fraction, st.floats(0.01, 0.1)), max_size=25))
def test_no_line_is_lost_or_doubled_and_what_came_first_does_not_matter(
    places: list[tuple[float, float, float]],
) -> None:
    lines = [
        line(f"line number {n}", left, top, 0.1, height)
        for n, (left, top, height) in enumerate(places)
    ]
    assert sorted(order(*lines)) == sorted(one.text for one in lines)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please close the gate when you leave", "en"),
        ("Thank you for your visit", "en"),
        ("Merci de fermer la porte après votre passage", "fr"),
        ("Bonne fête à toute la famille, à bientôt chez nous", "fr"),
        ("Bitte die Tür nicht offen lassen", "de"),
        ("Zutritt für Unbefugte ist verboten, bitte klingeln", "de"),
        ("Prohibido el paso a los vehículos no autorizados", "es"),
        ("¡Feliz cumpleaños!", "es"),
        ("Si prega di non calpestare le aiuole, grazie della visita", "it"),
        ("Verboden toegang voor onbevoegden, de deur is dicht", "nl"),
        ("Wij zijn op maandag gesloten", "nl"),
        ("本日は閉店しました", "ja"),
        ("禁止停车", "zh"),
        ("STOP", ""),
        ("789417-W 25/12/2018", ""),
        ("Anna", ""),
        ("", ""),
    ],
)
def test_language_is_told_by_small_words_and_never_by_one_name(text: str, language: str) -> None:
    assert language_of(text) == language
