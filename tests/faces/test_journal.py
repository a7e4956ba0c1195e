"""What people did with faces is written down, and can be taken back as far as nobody said more since."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from faces import services
from faces.erasure import expire
from faces.grouping import Face, group_faces
from faces.journal import JOURNAL_DAYS, end_entries
from faces.merging import remove_emptied
from faces.models import (
    EmptiedPerson,
    FaceGroup,
    JournalEntry,
    Pile,
    PiledFace,
    Template,
    UnknownFace,
)
from faces.touch import of_merging, of_merging_people, of_regrouping
from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.services import answer, invite
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import RecognitionState
from photolib.people.errors import PersonRefused
from photolib.people.models import Appearance, FaceRegion, NotThisPerson, Person
from photolib.people.refusals import say_not_me
from photolib.people.services import say_not, say_who, take_guardianship
from tests.faces.conftest import House

pytestmark = pytest.mark.django_db
Commits = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def grouping(house: House) -> House:
    """Household grouping, with one group of three."""
    house.switch(RecognitionState.HOUSEHOLD)
    for light in (110, 150, 200):
        house.look(house.photo("red", light=light))
    return house


@pytest.fixture
def known(house: House) -> House:
    """Anna said yes, and one face is confirmed to be hers."""
    house.switch(RecognitionState.CONSENTED)
    anna = house.person("Anna")
    house.says(anna, True)
    photo = house.photo("red", light=200)
    (region,) = house.look(photo)
    house.names(region, anna)
    house.look(photo)
    return house


def last() -> JournalEntry:
    entry = JournalEntry.objects.first()
    assert entry is not None
    return entry


def stranger(house: House, name: str) -> Person:
    """Somebody without an account."""
    assert house.owner.household is not None
    return Person.objects.create(household=house.owner.household, name=name, created_by=house.owner)


def back(house: House) -> services.Undone:
    return services.undo(entry=last(), by=house.owner)


def names() -> list[tuple[int | None, str]]:
    rows = Appearance.objects.filter(source="human").order_by("region_id", "pk")
    return [(row.region_id, row.person.name) for row in rows]


def regions() -> list[FaceRegion]:
    return list(FaceRegion.objects.order_by("pk"))


def test_a_name_is_taken_back_and_given_again(grouping: House, commits: Commits) -> None:
    region = regions()[0]
    with commits():
        services.name_face(region=region, by=grouping.owner, name="Granny")
    assert (last().kind, last().faces) == ("name_face", 1)
    with commits():
        undone = back(grouping)
    assert (undone.faces, undone.left, names()) == (1, 0, [])
    # Its vector was shredded, and is made anew; whom the name was made for is out of sight.
    assert grouping.look_at_due() == 1
    assert FaceGroup.objects.get().faces.count() == 3
    assert Person.objects.get(name="Granny").hidden
    services.undo(entry=undone.entry, by=grouping.owner)
    assert names() == [(region.pk, "Granny")]
    assert not Person.objects.get(name="Granny").hidden
    assert not EmptiedPerson.objects.exists()


def test_a_group_that_was_named_comes_back(grouping: House, commits: Commits) -> None:
    group = FaceGroup.objects.get()
    shown = list(group.faces.values_list("region_id", flat=True))
    with commits():
        services.name_group(
            group=group,
            by=grouping.owner,
            shown_regions=shown,
            chosen_regions=shown[:2],
            name="Granny",
        )
    assert last().faces == 3
    with commits():
        assert back(grouping).left == 0
    grouping.look_at_due()
    assert not NotThisPerson.objects.exists()
    assert not Appearance.objects.exists()
    assert FaceGroup.objects.get().faces.count() == 3


def test_undoing_a_name_shreds_its_template(known: House) -> None:
    (region,) = known.look(known.photo("blue"))
    anna = Person.objects.get(name="Anna")
    services.name_face(region=region, by=known.owner, person=anna)
    known.look(region.photo)
    assert Template.objects.filter(region=region).exists()
    back(known)
    assert not Template.objects.filter(region=region).exists()


def test_a_name_that_comes_back_asks_for_consent_as_any_other(
    known: House, commits: Commits
) -> None:
    anna = Person.objects.get(name="Anna")
    named = Appearance.objects.get(person=anna)
    services.take_name_off(appearance=named, by=known.owner)
    known.says(anna, False)
    with commits():
        back(known)
    known.look_at_due()
    assert names() == [(named.region_id, "Anna")]
    assert not Template.objects.exists()


def test_answers_to_questions_are_taken_back_and_asked_again(
    known: House, commits: Commits
) -> None:
    photo = known.photo("red", light=90)  # too poor to be sure
    (region,) = known.look(photo)
    for yes in (True, False):
        question = Appearance.objects.get(region=region, state="asked")
        services.answer_suggestion(appearance=question, yes=yes, by=known.owner)
        assert last().kind == ("yes" if yes else "no")
        with commits():
            back(known)
        known.look_at_due()
    assert Appearance.objects.get(region=region).state == "asked"
    assert not NotThisPerson.objects.exists()


def test_the_journal_holds_numbers_only_and_nothing_of_the_machine(known: House) -> None:
    photo = known.photo("red", light=110)
    (region,) = known.look(photo)
    auto = Appearance.objects.get(region=region)
    assert auto.source == "machine"
    services.take_name_off(appearance=auto, by=known.owner)
    written = last().undo
    assert written["faces"][str(region.pk)][0] == {"not": []}
    assert "Anna" not in json.dumps(written)
    assert "machine" not in json.dumps(written)


def test_not_a_face_and_drawing_are_taken_back(grouping: House, commits: Commits) -> None:
    region = regions()[0]
    services.not_a_face(region=region, by=grouping.owner)
    with commits():
        back(grouping)
    region.refresh_from_db()
    assert not region.dismissed
    grouping.look_at_due()
    assert UnknownFace.objects.filter(region=region).exists()

    services.is_a_face(region=region, by=grouping.owner)
    assert last().kind == "undo", "nothing changed, so nothing is written"

    drawn = services.draw_face(
        photo=region.photo, left=0.7, top=0.7, width=0.1, height=0.1, by=grouping.owner, name="Bo"
    )
    assert names() == [(drawn.pk, "Bo")]
    undone = back(grouping)
    drawn.refresh_from_db()
    assert (drawn.dismissed, names()) == (True, [])
    services.undo(entry=undone.entry, by=grouping.owner)
    drawn.refresh_from_db()
    assert (drawn.dismissed, names()) == (False, [(drawn.pk, "Bo")])


def test_refusals_that_were_lifted_come_back(known: House) -> None:
    anna = Person.objects.get(name="Anna")
    (region,) = known.look(known.photo("blue"))
    say_not(region=region, person=anna, by=known.owner)
    services.take_back_refusal(refusal=NotThisPerson.objects.get(), by=known.owner)
    back(known)
    assert NotThisPerson.objects.get().person == anna


def test_a_name_without_a_face_comes_back(house: House) -> None:
    photo = house.photo("red")
    anna = stranger(house, "Anna")
    row = say_who(region=None, photo=photo, person=anna, by=house.owner)
    (region,) = house.look(photo)
    services.name_face(region=region, by=house.owner, person=anna)
    assert names() == [(region.pk, "Anna")]
    back(house)
    assert names() == [(None, "Anna")]
    services.take_name_off(appearance=Appearance.objects.get(photo=row.photo), by=house.owner)
    assert names() == []
    back(house)
    assert names() == [(None, "Anna")]


def test_groups_and_people_that_were_hidden_are_shown_again(grouping: House) -> None:
    group, anna = FaceGroup.objects.get(), stranger(grouping, "Anna")
    services.hide_group(group=group, by=grouping.owner)
    assert last().faces == 3
    back(grouping)
    services.hide_person(person=anna, by=grouping.owner)
    back(grouping)
    group.refresh_from_db()
    anna.refresh_from_db()
    assert (group.hidden, anna.hidden) == (False, False)


def test_a_later_word_is_left_as_it_is(grouping: House) -> None:
    first, second, third = regions()
    group = FaceGroup.objects.get()
    shown = [first.pk, second.pk, third.pk]
    services.name_group(group=group, by=grouping.owner, shown_regions=shown, name="Granny")
    entry = last()
    bo = stranger(grouping, "Bo")
    services.name_face(region=first, by=grouping.owner, person=bo)
    undone = services.undo(entry=entry, by=grouping.owner)
    assert (undone.faces, undone.left) == (2, 1)
    assert names() == [(first.pk, "Bo")]


def test_not_me_of_the_person_herself_is_not_taken_back_by_the_owner(known: House) -> None:
    anna = Person.objects.get(name="Anna")
    row = Appearance.objects.get(person=anna)
    services.take_name_off(appearance=row, by=known.owner)
    refused = last()
    assert anna.user is not None
    named = services.name_face(region=regions()[0], by=known.owner, person=anna)
    say_not_me(appearance=named, by=anna.user)
    for entry in (refused, last()):
        with pytest.raises(PhotolibError, match="Nothing was taken back"):
            services.undo(entry=entry, by=known.owner)
    assert NotThisPerson.objects.get().by == anna.user


def test_not_me_of_the_person_herself_is_not_undone_by_putting_another_entry_into_hers(
    known: House,
) -> None:
    anna, nan = Person.objects.get(name="Anna"), stranger(known, "Nan")
    assert anna.user is not None
    (region,) = known.look(known.photo("blue"))
    say_not_me(appearance=known.names(region, anna), by=anna.user)
    known.names(region, nan)
    with pytest.raises(PersonRefused, match="somebody else"):
        services.merge_people(people=[nan], into=anna, by=known.owner)
    assert NotThisPerson.objects.get().by == anna.user
    assert Appearance.objects.get(region=region).person == nan


def test_naming_a_group_passes_over_the_face_of_which_the_person_said_not_me(
    grouping: House,
) -> None:
    group = FaceGroup.objects.get()
    faces = list(group.faces.order_by("pk"))
    shown = [face.region_id for face in faces]
    anna = grouping.person("Anna")
    NotThisPerson.objects.create(region=faces[0].region, person=anna, by=anna.user)
    done = services.name_group(group=group, by=grouping.owner, shown_regions=shown, person=anna)
    assert (done.named, done.skipped) == (len(shown) - 1, 1)
    assert NotThisPerson.objects.get().by == anna.user


def test_who_was_refused_by_the_owner_refuses_as_well(known: House) -> None:
    anna = Person.objects.get(name="Anna")
    (region,) = known.look(known.photo("blue"))
    named = known.names(region, anna)
    NotThisPerson.objects.create(region=region, person=anna, by=known.owner)
    assert anna.user is not None
    say_not_me(appearance=named, by=anna.user)
    assert NotThisPerson.objects.get().by == anna.user


def test_nothing_is_taken_back_twice_or_by_others(grouping: House, bob: User) -> None:
    services.not_a_face(region=regions()[0], by=grouping.owner)
    entry = last()
    with pytest.raises(NotAllowed):
        services.undo(entry=entry, by=bob)
    services.undo(entry=entry, by=grouping.owner)
    with pytest.raises(PhotolibError, match="already"):
        services.undo(entry=entry, by=grouping.owner)


def test_what_failed_is_not_in_the_journal(grouping: House) -> None:
    with pytest.raises(PersonRefused):
        services.name_face(region=regions()[0], by=grouping.owner, name=" ")
    assert not JournalEntry.objects.exists()


def test_entries_end_after_ninety_days_and_with_the_library(grouping: House) -> None:
    services.not_a_face(region=regions()[0], by=grouping.owner)
    end_entries(timezone.now() + timedelta(days=JOURNAL_DAYS - 1))
    assert JournalEntry.objects.count() == 1
    end_entries(timezone.now() + timedelta(days=JOURNAL_DAYS + 1))
    assert not JournalEntry.objects.exists()
    services.not_a_face(region=regions()[1], by=grouping.owner)
    grouping.library.delete()
    assert not JournalEntry.objects.exists()


def test_what_was_said_of_a_face_ends_with_its_vector(grouping: House) -> None:
    group = FaceGroup.objects.get()
    services.take_out_of_group(group=group, regions=[regions()[0].pk], by=grouping.owner)
    assert PiledFace.objects.count() == 3
    expire(timezone.now() + timedelta(days=31))
    assert not PiledFace.objects.exists()
    assert Pile.objects.exists(), "an entry of the journal may still bring a face back into it"
    expire(timezone.now() + timedelta(days=31 + 90 + JOURNAL_DAYS))
    assert not Pile.objects.exists()


# Two entries of one person


def two_of_one(house: House) -> tuple[Person, Person]:
    """Gran is named in one photo, Granny in another."""
    gran, granny = stranger(house, "Gran"), stranger(house, "Granny")
    for person, light in ((gran, 110), (granny, 200)):
        (region,) = house.look(house.photo("red", light=light))
        house.names(region, person)
    return gran, granny


def test_merged_people_are_one_and_come_apart_again(house: House) -> None:
    gran, granny = two_of_one(house)
    first, second = regions()
    touch = of_merging_people(person=gran, into=granny, by=house.owner)
    assert (touch.faces, touch.photos, touch.refused) == (1, 1, "")
    assert services.merge_people(people=[gran], into=granny, by=house.owner) == 1
    assert names() == [(first.pk, "Granny"), (second.pk, "Granny")]
    gran.refresh_from_db()
    assert gran.hidden
    assert EmptiedPerson.objects.get().merged_into == granny
    undone = back(house)
    assert not Person.objects.get(pk=gran.pk).hidden
    assert names() == [(first.pk, "Gran"), (second.pk, "Granny")]
    assert not EmptiedPerson.objects.exists()
    services.undo(entry=undone.entry, by=house.owner)
    gran.refresh_from_db()
    assert gran.hidden
    assert {name for _region, name in names()} == {"Granny"}


def test_the_emptied_entry_goes_when_nothing_can_bring_it_back(house: House) -> None:
    gran, granny = two_of_one(house)
    services.merge_people(people=[gran], into=granny, by=house.owner)
    remove_emptied(timezone.now() + timedelta(days=JOURNAL_DAYS - 1))
    assert Person.objects.filter(pk=gran.pk).exists()
    remove_emptied(timezone.now() + timedelta(days=JOURNAL_DAYS + 1))
    assert not Person.objects.filter(pk=gran.pk).exists()
    assert Person.objects.filter(pk=granny.pk).exists()


def test_an_entry_that_is_used_again_stays(house: House) -> None:
    gran, granny = two_of_one(house)
    services.merge_people(people=[gran], into=granny, by=house.owner)
    (region,) = house.look(house.photo("blue"))
    house.names(region, gran)
    remove_emptied(timezone.now() + timedelta(days=JOURNAL_DAYS + 1))
    assert Person.objects.filter(pk=gran.pk).exists()
    assert not EmptiedPerson.objects.exists()


def test_refusals_move_along_and_a_name_is_better(house: House) -> None:
    gran, granny = two_of_one(house)
    first, _second = regions()
    (other,) = house.look(house.photo("blue"))
    say_not(region=first, person=granny, by=house.owner)
    say_not(region=other, person=gran, by=house.owner)
    services.merge_people(people=[gran], into=granny, by=house.owner)
    refusal = NotThisPerson.objects.get()
    assert (refusal.region, refusal.person) == (other, granny)
    assert back(house).left == 0
    kept = {(row.region_id, row.person_id) for row in NotThisPerson.objects.all()}
    assert kept == {(first.pk, granny.pk), (other.pk, gran.pk)}


def test_two_who_are_in_one_photo_are_two_people(house: House) -> None:
    gran, granny = stranger(house, "Gran"), stranger(house, "Granny")
    one, two = house.look(house.photo("red", "blue"))
    house.names(one, gran)
    house.names(two, granny)
    with pytest.raises(PersonRefused, match="two faces of 1 photo"):
        services.merge_people(people=[gran], into=granny, by=house.owner)
    touch = of_merging_people(person=gran, into=granny, by=house.owner)
    assert date_format(one.photo.taken_on, "DATE_FORMAT") in touch.refused


def test_whose_answer_would_be_lost_is_not_merged_away(house: House) -> None:
    granny = stranger(house, "Granny")
    anna = house.person("Anna")
    child = stranger(house, "Kid")
    child.birthday = timezone.localdate() - timedelta(days=2000)
    child.save()
    take_guardianship(person=child, by=house.owner)
    asked = stranger(house, "Asked")
    invite(person=asked, library=house.library, by=house.owner)
    for person, reason in (
        (anna, "has an account"),
        (child, "has a guardian"),
        (asked, "open invitation"),
        (granny, "two different people"),
    ):
        with pytest.raises(PersonRefused, match=reason):
            services.merge_people(people=[person], into=granny, by=house.owner)


def test_a_yes_is_never_moved_to_another_entry(known: House) -> None:
    anna = Person.objects.get(name="Anna")
    granny = stranger(known, "Granny")
    Person.objects.filter(pk=anna.pk).update(user=None)
    anna.refresh_from_db()
    with pytest.raises(PersonRefused, match="said yes"):
        services.merge_people(people=[anna], into=granny, by=known.owner)
    assert Template.objects.get().person == anna


def test_who_may_not_remove_a_person_may_not_merge_them(house: House, bob: User) -> None:
    gran, granny = two_of_one(house)
    with pytest.raises(NotAllowed):
        services.merge_people(people=[gran], into=granny, by=bob)


# Putting in order again


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


# Said before


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


def test_a_no_by_consent_leaves_the_journal_as_it_is(known: House) -> None:
    anna = Person.objects.get(name="Anna")
    assert anna.user is not None
    services.take_name_off(appearance=Appearance.objects.get(), by=known.owner)
    before = last().undo
    answer(
        person=anna,
        library=known.library,
        purpose=Purpose.RECOGNISE,
        granted=False,
        by=anna.user,
        language="en",
    )
    assert last().undo == before
    assert not Template.objects.exists()
