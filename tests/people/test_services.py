"""Who the household's people are, and who is in which photo by hand."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from photolib.accounts.models import Household, Role, User
from photolib.accounts.services import create_account
from photolib.core.errors import NotAllowed
from photolib.library.models import Photo
from photolib.people.errors import PersonRefused
from photolib.people.models import (
    Appearance,
    AppearanceSource,
    AppearanceState,
    FaceRegion,
    NotThisPerson,
    Person,
)
from photolib.people.queries import get_person, people_of, regions_of
from photolib.people.refusals import say_not_me
from photolib.people.services import (
    create_person,
    delete_person,
    dismiss_region,
    draw_region,
    link_account,
    remove_appearance,
    rename_person,
    say_not,
    say_who,
    set_birthday,
    set_hidden,
    take_guardianship,
)
from photolib.people.signals import appearance_said, appearance_unsaid
from tests.factories import photo_row


@pytest.fixture
def house(alice: User) -> Household:
    return Household.objects.get()


@pytest.fixture
def rosa(alice: User, house: Household) -> Person:
    """Somebody without an account."""
    return create_person(household=house, name="Rosa", by=alice)


@pytest.fixture
def photo(alice: User) -> Photo:
    return photo_row(alice)


def face(photo: Photo, left: float = 0.1) -> FaceRegion:
    return FaceRegion.objects.create(photo=photo, left=left, top=0.1, width=0.2, height=0.2)


def guess(region: FaceRegion, person: Person, state: str = AppearanceState.AUTO) -> Appearance:
    return Appearance.objects.create(
        region=region,
        photo=region.photo,
        person=person,
        state=state,
        source=AppearanceSource.MACHINE,
    )


# --- People ---------------------------------------------------------------------------------------


def test_strangers_see_no_people(
    alice: User, bob: User, charlie: User, house: Household, rosa: Person
) -> None:
    assert list(people_of(bob)) == [rosa]
    assert get_person(bob, rosa.pk) == rosa
    assert not people_of(charlie).exists()
    with pytest.raises(Http404):
        get_person(charlie, rosa.pk)


def test_strangers_and_guests_add_nobody(alice: User, charlie: User, house: Household) -> None:
    guest = create_account(by=alice, username="gus", display_name="Gus", role=Role.GUEST)
    for by in (charlie, guest):
        with pytest.raises(NotAllowed):
            create_person(household=house, name="Eve", by=by)


def test_a_name_is_tidied_and_never_empty(alice: User, house: Household, rosa: Person) -> None:
    assert rename_person(person=rosa, name="  Rosa   Maria ", by=alice).name == "Rosa Maria"
    with pytest.raises(PersonRefused, match="Write the person's name"):
        create_person(household=house, name="  ", by=alice)


def test_somebody_with_an_account_decides_on_their_name(
    alice: User, bob: User, house: Household
) -> None:
    dan = create_account(by=alice, username="dan", display_name="Dan")
    person = create_person(household=house, name="Bob", by=bob, user=bob)
    with pytest.raises(NotAllowed):
        rename_person(person=person, name="Bobby", by=dan)
    assert rename_person(person=person, name="Robert", by=bob).name == "Robert"


def test_every_adult_takes_care_of_people_without_account(
    alice: User, bob: User, charlie: User, rosa: Person
) -> None:
    rename_person(person=rosa, name="Rosa M.", by=bob)
    for change in (
        lambda: rename_person(person=rosa, name="X", by=charlie),
        lambda: set_hidden(person=rosa, hidden=True, by=charlie),
        lambda: set_birthday(person=rosa, birthday=None, by=charlie),
        lambda: delete_person(person=rosa, by=charlie),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_a_birthday_is_never_in_the_future(alice: User, rosa: Person) -> None:
    with pytest.raises(PersonRefused, match="future"):
        set_birthday(person=rosa, birthday=timezone.localdate() + timedelta(days=1), by=alice)


def test_only_the_account_or_an_admin_connects_an_account(
    alice: User, bob: User, charlie: User, rosa: Person
) -> None:
    dan = create_account(by=alice, username="dan", display_name="Dan")
    with pytest.raises(NotAllowed):
        link_account(person=rosa, user=bob, by=dan)
    with pytest.raises(NotAllowed):
        link_account(person=rosa, user=charlie, by=alice)
    link_account(person=rosa, user=bob, by=bob)
    with pytest.raises(PersonRefused, match="another account"):
        link_account(person=rosa, user=dan, by=alice)


def test_a_guardian_connects_the_childs_account(alice: User, bob: User, house: Household) -> None:
    mia = create_account(
        by=alice, username="mia", display_name="Mia", role=Role.CHILD, guardian=bob
    )
    assert create_person(household=house, name="Mia", by=bob, user=mia).user == mia


def test_an_account_is_one_person_only(alice: User, bob: User, house: Household) -> None:
    create_person(household=house, name="Bob", by=alice, user=bob)
    with pytest.raises(PersonRefused, match="another person's"):
        create_person(household=house, name="Bobby", by=alice, user=bob)
    assert Person.objects.filter(name="Bobby").count() == 0


def test_only_a_young_child_without_account_gets_a_guardian(
    alice: User, bob: User, charlie: User, house: Household, rosa: Person
) -> None:
    with pytest.raises(PersonRefused, match="birthday"):
        take_guardianship(person=rosa, by=alice)
    today = timezone.localdate()
    set_birthday(person=rosa, birthday=today.replace(year=today.year - 18, day=1), by=alice)
    with pytest.raises(PersonRefused, match="birthday"):
        take_guardianship(person=rosa, by=alice)
    mia = create_person(household=house, name="Mia", by=alice, birthday=date(today.year - 5, 1, 1))
    with pytest.raises(NotAllowed):
        take_guardianship(person=mia, by=charlie)
    assert take_guardianship(person=mia, by=bob).guardian == bob
    with pytest.raises(PersonRefused, match="guardian"):
        take_guardianship(person=mia, by=alice)
    own = create_person(household=house, name="Bob", by=alice, user=bob)
    with pytest.raises(PersonRefused, match="account"):
        take_guardianship(person=own, by=alice)


def test_a_person_leaves_with_all_that_hangs_on_them(
    alice: User, bob: User, rosa: Person, photo: Photo
) -> None:
    say_who(region=face(photo), photo=photo, person=rosa, by=alice)
    with pytest.raises(NotAllowed):
        delete_person(person=rosa, by=bob)
    delete_person(person=rosa, by=alice)
    assert not Appearance.objects.exists()
    assert FaceRegion.objects.count() == 1


# --- Who is where ---------------------------------------------------------------------------------


def test_only_the_photos_owner_says_who(
    alice: User, bob: User, charlie: User, rosa: Person, photo: Photo
) -> None:
    region = face(photo)
    known = say_who(region=region, photo=photo, person=rosa, by=alice)
    for by in (bob, charlie):
        for change in (
            lambda by=by: say_who(region=region, photo=photo, person=rosa, by=by),
            lambda by=by: say_not(region=region, person=rosa, by=by),
            lambda by=by: remove_appearance(appearance=known, by=by),
            lambda by=by: dismiss_region(region=region, by=by),
            lambda by=by: draw_region(photo=photo, left=0, top=0, width=0.1, height=0.1, by=by),
        ):
            with pytest.raises(NotAllowed):
                change()
    assert Appearance.objects.get() == known


def test_a_persons_own_not_me_is_not_removed_by_naming_them_there_again(
    alice: User, bob: User, house: Household, photo: Photo
) -> None:
    person = create_person(household=house, name="Bob", by=alice, user=bob)
    region = face(photo)
    say_not_me(appearance=say_who(region=region, photo=photo, person=person, by=alice), by=bob)
    with pytest.raises(PersonRefused, match="take back there that it is not Bob"):
        say_who(region=region, photo=photo, person=person, by=alice)
    assert NotThisPerson.objects.get().by == bob
    assert not Appearance.objects.exists()


def test_who_said_not_me_of_a_photo_of_their_own_may_think_again(
    bob: User, house: Household
) -> None:
    photo = photo_row(bob)
    person = create_person(household=house, name="Bob", by=bob, user=bob)
    region = face(photo)
    say_not_me(appearance=say_who(region=region, photo=photo, person=person, by=bob), by=bob)
    say_who(region=region, photo=photo, person=person, by=bob)
    assert not NotThisPerson.objects.exists()


def test_nobody_of_another_household_is_said(alice: User, charlie: User, rosa: Person) -> None:
    photo = photo_row(charlie)
    with pytest.raises(NotAllowed):
        say_who(region=None, photo=photo, person=rosa, by=charlie)


def test_a_hand_replaces_the_machine(
    alice: User, rosa: Person, house: Household, photo: Photo
) -> None:
    region = face(photo)
    other = create_person(household=house, name="Eva", by=alice)
    guess(region, other)
    guess(region, rosa, AppearanceState.ASKED)
    said = say_who(region=region, photo=photo, person=rosa, by=alice)
    assert Appearance.objects.get() == said
    assert (said.state, said.source, said.by) == ("confirmed", "human", alice)


def test_a_match_that_is_confirmed_becomes_a_hands(alice: User, rosa: Person, photo: Photo) -> None:
    region = face(photo)
    guess(region, rosa)
    say_who(region=region, photo=photo, person=rosa, by=alice)
    assert Appearance.objects.values_list("state", "source").get() == ("confirmed", "human")


def test_saying_it_twice_is_saying_it_once(alice: User, rosa: Person, photo: Photo) -> None:
    region = face(photo)
    first = say_who(region=region, photo=photo, person=rosa, by=alice)
    assert say_who(region=region, photo=photo, person=rosa, by=alice) == first
    assert say_who(region=None, photo=photo, person=rosa, by=alice) == first
    assert Appearance.objects.count() == 1


def test_one_person_has_one_face_in_a_photo(alice: User, rosa: Person, photo: Photo) -> None:
    say_who(region=face(photo), photo=photo, person=rosa, by=alice)
    with pytest.raises(PersonRefused, match="Rosa is already at another face in this photo"):
        say_who(region=face(photo, 0.6), photo=photo, person=rosa, by=alice)


def test_a_guess_elsewhere_gives_way_to_the_hand(alice: User, rosa: Person, photo: Photo) -> None:
    guess(face(photo, 0.6), rosa)
    region = face(photo)
    say_who(region=region, photo=photo, person=rosa, by=alice)
    assert Appearance.objects.get().region == region


def test_somebody_without_a_face_gets_one_later(alice: User, rosa: Person, photo: Photo) -> None:
    say_who(region=None, photo=photo, person=rosa, by=alice)
    region = face(photo)
    say_who(region=region, photo=photo, person=rosa, by=alice)
    assert Appearance.objects.get().region == region


def test_a_face_of_another_photo_is_refused(alice: User, rosa: Person, photo: Photo) -> None:
    with pytest.raises(PersonRefused, match="another photo"):
        say_who(region=face(photo_row(alice, seed=1)), photo=photo, person=rosa, by=alice)


def test_what_was_learnt_from_a_face_is_told_when_the_name_changes(
    alice: User, rosa: Person, house: Household, photo: Photo
) -> None:
    eva = create_person(household=house, name="Eva", by=alice)
    region = face(photo)
    say_who(region=region, photo=photo, person=rosa, by=alice)
    told: list[tuple[str, str]] = []
    unsaid = lambda person, **_rest: told.append(("not", person.name))  # noqa: E731  as above
    said = lambda appearance, **_rest: told.append(("is", appearance.person.name))  # noqa: E731
    appearance_unsaid.connect(unsaid)
    appearance_said.connect(said)
    say_who(region=region, photo=photo, person=eva, by=alice)
    appearance_unsaid.disconnect(unsaid)
    appearance_said.disconnect(said)
    assert told == [("not", "Rosa"), ("is", "Eva")]


def test_not_this_person_is_kept_for_good_until_said_otherwise(
    alice: User, rosa: Person, photo: Photo
) -> None:
    region = face(photo)
    guess(region, rosa)
    say_not(region=region, person=rosa, by=alice)
    say_not(region=region, person=rosa, by=alice)
    assert not Appearance.objects.exists()
    assert NotThisPerson.objects.get().region == region
    say_who(region=region, photo=photo, person=rosa, by=alice)
    assert not NotThisPerson.objects.exists()


def test_taking_a_name_off_leaves_the_face(alice: User, rosa: Person, photo: Photo) -> None:
    said = say_who(region=face(photo), photo=photo, person=rosa, by=alice)
    remove_appearance(appearance=said, by=alice)
    assert not Appearance.objects.exists()
    assert regions_of(photo).count() == 1
    assert not NotThisPerson.objects.exists()


def test_a_match_that_was_taken_off_does_not_come_back(
    alice: User, rosa: Person, photo: Photo
) -> None:
    remove_appearance(appearance=guess(face(photo), rosa), by=alice)
    assert NotThisPerson.objects.get().person == rosa


def test_not_a_face_takes_names_and_box_off_the_page(
    alice: User, rosa: Person, photo: Photo
) -> None:
    region = face(photo)
    say_who(region=region, photo=photo, person=rosa, by=alice)
    dismiss_region(region=region, by=alice)
    assert not regions_of(photo).exists()
    assert not Appearance.objects.exists()
    say_who(region=region, photo=photo, person=rosa, by=alice)
    assert regions_of(photo).get() == region


def test_a_box_is_drawn_inside_the_picture(alice: User, photo: Photo) -> None:
    region = draw_region(photo=photo, left=0.5, top=0.5, width=0.5, height=0.5, by=alice)
    assert region.source == "human"
    for box in ((0.6, 0.5, 0.5, 0.1), (-0.1, 0, 0.2, 0.2), (0, 0, 0, 0.1)):
        with pytest.raises(PersonRefused, match="inside the picture"):
            draw_region(photo=photo, left=box[0], top=box[1], width=box[2], height=box[3], by=alice)
