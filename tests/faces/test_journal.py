"""What people did with faces is written down, and can be taken back as far as nobody said more since."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from faces import services
from faces.erasure import expire
from faces.journal import JOURNAL_DAYS, end_entries
from faces.models import (
    EmptiedPerson,
    FaceGroup,
    JournalEntry,
    Pile,
    PiledFace,
    Template,
    UnknownFace,
)
from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.services import answer
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.people.errors import PersonRefused
from photolib.people.models import Appearance, NotThisPerson, Person
from photolib.people.refusals import say_not_me
from photolib.people.services import say_not, say_who
from tests.faces.conftest import House
from tests.faces.journal import Commits, back, last, names, regions, stranger
from tests.faces.journal import grouping as grouping
from tests.faces.journal import known as known

pytestmark = pytest.mark.django_db


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
