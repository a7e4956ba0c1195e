"""Looks at a picture become one list: made-up boxes."""

import pytest

from photolib.describe.boxes import Box
from photolib.describe.detection.found import SeenObject, box_between, mirrored
from photolib.describe.detection.fusion import drop_group_boxes
from photolib.describe.detection.fusion import fuse as fuse_looks
from photolib.describe.detection.looks import ALL_BUT_SMALL_PEOPLE, Look, Sort
from photolib.describe.object_detector import large_things_in_doubt

BOX = Box(0.1, 0.1, 0.3, 0.5)
BESIDE = Box(0.6, 0.1, 0.3, 0.5)


def fuse(looks: list[list[SeenObject]], *, kept_from: float) -> list[SeenObject]:
    """As the product does, of looks that can tell of everything."""
    return fuse_looks([Look(seen) for seen in looks], kept_from=kept_from)


def cup(score: float, box: Box = BOX) -> SeenObject:
    return SeenObject("cup", box, score)


def person(left: float, top: float, width: float, height: float, score: float = 0.9) -> SeenObject:
    return SeenObject("person", Box(left, top, width, height), score)


def test_what_all_looks_see_has_the_mean_of_their_scores() -> None:
    (one,) = fuse([[cup(0.9)], [cup(0.6)], [cup(0.3)]], kept_from=0.0)
    assert one.confidence == pytest.approx(0.6)


def test_a_look_that_missed_it_counts_as_nothing() -> None:
    (one,) = fuse([[cup(0.9)], [], []], kept_from=0.0)
    assert one.confidence == pytest.approx(0.3)


def test_a_look_that_cannot_tell_of_small_people_says_nothing_about_them() -> None:
    far, near = person(0.1, 0.1, 0.03, 0.08, 0.6), person(0.5, 0.1, 0.2, 0.6, 0.6)
    coarse, fine = Look([], ALL_BUT_SMALL_PEOPLE), Look([far, near])
    seen = {one.box.left: one.confidence for one in fuse_looks([coarse, fine], kept_from=0.0)}
    assert seen == {0.1: pytest.approx(0.6), 0.5: pytest.approx(0.3)}


def test_what_only_looks_that_cannot_tell_have_seen_is_nothing() -> None:
    far = person(0.1, 0.1, 0.03, 0.08, 0.9)
    assert fuse_looks([Look([far], ALL_BUT_SMALL_PEOPLE)], kept_from=0.05) == []


def test_a_look_for_large_things_is_heard_of_these_alone() -> None:
    large = SeenObject("cup", Box(0.1, 0.1, 0.6, 0.6), 0.6)
    small = cup(0.6, Box(0.8, 0.8, 0.1, 0.1))
    again = Look([large], frozenset({Sort.LARGE_THING}))
    seen = fuse_looks([Look([large, small]), Look([]), again], kept_from=0.0)
    assert [one.confidence for one in seen] == [pytest.approx(0.4), pytest.approx(0.3)]


@pytest.mark.parametrize(("score", "in_doubt"), [(0.9, False), (0.3, True), (0.03, False)])
def test_a_large_thing_is_in_doubt_between_the_two_scores(score: float, in_doubt: bool) -> None:
    large = SeenObject("bus", Box(0.1, 0.1, 0.6, 0.6), score)
    assert large_things_in_doubt([Look([large])]) == in_doubt


def test_small_things_and_people_are_no_large_things_in_doubt() -> None:
    assert not large_things_in_doubt(
        [Look([cup(0.3, Box(0.1, 0.1, 0.2, 0.3)), person(0.1, 0.1, 0.7, 0.7, 0.3)])]
    )


def test_two_boxes_of_one_look_on_one_thing_count_once() -> None:
    (one,) = fuse([[cup(0.9), cup(0.8)], [cup(0.9)]], kept_from=0.0)
    assert one.confidence == pytest.approx(0.9)


def test_the_box_lies_nearer_to_that_of_the_surer_look() -> None:
    (one,) = fuse([[cup(0.9)], [cup(0.3, Box(0.14, 0.1, 0.3, 0.5))]], kept_from=0.0)
    assert one.box.left == pytest.approx(0.11)
    assert one.box.width == pytest.approx(0.3)


def test_things_apart_from_each_other_stay_two() -> None:
    assert len(fuse([[cup(0.9), cup(0.8, BESIDE)], [cup(0.7, BESIDE)]], kept_from=0.0)) == 2


def test_two_labels_in_one_place_both_stay() -> None:
    assert len(fuse([[cup(0.9), SeenObject("bowl", BOX, 0.8)]], kept_from=0.0)) == 2


def test_the_surest_comes_first_and_what_is_too_unsure_is_left_out() -> None:
    unsure, sure = cup(0.2), cup(0.8, BESIDE)
    assert fuse([[unsure, sure]], kept_from=0.1) == [sure, unsure]
    assert fuse([[unsure, sure]], kept_from=0.5) == [sure]


def test_the_order_of_what_one_look_found_changes_nothing() -> None:
    found = [cup(0.5), cup(0.5, BESIDE), SeenObject("bowl", BOX, 0.5)]
    assert fuse([found, [cup(0.4)]], kept_from=0.0) == fuse(
        [found[::-1], [cup(0.4)]], kept_from=0.0
    )


def test_mirrored_twice_is_where_it_was() -> None:
    (there,) = mirrored([cup(0.9)])
    assert there.box.left == pytest.approx(0.6)
    (back,) = mirrored([there])
    assert back.box.left == pytest.approx(BOX.left)


def test_a_box_is_cut_at_the_edge_of_the_picture_and_none_is_left_beyond_it() -> None:
    assert box_between((-0.1, 0.2, 0.5, 1.3)) == Box(0.0, 0.2, 0.5, 0.8)
    assert box_between((1.1, 0.2, 1.4, 0.5)) is None


def test_box_around_a_group_is_dropped_and_its_members_stay() -> None:
    members = [person(0.1, 0.2, 0.2, 0.6), person(0.4, 0.2, 0.2, 0.6), person(0.7, 0.2, 0.2, 0.6)]
    group = person(0.05, 0.1, 0.9, 0.8, 0.7)
    assert drop_group_boxes([*members, group], members_from=0.5) == members


def test_parent_with_one_child_in_front_is_no_group() -> None:
    pair = [person(0.1, 0.1, 0.6, 0.8), person(0.3, 0.4, 0.2, 0.4)]
    assert drop_group_boxes(pair, members_from=0.5) == pair


def test_unsure_people_make_no_group_of_the_one_around_them() -> None:
    around = [person(0.0, 0.0, 0.9, 0.9), *(person(at, 0.2, 0.1, 0.3, 0.2) for at in (0.1, 0.5))]
    assert drop_group_boxes(around, members_from=0.5) == around
