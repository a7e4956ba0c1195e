"""What people said of faces outlives putting groups in order, and what a deed touches is said before."""

from dataclasses import replace
from typing import Any

import pytest

from faces import services
from faces.grouping import Face, group_faces
from faces.models import FaceGroup, JournalEntry, UnknownFace
from faces.touch import of_merging, of_regrouping
from photolib.core.errors import PhotolibError
from photolib.people.models import Appearance, Person
from tests.faces.conftest import House
from tests.faces.journal import Commits, back, regions
from tests.faces.journal import grouping as grouping
from tests.faces.journal import known as known

pytestmark = pytest.mark.django_db


def test_a_word_outlives_putting_the_groups_in_order(grouping: House, commits: Commits) -> None:
    for light in (110, 150):
        grouping.look(grouping.photo("blue", light=light))
    red, blue = FaceGroup.objects.order_by("pk")
    services.take_out_of_group(group=red, regions=[regions()[0].pk], by=grouping.owner)
    services.merge_groups(groups=[red, blue], by=grouping.owner)

    def sets() -> list[list[int]]:
        return sorted(
            sorted(group.faces.values_list("region_id", flat=True))
            for group in FaceGroup.objects.all()
        )

    wanted = [[region.pk for region in regions()[1:]]]
    assert sets() == wanted
    with commits():
        assert services.regroup_library(library=grouping.library, by=grouping.owner) == 5
    assert grouping.look_at_due() == 1
    assert sets() == wanted
    grouping.look(grouping.photo("red", light=230))
    assert [regions()[0].pk] not in sets()
    assert all(regions()[0].pk not in group or len(group) == 2 for group in sets())


def test_what_was_said_while_a_worker_put_the_groups_in_order_is_heard(
    grouping: House, commits: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = regions()

    def meanwhile(*arguments: Any) -> list[list[Face]]:
        found = group_faces(*arguments)
        if not JournalEntry.objects.exists():
            services.take_out_of_group(
                group=FaceGroup.objects.get(), regions=[first.pk], by=grouping.owner
            )
        return found

    monkeypatch.setattr("faces.looking.group_faces", meanwhile)
    with commits():
        grouping.look(third.photo)
    assert not UnknownFace.objects.get(region=first).group_id
    grouping.look_at_due()
    assert UnknownFace.objects.get(region=first).group_id is None
    assert set(FaceGroup.objects.get().faces.values_list("region_id", flat=True)) == {
        second.pk,
        third.pk,
    }


def test_putting_in_order_can_be_taken_back_until_the_next_time(
    grouping: House, commits: Commits
) -> None:
    group = FaceGroup.objects.get()
    UnknownFace.objects.filter(region=regions()[0]).update(group=None)
    with commits():
        services.regroup_library(library=grouping.library, by=grouping.owner)
    grouping.look_at_due()
    assert group.faces.count() == 3
    assert back(grouping).faces == 1
    assert group.faces.count() == 2


def test_without_faces_there_is_nothing_to_put_in_order(house: House) -> None:
    with pytest.raises(PhotolibError, match="no faces without a name"):
        services.regroup_library(library=house.library, by=house.owner)


def test_faces_are_compared_with_a_person_again(known: House, commits: Commits) -> None:
    anna = Person.objects.get(name="Anna")
    known.look(known.photo("red", light=110))
    Appearance.objects.filter(source="machine").delete()
    with commits():
        assert services.regroup_person(person=anna, library=known.library, by=known.owner) == 1
    assert known.look_at_due() == 1
    assert Appearance.objects.get(source="machine").person == anna
    known.says(anna, False)
    with pytest.raises(PhotolibError, match="has not said yes"):
        services.regroup_person(person=anna, library=known.library, by=known.owner)


def test_who_was_said_to_be_somebody_else_is_not_matched_with_the_name(
    grouping: House, commits: Commits
) -> None:
    anna = grouping.person("Anna")
    first, second, third = regions()
    services.take_out_of_group(group=FaceGroup.objects.get(), regions=[first.pk], by=grouping.owner)
    with commits():
        grouping.says(anna, True)
        services.name_face(region=second, by=grouping.owner, person=anna)
    grouping.look_at_due()
    # The third was said to be the same as the second, the first to be another.
    assert [row.region_id for row in Appearance.objects.filter(source="machine")] == [third.pk]
    assert not Appearance.objects.filter(region=first).exists()


def test_a_match_of_the_machine_goes_where_it_contradicts_a_name(
    grouping: House, commits: Commits
) -> None:
    anna = grouping.person("Anna")
    first = regions()[0]
    (blue,) = grouping.look(grouping.photo("blue"))
    services.move_faces(regions=[blue.pk], to=FaceGroup.objects.get(), by=grouping.owner)
    services.take_out_of_group(group=FaceGroup.objects.get(), regions=[first.pk], by=grouping.owner)
    with commits():
        grouping.says(anna, True)
        other = grouping.look(grouping.photo("red", light=180))[0]
        services.name_face(region=other, by=grouping.owner, person=anna)
    Appearance.objects.create(
        region=first, photo=first.photo, person=anna, state="auto", source="machine"
    )
    services.name_face(region=blue, by=grouping.owner, person=anna)
    assert not Appearance.objects.filter(region=first).exists()


def test_what_a_deed_touches_is_said_before(grouping: House) -> None:
    for light in (110, 150):
        grouping.look(grouping.photo("blue", light=light))
    red, blue = FaceGroup.objects.order_by("pk")
    merging = of_merging(groups=[red, blue])
    assert (merging.sentence, merging.refused) == ("This changes 5 faces in 5 photos.", "")
    grouping.look(grouping.photo("red", "blue", light=170))
    refused = of_merging(groups=[red, blue])
    assert refused.sentence == "This changes 7 faces in 6 photos."
    assert "in 1 photo there are two of these faces" in refused.refused
    assert of_regrouping(library=grouping.library) == replace(refused, refused="")
