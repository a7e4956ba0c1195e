"""Accounts are made by admins, and the household never loses its last one."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser

from photolib.accounts.errors import AccountRefused
from photolib.accounts.models import Household, Role, User
from photolib.accounts.queries import is_admin, is_last_admin, members_visible_to
from photolib.accounts.services import change_household, change_role, create_account, create_owner
from photolib.core.errors import NotAllowed
from tests.conftest import PASSWORD


def child_of(guardian: User, by: User, name: str = "mia") -> User:
    return create_account(
        by=by, username=name, display_name=name.title(), role=Role.CHILD, guardian=guardian
    )


def test_the_first_account_owns_the_house(alice: User) -> None:
    assert (alice.role, alice.household) == (Role.ADMIN, Household.objects.get())
    assert authenticate(username="alice", password=PASSWORD) == alice


def test_there_is_no_second_owner(alice: User) -> None:
    with pytest.raises(AccountRefused, match="has an owner already"):
        create_owner(
            username="eve", display_name="Eve", password=PASSWORD, household_name="The Evil"
        )
    assert Household.objects.get().name == "The Testers"
    assert User.objects.count() == 1


@pytest.mark.parametrize("role", [Role.ADULT, Role.GUEST])
def test_only_admins_add_accounts(alice: User, role: Role) -> None:
    by = create_account(by=alice, username="dan", display_name="Dan", role=role)
    with pytest.raises(NotAllowed):
        create_account(by=by, username="eve", display_name="Eve", password=PASSWORD)


def test_a_child_adds_no_accounts(alice: User) -> None:
    with pytest.raises(NotAllowed):
        create_account(by=child_of(alice, alice), username="eve", display_name="Eve")


def test_a_stranger_adds_no_accounts(charlie: User) -> None:
    charlie.role = Role.ADMIN  # without a household it means nothing
    with pytest.raises(NotAllowed):
        create_account(by=charlie, username="eve", display_name="Eve")


def test_a_name_that_differs_in_capitals_only_is_taken(bob: User, alice: User) -> None:
    with pytest.raises(AccountRefused, match="taken"):
        create_account(by=alice, username="BOB", display_name="Bob")


def test_an_account_without_a_password_cannot_sign_in(alice: User) -> None:
    user = create_account(by=alice, username="dan", display_name="Dan")
    assert not user.has_usable_password()


def test_a_child_needs_a_guardian(alice: User) -> None:
    with pytest.raises(AccountRefused, match="guardian"):
        create_account(by=alice, username="mia", display_name="Mia", role=Role.CHILD)


def test_only_a_child_has_a_guardian(alice: User, bob: User) -> None:
    with pytest.raises(AccountRefused, match="Only a child"):
        create_account(by=alice, username="dan", display_name="Dan", guardian=bob)


def test_a_guardian_is_an_adult_of_the_household(alice: User, charlie: User) -> None:
    mia = child_of(alice, alice)
    for wrong in (charlie, mia):
        with pytest.raises(AccountRefused, match="adult of this household"):
            child_of(wrong, alice, "noa")


def test_the_last_admin_stays_admin(alice: User, bob: User) -> None:
    assert is_last_admin(alice)
    with pytest.raises(AccountRefused, match="last admin"):
        change_role(user=alice, role=Role.ADULT, by=alice)
    change_role(user=bob, role=Role.ADMIN, by=alice)
    assert not is_last_admin(alice)
    change_role(user=alice, role=Role.ADULT, by=bob)
    alice.refresh_from_db()
    assert alice.role == Role.ADULT


def test_an_adult_cannot_be_made_a_child_to_be_answered_for(alice: User, bob: User) -> None:
    with pytest.raises(AccountRefused, match="from the start"):
        change_role(user=bob, role=Role.CHILD, guardian=alice, by=alice)


def test_members_cannot_change_roles(alice: User, bob: User) -> None:
    with pytest.raises(NotAllowed):
        change_role(user=bob, role=Role.ADMIN, by=bob)


def test_members_cannot_change_the_household(alice: User, bob: User) -> None:
    assert bob.household is not None
    with pytest.raises(NotAllowed):
        change_household(household=bob.household, name="Bob's", country="", by=bob)


def test_a_stranger_sees_no_members(alice: User, bob: User, charlie: User) -> None:
    assert list(members_visible_to(bob)) == [alice, bob]
    assert not members_visible_to(charlie).exists()


def test_nobody_signed_in_is_no_admin() -> None:
    assert not is_admin(AnonymousUser())
