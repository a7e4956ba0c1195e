"""Faces and bodies make people, each counted once."""

from dataclasses import replace

import pytest

from photolib.describe import headcount
from photolib.describe.boxes import Box
from photolib.describe.headcount import count_people
from photolib.describe.view import Name, SeenFace, SeenThing
from tests.describe.views import ANNA, BEN, body, face, thing, view


def test_face_and_its_body_are_one_person() -> None:
    counted = count_people(view(faces=(face(0.1),), things=(body(0.1),)))
    assert len(counted.people) == 1
    assert counted.maybe == 0


def test_face_without_body_and_body_without_face_are_two_people() -> None:
    counted = count_people(view(faces=(face(0.1),), things=(body(0.7),)))
    assert len(counted.people) == 2


def test_two_faces_over_one_body_are_two_people() -> None:
    wide = SeenThing("person", 0.9, "ssd", Box(0.0, 0.1, 0.6, 0.8))
    counted = count_people(view(faces=(face(0.1), face(0.4)), things=(wide,)))
    assert len(counted.people) == 2


def test_second_box_around_one_body_is_no_second_person() -> None:
    again = SeenThing("person", 0.8, "ssd", Box(0.06, 0.16, 0.22, 0.6))
    counted = count_people(view(faces=(face(0.1),), things=(body(0.1), again)))
    assert len(counted.people) == 1
    assert counted.maybe == 1


def test_unsure_body_is_perhaps_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the thresholds leave room for it (calibration.toml)."""
    monkeypatch.setattr(headcount, "PERSON_SAID_FROM", 0.5)
    counted = count_people(view(faces=(face(0.1),), things=(body(0.1), body(0.7, 0.4))))
    assert len(counted.people) == 1
    assert counted.at_least


def test_unsure_face_is_perhaps_a_person_until_somebody_names_it() -> None:
    assert not count_people(view(faces=(face(0.1, confidence=0.55),))).people
    assert count_people(view(faces=(face(0.1, ANNA, confidence=0.55),))).names == (ANNA,)


def test_face_drawn_by_hand_counts_whatever_its_score() -> None:
    drawn = SeenFace(Box(0.1, 0.1, 0.1, 0.1), 0.0, "")
    assert len(count_people(view(faces=(drawn,))).people) == 1


def test_face_on_a_screen_is_no_guest() -> None:
    screen = thing("tv", 0.9, Box(0.0, 0.0, 0.5, 0.5))
    assert not count_people(view(faces=(face(0.1),), things=(screen,))).people
    assert count_people(view(faces=(face(0.1, ANNA),), things=(screen,))).names == (ANNA,)


def test_face_on_a_poster_is_no_guest_and_is_told_of() -> None:
    poster = replace(face(0.1), on_picture=True)
    counted = count_people(view(faces=(poster, face(0.6)), things=(body(0.1), body(0.6))))
    assert len(counted.people) == 1
    assert (counted.maybe, counted.pictures) == (0, 1)


def test_somebody_standing_there_is_counted_whatever_frame_is_around_the_face() -> None:
    poster = replace(face(0.1), on_picture=True)
    standing = SeenThing("person", 0.9, "ssd", Box(0.02, 0.05, 0.28, 0.93))
    assert len(count_people(view(faces=(poster,), things=(standing,))).people) == 1


def test_name_makes_a_guest_of_a_face_on_a_poster() -> None:
    assert count_people(view(faces=(replace(face(0.1, ANNA), on_picture=True),))).names == (ANNA,)


def test_sure_names_come_before_unsure_ones_and_both_before_nobody() -> None:
    counted = count_people(view(faces=(face(0.1), face(0.4, BEN), face(0.7, ANNA))))
    assert [person.name for person in counted.people] == [ANNA, BEN, None]


def test_somebody_named_without_a_face_is_one_of_the_nameless() -> None:
    counted = count_people(view(faces=(face(0.1), face(0.5)), names=(ANNA,)))
    assert len(counted.people) == 2
    assert counted.names == (ANNA,)


def test_more_names_than_faces_are_all_there() -> None:
    names = (ANNA, BEN, Name("Clara", sure=True))
    counted = count_people(view(faces=(face(0.1),), names=names))
    assert len(counted.people) == 3


def test_big_group_with_nameless_people_is_a_least_count() -> None:
    faces = tuple(face(0.1 * left) for left in range(6))
    assert count_people(view(faces=faces)).at_least
    named = tuple(face(0.1 * left, Name(f"N{left}", sure=True)) for left in range(6))
    assert not count_people(view(faces=named)).at_least


def test_a_doubtful_face_with_nobody_else_in_sight_is_nobody() -> None:
    alone = count_people(view(faces=(face(0.4, confidence=0.55),), things=(thing("bear"),)))
    assert (alone.people, alone.maybe) == ((), 0)
    beside = count_people(view(faces=(face(0.1), face(0.6, confidence=0.55))))
    assert (len(beside.people), beside.maybe) == (1, 1)
