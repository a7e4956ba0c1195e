"""Groups that people put right: together, apart, elsewhere; and that it holds."""

import pytest

from faces.models import FaceGroup, JournalEntry, PiledFace, PilesApart, UnknownFace
from faces.services import (
    hide_group,
    merge_groups,
    move_faces,
    split_group,
    switch_recognition,
    take_out_of_group,
    undo,
)
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import RecognitionState
from photolib.library.services import move_to_trash
from tests.faces.conftest import House

pytestmark = pytest.mark.django_db

LIGHTS = (110, 150, 200)


@pytest.fixture
def grouping(house: House) -> House:
    """A library with two groups of three: the red one and the blue one."""
    house.switch(RecognitionState.HOUSEHOLD)
    for person in ("red", "blue"):
        for light in LIGHTS:
            house.look(house.photo(person, light=light))
    return house


def groups() -> list[FaceGroup]:
    return list(FaceGroup.objects.order_by("pk"))


def faces_in(group: FaceGroup) -> list[int]:
    return list(group.faces.order_by("region_id").values_list("region_id", flat=True))


def order() -> list[list[int]]:
    """The groups as one sees them: sets of faces, without their numbers."""
    return sorted(faces_in(group) for group in FaceGroup.objects.all())


def piles_of(regions: list[int]) -> set[int]:
    return set(PiledFace.objects.filter(region__in=regions).values_list("pile", flat=True))


def last() -> JournalEntry:
    entry = JournalEntry.objects.first()
    assert entry is not None
    return entry


def test_merged_groups_are_one_pile_in_the_first_group(grouping: House) -> None:
    red, blue = groups()
    everyone = sorted([*faces_in(red), *faces_in(blue)])
    assert merge_groups(groups=[red, blue], by=grouping.owner) == red
    assert order() == [everyone]
    assert len(piles_of(everyone)) == 1
    assert (last().kind, last().faces) == ("merge", 6)


def test_two_groups_with_faces_of_one_photo_cannot_be_one_person(grouping: House) -> None:
    grouping.look(grouping.photo("red", "blue", light=180))
    before = order()
    with pytest.raises(PhotolibError, match="in 1 photo there are two"):
        merge_groups(groups=groups(), by=grouping.owner)
    assert order() == before
    assert not PiledFace.objects.exists()
    assert not JournalEntry.objects.exists()


def test_a_face_in_the_trash_stays_behind_where_it_does_not_fit(grouping: House) -> None:
    photo = grouping.photo("red", "blue", light=180)
    grouping.look(photo)
    move_to_trash(photos=[photo], by=grouping.owner)
    red, blue = groups()
    merge_groups(groups=[red, blue], by=grouping.owner)
    trashed = UnknownFace.objects.filter(region__photo=photo)
    assert sorted(str(face.group_id) for face in trashed) == sorted([str(red.pk), "None"])
    assert not PiledFace.objects.filter(region__photo=photo).exists()


def test_one_group_is_nothing_to_merge(grouping: House) -> None:
    red, _blue = groups()
    with pytest.raises(PhotolibError, match="at least two groups"):
        merge_groups(groups=[red, red], by=grouping.owner)


def test_split_makes_two_piles_that_are_apart(grouping: House) -> None:
    red, blue = groups()
    first, *others = faces_in(red)
    assert split_group(group=red, regions=[first], by=grouping.owner) is None
    assert order() == [others, faces_in(blue)]
    pair = PilesApart.objects.get()
    assert {pair.one_id, pair.other_id} == piles_of([first]) | piles_of(others)


def test_the_part_that_is_split_off_is_a_group_of_its_own(grouping: House) -> None:
    red, _blue = groups()
    one, *others = faces_in(red)
    made = split_group(group=red, regions=others, by=grouping.owner)
    assert made is not None
    assert (faces_in(made), faces_in(red)) == (others, [one])


@pytest.mark.parametrize("chosen", [slice(0, 0), slice(0, 3)])
def test_a_split_needs_faces_on_both_sides(grouping: House, chosen: slice) -> None:
    red, _blue = groups()
    with pytest.raises(PhotolibError, match="at least one face"):
        split_group(group=red, regions=faces_in(red)[chosen], by=grouping.owner)


def test_faces_taken_out_are_apart_from_the_group_and_not_from_each_other(grouping: House) -> None:
    red, _blue = groups()
    first, second, third = faces_in(red)
    assert take_out_of_group(group=red, regions=[first, second], by=grouping.owner) == 2
    assert faces_in(red) == [third]
    (rest,) = piles_of([third])
    pairs = {frozenset((pair.one_id, pair.other_id)) for pair in PilesApart.objects.all()}
    assert pairs == {frozenset({rest, pile}) for pile in piles_of([first, second])}


