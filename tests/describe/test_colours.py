"""The names of colours, and how many a picture has."""

import pytest
from PIL import Image

from photolib.describe.whole.colours import colours_of


def named(colour: str) -> str:
    return colours_of(Image.new("RGB", (20, 20), colour))[0].label


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#e01020", "red"),
        ("#ff9010", "orange"),
        ("#ffe020", "yellow"),
        ("#209030", "green"),
        ("#1a4020", "green"),
        ("#30c8c0", "turquoise"),
        ("#2050d0", "blue"),
        ("#87bdeb", "blue"),
        ("#7020a0", "purple"),
        ("#ff80b0", "pink"),
        ("#7a4a20", "brown"),
        ("#c8a882", "brown"),
        ("#050505", "black"),
        ("#808080", "grey"),
        ("#404245", "grey"),
        ("#fdfdfd", "white"),
    ],
)
def test_a_plain_picture_has_the_colour_people_call_it(colour: str, name: str) -> None:
    assert named(colour) == name


def test_colours_come_with_their_share_the_widest_first_and_at_most_three() -> None:
    picture = Image.new("RGB", (96, 96), "#2050d0")
    for left, colour in ((48, "#209030"), (67, "#e01020"), (85, "#ffe020")):
        picture.paste(colour, (left, 0, 96, 96))
    facts = colours_of(picture)
    assert [fact.label for fact in facts] == ["blue", "green", "red"]
    assert [fact.confidence for fact in facts] == pytest.approx([0.5, 0.19, 0.19], abs=0.02)


def test_a_small_spot_is_no_main_colour() -> None:
    picture = Image.new("RGB", (96, 96), "white")
    picture.paste("#e01020", (0, 0, 20, 20))
    assert [fact.label for fact in colours_of(picture)] == ["white"]


def test_a_photo_without_colour_is_black_grey_and_white_only() -> None:
    ramp = Image.linear_gradient("L").convert("RGB")
    assert {fact.label for fact in colours_of(ramp)} <= {"black", "grey", "white"}
