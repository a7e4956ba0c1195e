"""Two entries of one person become one, unless somebody's answer would be lost, and come apart again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from faces import services
from faces.journal import JOURNAL_DAYS
from faces.merging import remove_emptied
from faces.models import EmptiedPerson, Template
from faces.touch import of_merging_people
from photolib.accounts.models import User
from photolib.consent.services import invite
from photolib.core.errors import NotAllowed
from photolib.people.errors import PersonRefused
from photolib.people.models import NotThisPerson, Person
from photolib.people.services import say_not, take_guardianship
from tests.faces.conftest import House
from tests.faces.journal import back, names, regions, stranger
from tests.faces.journal import grouping as grouping
from tests.faces.journal import known as known

pytestmark = pytest.mark.django_db


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