def test_moved_faces_join_the_other_group_and_are_apart_from_the_old(grouping: House) -> None:
    red, blue = groups()
    first, *others = faces_in(red)
    wanted = sorted([first, *faces_in(blue)])
    assert move_faces(regions=[first], to=blue, by=grouping.owner) == 1
    assert order() == sorted([others, wanted])
    (new,), (old,) = piles_of(wanted), piles_of(others)
    assert PilesApart.objects.filter(one=min(new, old), other=max(new, old)).exists()


def test_a_face_cannot_move_to_a_group_that_has_another_of_its_photo(grouping: House) -> None:
    regions = grouping.look(grouping.photo("red", "blue", light=180))
    red = groups()[0]
    with pytest.raises(PhotolibError, match="cannot be one person"):
        move_faces(regions=[regions[1].pk], to=red, by=grouping.owner)


def test_a_face_without_a_group_can_move_to_one(grouping: House) -> None:
    (region,) = grouping.look(grouping.photo("green"))
    red = groups()[0]
    assert move_faces(regions=[region.pk], to=red, by=grouping.owner) == 1
    assert region.pk in faces_in(red)


def test_nothing_moves_to_where_it_is(grouping: House) -> None:
    red = groups()[0]
    with pytest.raises(PhotolibError, match="another group"):
        move_faces(regions=faces_in(red), to=red, by=grouping.owner)


def test_merging_what_was_said_to_be_two_people_is_the_later_word(grouping: House) -> None:
    red, blue = groups()
    first, *others = faces_in(red)
    move_faces(regions=[first], to=blue, by=grouping.owner)
    merge_groups(groups=[red, blue], by=grouping.owner)
    (pile,) = piles_of([first, *others, *faces_in(blue)])
    now = PilesApart.objects.filter(one=pile) | PilesApart.objects.filter(other=pile)
    assert not now.exists()


def test_what_a_pile_was_apart_from_its_merger_is_apart_from(grouping: House) -> None:
    red, blue = groups()
    first, *others = faces_in(red)
    take_out_of_group(group=red, regions=[first], by=grouping.owner)
    merge_groups(groups=[red, blue], by=grouping.owner)
    (alone,), (merged,) = piles_of([first]), piles_of(others)
    assert PilesApart.objects.filter(one=min(alone, merged), other=max(alone, merged)).exists()


def test_only_the_owner_puts_groups_right(grouping: House, bob: User) -> None:
    red, blue = groups()
    first = faces_in(red)[:1]
    for deed in (
        lambda: merge_groups(groups=[red, blue], by=bob),
        lambda: split_group(group=red, regions=first, by=bob),
        lambda: take_out_of_group(group=red, regions=first, by=bob),
        lambda: move_faces(regions=first, to=blue, by=bob),
        lambda: hide_group(group=red, by=bob),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not JournalEntry.objects.exists()


def test_merge_split_take_out_and_move_can_be_taken_back_and_done_again(grouping: House) -> None:
    red, blue = groups()
    first = faces_in(red)[:1]
    start = order()
    for deed in (
        lambda: merge_groups(groups=[red, blue], by=grouping.owner),
        lambda: split_group(group=red, regions=first, by=grouping.owner),
        lambda: take_out_of_group(group=red, regions=first, by=grouping.owner),
        lambda: move_faces(regions=first, to=blue, by=grouping.owner),
    ):
        deed()
        done, piles = order(), sorted(PiledFace.objects.values_list("region", "pile"))
        back = undo(entry=last(), by=grouping.owner)
        assert (order(), back.left) == (start, 0)
        assert not PiledFace.objects.exists()
        undo(entry=back.entry, by=grouping.owner)
        assert order() == done
        assert sorted(PiledFace.objects.values_list("region", "pile")) == piles
        undo(entry=last(), by=grouping.owner)
        assert {group.pk for group in groups()} == {red.pk, blue.pk}


def test_leaving_grouping_ends_what_was_said_about_faces_without_a_name(grouping: House) -> None:
    merge_groups(groups=groups(), by=grouping.owner)
    switch_recognition(
        library=grouping.library, state=RecognitionState.CONSENTED, by=grouping.owner
    )
    assert not PiledFace.objects.exists()
    with pytest.raises(PhotolibError, match="Nothing was taken back"):
        undo(entry=last(), by=grouping.owner)
